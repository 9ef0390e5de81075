//! Every limit of the specification (section 4) computed once more, from the numbers of a case and
//! without the gate's code, so that a slip in a rule shows as a difference.

use std::collections::BTreeSet;

use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::market::Feed;
use catalyst_domain::news::Sentiment;
use catalyst_domain::order::EntryKind;
use catalyst_domain::risk::{EntryCriteria, FeedPolicy, MarketOrders, Rule, TradingState};
use catalyst_domain::risk::{RawLimits, WorkingRole};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::case::{AtWork, DAY_TRADES_MAX, GateCase, News, OTHER_PRICE, OTHER_SHARES};

/// A rule, and whether the case keeps it. A rule that another one leaves without a question, as a
/// stop above the entry leaves the risk per trade, is kept.
type Check = (Rule, bool);

const OPEN: i64 = time(9, 30);
const LUNCH: i64 = time(12, 0);
const REOPEN: i64 = time(13, 0);
const CLOSE: i64 = time(16, 0);

pub(crate) const fn time(hour: i64, minute: i64) -> i64 {
    (hour * 60 + minute) * 60
}

/// The rules that refuse the case.
pub(crate) fn broken_rules(case: &GateCase) -> BTreeSet<Rule> {
    let mut broken: BTreeSet<Rule> = [
        session_checks(case),
        order_checks(case),
        quote_checks(case),
        size_checks(case),
        day_checks(case),
        cost_checks(case),
    ]
    .into_iter()
    .flat_map(missed)
    .collect();
    if case.raw.entry_criteria == EntryCriteria::Require {
        broken.extend(unmet_criteria(case));
    }
    broken
}

/// The owner's entry criteria that the evidence does not meet.
pub(crate) fn unmet_criteria(case: &GateCase) -> BTreeSet<Rule> {
    let (seen, raw) = (&case.evidence, &case.raw);
    let volume = seen.relative_volume;
    let in_range = |rsi: Decimal| raw.min_rsi <= rsi && rsi <= raw.max_rsi;
    missed(vec![
        (
            Rule::NewsCatalyst,
            case.news.is_some_and(|news| is_catalyst(news, raw)),
        ),
        (
            Rule::RelativeVolume,
            volume.is_some_and(|volume| volume > raw.min_relative_volume),
        ),
        (Rule::RsiRange, seen.rsi.is_some_and(in_range)),
        (Rule::NamedPattern, seen.pattern.is_some()),
    ])
}

/// A headline that was returned, says nothing bad, is fresh, and younger than any bad
/// news, which only a positive kind takes back.
fn is_catalyst(news: News, raw: &RawLimits) -> bool {
    let oldest = i64::from(raw.max_news_age_hours) * 60;
    news.returned
        && [Sentiment::Positive, Sentiment::Unknown].contains(&news.sentiment)
        && (0..=oldest).contains(&news.age)
        && news
            .age_of_bad
            .is_none_or(|age| age > news.age && news.sentiment == Sentiment::Positive)
        && news.reading != Some(Sentiment::Negative)
}

/// The exchange's collars that the case may run into: 5 % over the ask, which is more than 24 ticks
/// at these prices, and nine ticks through it.
pub(crate) fn warnings(case: &GateCase) -> BTreeSet<Rule> {
    let ask = case.market.ask;
    let worst = worst(case);
    let known = case.trade.kind == EntryKind::Market || is_legal(worst);
    missed(vec![
        (Rule::QuotationRange, case.trade.target * 100 <= ask * 105),
        (Rule::EnhancedLimit, !known || ticks_over(ask, worst) <= 9),
    ])
}

fn missed(checks: Vec<Check>) -> BTreeSet<Rule> {
    let broken = checks.into_iter().filter(|(_, kept)| !kept);
    broken.map(|(rule, _)| rule).collect()
}

/// The tick of 2026-09-14 at prices from 200 to 1,000, in cents; 500 belongs to the band below.
const fn tick(price: i64) -> i64 {
    if price <= 50_000 { 20 } else { 50 }
}

pub(crate) const fn is_legal(price: i64) -> bool {
    price % tick(price) == 0
}

const fn tick_up(price: i64) -> i64 {
    price + if price < 50_000 { 20 } else { 50 }
}

/// Whole ticks from a legal price up to another one; none when it is not above.
fn ticks_over(from: i64, to: i64) -> i64 {
    let to = to.max(from);
    (to.min(50_000) - from.min(50_000)) / 20 + (to.max(50_000) - from.max(50_000)) / 50
}

