//! The smaller list for leaving and guarding: symbol known, quantity held, phase, sane price.
//!
//! No loss limit, halt or missing figure of the account stands here, so the door never locks from
//! inside. Source: product specification 4, last paragraph.

use rust_decimal::Decimal;

use crate::order::{ExitIntent, ExitKind, ProtectIntent};
use crate::price::Price;
use crate::quantity::Shares;
use crate::risk::{Breach, Figure, RiskView, Rule, WorkingRole};
use crate::symbol::Symbol;

/// An exit further than this from the last price is a typing error, not an exit.
const EXIT_DEVIATION: Decimal = Decimal::from_parts(20, 0, 0, false, 2);

type ExitRule = fn(&ExitIntent, &RiskView<'_>) -> Result<(), Breach>;
type ProtectRule = fn(&ProtectIntent, &RiskView<'_>) -> Result<(), Breach>;

pub(super) const EXIT_RULES: &[ExitRule] = &[
    |exit, view| exceeds_holding(exit.symbol, exit.shares, view),
    exit_phase,
    working_exit,
    exit_tick,
    exit_price,
];

pub(super) const PROTECT_RULES: &[ProtectRule] = &[
    |guard, view| exceeds_holding(guard.symbol, guard.shares, view),
    protect_tick,
    protect_order,
    stop_moved_away,
];

fn exceeds_holding(symbol: Symbol, shares: Shares, view: &RiskView<'_>) -> Result<(), Breach> {
    let held = view.held(symbol);
    if !shares.is_zero() && shares <= held {
        Ok(())
    } else {
        Err(Breach::new(
            Rule::ExceedsHolding,
            Figure::Shares(held),
            Figure::Shares(shares),
        ))
    }
}

fn exit_phase(exit: &ExitIntent, view: &RiskView<'_>) -> Result<(), Breach> {
    let phase = view.moment.phase;
    let accepted = match exit.kind {
        ExitKind::Limit(_) => phase.is_continuous(),
        ExitKind::Auction => phase.accepts_exits() && !phase.is_continuous(),
    };
    if accepted {
        return Ok(());
    }
    let limit = match exit.kind {
        ExitKind::Limit(_) => "continuous trading",
        ExitKind::Auction => "the closing auction",
    };
    Err(Breach::new(
        Rule::Phase,
        Figure::Word(limit),
        Figure::Word(phase.as_str()),
    ))
}

fn working_exit(exit: &ExitIntent, view: &RiskView<'_>) -> Result<(), Breach> {
    let sells = [
        WorkingRole::Exit,
        WorkingRole::Stop,
        WorkingRole::Target,
        WorkingRole::Unresolved,
    ]
    .into_iter()
    .flat_map(|role| view.working_in(exit.symbol, role))
    .fold(Shares::ZERO, |sum, order| sum.plus(order.shares));
    if sells.plus(exit.shares) <= view.held(exit.symbol) || sells.is_zero() {
        return Ok(());
    }
    Err(Breach::new(
        Rule::WorkingExit,
        Figure::Shares(Shares::ZERO),
        Figure::Shares(sells),
    ))
}

fn exit_tick(exit: &ExitIntent, view: &RiskView<'_>) -> Result<(), Breach> {
    match exit.kind {
        ExitKind::Limit(price) => on_grid(price, view),
        ExitKind::Auction => Ok(()),
    }
}

fn exit_price(exit: &ExitIntent, view: &RiskView<'_>) -> Result<(), Breach> {
    let ExitKind::Limit(price) = exit.kind else {
        return Ok(());
    };
    let Some(quote) = view.quote.filter(|quote| quote.symbol == exit.symbol) else {
        return Err(Breach::missing(Rule::ExitPrice, "a last price"));
    };
    if price.distance(quote.last) <= quote.last.value() * EXIT_DEVIATION {
        return Ok(());
    }
    Err(Breach::new(
        Rule::ExitPrice,
        Figure::Price(quote.last),
        Figure::Price(price),
    ))
}

fn protect_tick(guard: &ProtectIntent, view: &RiskView<'_>) -> Result<(), Breach> {
    on_grid(guard.stop, view)?;
    guard.target.map_or(Ok(()), |target| on_grid(target, view))
}

fn protect_order(guard: &ProtectIntent, _: &RiskView<'_>) -> Result<(), Breach> {
    match guard.target {
        Some(target) if target <= guard.stop => Err(Breach::new(
            Rule::Bracket,
            Figure::Word("a target above the stop"),
            Figure::Price(target),
        )),
        Some(_) | None => Ok(()),
    }
}

fn stop_moved_away(guard: &ProtectIntent, view: &RiskView<'_>) -> Result<(), Breach> {
    let standing = view
        .working_in(guard.symbol, WorkingRole::Stop)
        .filter_map(|order| order.price)
        .max();
    match standing {
        Some(standing) if guard.stop < standing => Err(Breach::new(
            Rule::StopMovedAway,
            Figure::Price(standing),
            Figure::Price(guard.stop),
        )),
        Some(_) | None => Ok(()),
    }
}

fn on_grid(price: Price, view: &RiskView<'_>) -> Result<(), Breach> {
    let Some(grid) = view.grid else {
        return Err(Breach::missing(Rule::Tick, "a tick table for this day"));
    };
    if grid.exact(price).is_ok() {
        return Ok(());
    }
    let limit = grid
        .tick_at(price)
        .map_or(Figure::Word("a price on the table"), Figure::Number);
    Err(Breach::new(Rule::Tick, limit, Figure::Price(price)))
}
