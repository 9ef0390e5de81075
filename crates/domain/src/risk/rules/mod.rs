//! The rules an entry must pass: plain functions in one list, all run, all breaches reported.
//!
//! Rooms by what they look at: `session`, `universe`, `shape` (the order itself), `market` (the quote),
//! `exposure` (size against the account; the 20 % rule is `position_share` there), `day`, `costs`,
//! `criteria` (the owner's entry criteria), `collars` (the exchange's price collars, which warn).

mod collars;
mod costs;
mod criteria;
mod day;
mod exposure;
mod market;
mod session;
mod shape;
mod universe;

use crate::risk::Breach;
use crate::risk::case::EntryCase;

pub(super) use costs::entry_costs;
pub(super) use market::worst_entry;

/// One rule: silent when kept, a breach with its numbers when broken.
pub(super) type EntryRule = fn(&EntryCase<'_>) -> Result<(), Breach>;

/// All rules of an entry, in the order in which breaches are reported.
pub(super) const ENTRY_RULES: &[EntryRule] = &[
    session::halt,
    session::phase,
    session::session_edge,
    shape::short_sale,
    universe::universe,
    shape::lot_known,
    shape::board_lot,
    shape::order_size,
    shape::tick,
    shape::bracket,
    shape::stop_distance,
    market::quote_fresh,
    market::quote_live,
    market::data_doubted,
    market::market_order,
    market::price_band,
    exposure::equity_known,
    exposure::equity_jump,
    exposure::max_positions,
    exposure::position_share,
    exposure::risk_per_trade,
    exposure::max_order_value,
    exposure::max_gross_value,
    costs::costs_known,
    costs::cash,
    costs::reward_risk,
    day::daily_loss,
    day::daily_trades,
    day::entries_per_symbol,
    day::cool_down,
    day::day_trades,
    day::unresolved_order,
    day::findings_open,
    day::limits_not_accepted,
];

/// The owner's entry criteria, which settings may turn from refusals into notes.
pub(super) const CRITERIA: &[EntryRule] = &[
    criteria::news_catalyst,
    criteria::relative_volume,
    criteria::rsi_range,
    criteria::named_pattern,
];

/// The exchange's price collars. They warn and never refuse: the exchange judges them against its
/// own book, which has moved on by then, and the broker can hold such an order back.
pub(super) const COLLARS: &[EntryRule] = &[
    collars::quotation_range,
    collars::enhanced_limit,
    collars::nominal_range,
];

/// The rules that grow with the order: sizing searches the largest quantity that keeps them.
pub(super) const SIZE_RULES: &[EntryRule] = &[
    shape::order_size,
    exposure::position_share,
    exposure::risk_per_trade,
    exposure::max_order_value,
    exposure::max_gross_value,
    costs::cash,
];