/// The worst price the entry may pay: its limit, or two ticks over the ask.
pub(crate) fn worst(case: &GateCase) -> i64 {
    match case.trade.kind {
        EntryKind::Limit => case.trade.entry,
        EntryKind::Market => tick_up(tick_up(case.market.ask)),
    }
}

fn session_checks(case: &GateCase) -> Vec<Check> {
    let (now, raw) = (case.market.second, &case.raw);
    let session = [(OPEN, LUNCH), (REOPEN, CLOSE)]
        .into_iter()
        .find(|(start, end)| (*start..*end).contains(&now));
    let inside = session.is_none_or(|(start, end)| {
        now - start >= i64::from(raw.no_entry_after_open_minutes) * 60
            && end - now >= i64::from(raw.no_entry_before_close_minutes) * 60
    });
    vec![
        (Rule::Halt, case.day.state == TradingState::Trading),
        (Rule::Phase, session.is_some()),
        (Rule::SessionEdge, inside),
    ]
}

fn order_checks(case: &GateCase) -> Vec<Check> {
    let (trade, raw) = (&case.trade, &case.raw);
    let lot = u64::from(trade.lot);
    let dearest = worst(case).max(trade.entry);
    let distance = dearest - trade.stop;
    let far = share(dearest, raw.max_stop_distance_pct);
    let prices = [trade.entry, trade.stop, trade.target];
    vec![
        (
            Rule::BoardLot,
            trade.shares > 0 && trade.shares.is_multiple_of(lot),
        ),
        (
            Rule::OrderSize,
            trade.shares / lot <= u64::from(raw.max_order_lots.min(3_000)),
        ),
        (Rule::Tick, prices.into_iter().all(is_legal)),
        (
            Rule::Bracket,
            trade.stop < trade.entry && trade.entry < trade.target,
        ),
        (
            Rule::StopDistance,
            distance <= 0 || (Decimal::from(distance) <= far && distance >= tick(trade.stop)),
        ),
    ]
}

fn quote_checks(case: &GateCase) -> Vec<Check> {
    let (trade, market, raw) = (&case.trade, &case.market, &case.raw);
    let most = i64::from(raw.max_quote_age_seconds);
    let live = market.feed == Feed::Live;
    let oldest = if live { most } else { most + 20 * 60 };
    let taken = match trade.kind {
        EntryKind::Limit => true,
        EntryKind::Market => {
            raw.market_orders == MarketOrders::AsMarketableLimit
                && live
                && trade.entry <= worst(case)
        }
    };
    let band = share(market.last, raw.max_price_deviation_pct);
    let near = |price: i64| Decimal::from((price - market.last).abs()) <= band;
    vec![
        (
            Rule::QuoteFresh,
            market.bid < market.ask && (-2..=oldest).contains(&market.quote_age),
        ),
        (
            Rule::QuoteLive,
            live || raw.feed_policy == FeedPolicy::DelayedAccepted,
        ),
        (Rule::DataDoubted, case.evidence.doubt.is_none()),
        (Rule::MarketOrder, taken),
        (Rule::PriceBand, near(trade.entry) && near(worst(case))),
    ]
}

fn size_checks(case: &GateCase) -> Vec<Check> {
    let (trade, account, raw) = (&case.trade, &case.account, &case.raw);
    let dearest = worst(case).max(trade.entry);
    let equity = Decimal::from(account.equity);
    let jump = Decimal::from((account.equity - account.expected).abs());
    let own = account.held_of_it + adding(account.own_at_work);
    let standing = value(own, case.market.last.max(dearest));
    let order = value(trade.shares, dearest);
    let risk = value(trade.shares, dearest - trade.stop);
    let under = |fuse: Option<Decimal>, found: Decimal| fuse.is_none_or(|most| found <= most);
    vec![
        (
            Rule::EquityJump,
            jump <= Decimal::from(account.expected) * raw.max_equity_jump_pct,
        ),
        (Rule::MaxPositions, names(case) <= raw.max_positions),
        (
            Rule::PositionShare,
            standing + order <= equity * for_day(raw.max_position_pct, case),
        ),
        (
            Rule::RiskPerTrade,
            risk <= equity * for_day(raw.max_risk_per_trade_pct, case),
        ),
        (Rule::MaxOrderValue, under(raw.max_order_value, order)),
        (
            Rule::MaxGrossValue,
            under(raw.max_gross_value, order + gross(case)),
        ),
    ]
}

