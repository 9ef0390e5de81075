//! Which names are worth a look, and in which order. Pure.

use catalyst_domain::price::Price;
use catalyst_domain::tick::TickGrid;
use catalyst_ports::market_data::Snapshot;
use catalyst_ports::tool::Candidate;
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

/// Quotes older than this are not shown as candidates; orders are held to the stricter limit.
const QUOTE_AGE_MAX: TimeDelta = TimeDelta::minutes(2);
/// Least value traded so far, in the trading currency: below it a day trader moves the price.
const TURNOVER_MIN: i64 = 2_000_000;

/// Why a snapshot cannot be believed; `None` when it can.
pub(super) fn disbelief(snapshot: &Snapshot, now: DateTime<Utc>) -> Option<String> {
    let age = snapshot.quote.age(now);
    if snapshot.quote.is_crossed() {
        Some(format!(
            "crossed book, bid {} ask {}",
            snapshot.quote.bid, snapshot.quote.ask
        ))
    } else if age < -TimeDelta::seconds(2) {
        Some("quote from the future".to_owned())
    } else if age > QUOTE_AGE_MAX {
        Some(format!(
            "no trade or quote for {} minutes",
            age.num_minutes()
        ))
    } else if snapshot.previous_close.is_none() {
        Some("no previous close".to_owned())
    } else {
        None
    }
}

/// The figures of a believable snapshot; relative volume and the average price are added later.
pub(super) fn candidate(snapshot: &Snapshot, grid: TickGrid<'_>) -> Candidate {
    let quote = snapshot.quote;
    let turnover = quote.last.value() * Decimal::from(quote.day_volume.count());
    Candidate {
        symbol: quote.symbol,
        last: quote.last,
        change_pct: percent(snapshot.previous_close, Some(quote.last)),
        gap_pct: percent(snapshot.previous_close, snapshot.open),
        relative_volume: None,
        turnover_millions: (turnover / Decimal::from(1_000_000))
            .round_dp(1)
            .normalize(),
        below_high_pct: percent(snapshot.high, Some(quote.last))
            .map(|change| Decimal::ZERO - change),
        above_vwap: None,
        spread_ticks: grid.steps_between(quote.bid, quote.ask).unwrap_or(u32::MAX),
    }
}

/// True for what momentum looks for: up on the day, and traded enough to get in and out.
pub(super) fn moves(candidate: &Candidate) -> bool {
    candidate
        .change_pct
        .is_some_and(|change| change > Decimal::ZERO)
        && candidate.turnover_millions * Decimal::from(1_000_000) >= Decimal::from(TURNOVER_MIN)
}

/// Relative volume times change: a large move on small volume and a small move on large volume both
/// rank below a large move on large volume. Ties by symbol, so that the order is one.
pub(super) fn best_first(candidates: &mut [Candidate]) {
    let score = |candidate: &Candidate| {
        let volume = candidate.relative_volume.unwrap_or(Decimal::ONE);
        volume * candidate.change_pct.unwrap_or(Decimal::ZERO)
    };
    candidates.sort_by(|a, b| score(b).cmp(&score(a)).then(a.symbol.cmp(&b.symbol)));
}

fn percent(from: Option<Price>, to: Option<Price>) -> Option<Decimal> {
    let (from, to) = from.zip(to)?;
    let change = (to.value() - from.value()).checked_div(from.value())?;
    Some((change * Decimal::from(100)).round_dp(2).normalize())
}