fn day_checks(case: &GateCase) -> Vec<Check> {
    let (day, raw) = (&case.day, &case.raw);
    let cooldown = i64::from(raw.cooldown_minutes) * 60;
    let settled = case.account.own_at_work.is_none_or(|work| match work.role {
        WorkingRole::Entry | WorkingRole::Exit | WorkingRole::Unresolved => false,
        WorkingRole::Stop | WorkingRole::Target => true,
    });
    let free = day.bounded.is_none_or(|trades| {
        case.account.equity >= trades.min_equity || trades.made < DAY_TRADES_MAX
    });
    vec![
        (Rule::DailyLoss, !has_lost(case, raw.max_daily_loss_pct)),
        (Rule::DailyTrades, day.entries < raw.max_daily_trades),
        (
            Rule::EntriesPerSymbol,
            day.in_symbol < raw.max_entries_per_symbol,
        ),
        (
            Rule::CoolDown,
            day.seconds_since_stop
                .is_none_or(|seconds| seconds >= cooldown),
        ),
        (Rule::DayTrades, free),
        (Rule::UnresolvedOrder, settled),
        (Rule::FindingsOpen, day.findings == 0),
    ]
}

fn cost_checks(case: &GateCase) -> Vec<Check> {
    let RawLimits {
        min_risk_reward, ..
    } = case.raw;
    let worst = worst(case);
    let at_work = value(adding(case.account.at_work), OTHER_PRICE * 100)
        + value(adding(case.account.own_at_work), case.market.last);
    let needed = value(case.trade.shares, worst) + fees(case, worst) + at_work;
    let pays = case.trade.stop >= worst || net_reward_risk(case) >= min_risk_reward;
    vec![
        (Rule::Cash, needed <= Decimal::from(case.account.cash)),
        (Rule::RewardRisk, pays),
    ]
}

/// Gain at the target over loss at the stop, every fee of both trades counted.
pub(crate) fn net_reward_risk(case: &GateCase) -> Decimal {
    let trade = &case.trade;
    let worst = worst(case);
    let entry = fees(case, worst);
    let reward = value(trade.shares, trade.target - worst) - entry - fees(case, trade.target);
    let risk = value(trade.shares, worst - trade.stop) + entry + fees(case, trade.stop);
    reward / risk
}

/// The charges of 2026-09-14 on the trade at a price, either side. Source: market rules on costs.
pub(crate) fn fees(case: &GateCase, price: i64) -> Decimal {
    let value = value(case.trade.shares, price);
    let of_value = |rate, places| value * Decimal::new(rate, places);
    let cents = |sum: Decimal| {
        sum.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
            .max(Decimal::ZERO)
    };
    let stamp = of_value(1, 3).ceil();
    let levies = cents(of_value(27, 6)) + cents(of_value(15, 7));
    let exchange = cents(of_value(565, 7)) + cents(of_value(42, 6));
    let least = Decimal::from(18);
    let broker = match case.trade.plan {
        CommissionPlan::None => exchange,
        CommissionPlan::IbkrTiered => exchange + cents(of_value(5, 4)).max(least),
        CommissionPlan::IbkrFixed => cents(of_value(8, 4)).max(least),
    };
    stamp + levies + broker
}

/// Shares at a price in cents, in dollars.
fn value(shares: u64, cents: i64) -> Decimal {
    Decimal::from(shares) * Decimal::new(cents, 2)
}

fn share(of: i64, fraction: Decimal) -> Decimal {
    Decimal::from(of) * fraction
}

/// Shares of a working order that may add to what is held.
fn adding(work: Option<AtWork>) -> u64 {
    work.map_or(0, |work| match work.role {
        WorkingRole::Entry | WorkingRole::Unresolved => work.shares,
        WorkingRole::Exit | WorkingRole::Stop | WorkingRole::Target => 0,
    })
}

fn names(case: &GateCase) -> u32 {
    case.account.other_names + 1 + u32::from(adding(case.account.at_work) > 0)
}

/// What is held and what may be added, at the last price.
fn gross(case: &GateCase) -> Decimal {
    let account = &case.account;
    let others = u64::from(account.other_names) * OTHER_SHARES + adding(account.at_work);
    let own = account.held_of_it + adding(account.own_at_work);
    value(others, OTHER_PRICE * 100) + value(own, case.market.last)
}

/// Half the share once the day has lost its warning.
fn for_day(fraction: Decimal, case: &GateCase) -> Decimal {
    if has_lost(case, case.raw.warning_loss_pct) {
        fraction / Decimal::TWO
    } else {
        fraction
    }
}

fn has_lost(case: &GateCase, fraction: Decimal) -> bool {
    let base = Decimal::from(case.account.equity - case.pnl());
    Decimal::from(-case.pnl()) >= base * fraction
}
