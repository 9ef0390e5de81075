//! One trade on the minutes of a day: a buy-stop at the trigger, the stop first when in doubt, out
//! before the close; and the same minute with the same risk on the other days.

use std::collections::BTreeSet;

use catalyst_domain::fees::{CommissionPlan, FeeSchedule, TradeTerms};
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::market::Bar;
use catalyst_domain::pattern::{
    CONFIDENCE_MIN, Pattern, PatternKind, PatternScan, PatternState, TickSize,
};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::side::Side;
use chrono::TimeDelta;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::stock_day::StockDay;

/// Bars that a buy-stop waits.
const WAIT_BARS: i64 = 10;

/// HKD in one trade: the owner's fifth of a million, of which a small account takes half.
const TICKET: i64 = 100_000;

/// No entry in the last bars of the day's minutes, and out this many minutes before their end.
const LAST_ENTRY: usize = 25;
const LAST_EXIT: usize = 10;

/// A round trip.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trade {
    /// Its minute, counted over the day.
    begun: usize,
    entry: f64,
    exit: f64,
    risk: f64,
    reward: f64,
    /// Both fees, per share.
    fees: f64,
}

impl Trade {
    pub(crate) fn before_fees(&self) -> f64 {
        (self.exit - self.entry) / self.risk
    }

    pub(crate) fn after_fees(&self) -> f64 {
        (self.exit - self.entry - self.fees) / self.risk
    }

    pub(crate) fn risk_percent(&self) -> f64 {
        100.0 * self.risk / self.entry
    }
}

/// Each instance that was seen on the day, with its trade if the trigger was hit in time.
pub(crate) fn trades(
    day: &StockDay,
    minutes_of_bar: i64,
    rules: &Rulebook,
    fees: &FeeSchedule,
) -> Vec<(PatternKind, Option<Trade>)> {
    let grid = rules.ticks.on(day.date, InstrumentKind::Equity).unwrap();
    let minutes = day.today(rules);
    let mut scan = PatternScan::new();
    let mut known = BTreeSet::new();
    let mut made = Vec::new();
    for (bar, view) in day.bars(minutes_of_bar, rules) {
        let found = scan.next(&view, TickSize::at(grid, bar.close()).unwrap());
        if rules.calendar.date_of(bar.start()) < day.date {
            continue;
        }
        for one in found.iter().filter(|one| one.confidence >= CONFIDENCE_MIN) {
            let Some(pattern) = one.on_grid(grid) else {
                continue;
            };
            if known.insert((pattern.kind.as_str(), pattern.start)) {
                let closed = bar.start() + TimeDelta::minutes(minutes_of_bar);
                let from = minutes.partition_point(|minute| minute.start() < closed);
                let trade = entered(&pattern, minutes, (from, minutes_of_bar))
                    .and_then(|(at, entry)| round_trip(minutes, at, (entry, levels(&pattern))))
                    .map(|trade| charged(trade, day, fees));
                made.push((pattern.kind, trade));
            }
        }
    }
    made
}

/// Stop and target.
fn levels(pattern: &Pattern) -> (f64, f64) {
    (number(pattern.stop.value()), number(pattern.target.value()))
}

/// The minute and price of the entry: at the trigger, or at the opening that jumped over it.
fn entered(pattern: &Pattern, minutes: &[Bar], (from, span): (usize, i64)) -> Option<(usize, f64)> {
    let last = minutes.len().checked_sub(LAST_ENTRY)?;
    let wait = usize::try_from(WAIT_BARS * span).ok()?;
    let (stop, target) = levels(pattern);
    let trigger = number(pattern.trigger.value());
    for (index, bar) in minutes.iter().enumerate().skip(from).take(wait) {
        let (open, high, low) = (
            number(bar.open().value()),
            number(bar.high().value()),
            number(bar.low().value()),
        );
        let at_once = pattern.state == PatternState::Triggered && index == from;
        if index >= last || (low <= stop && !at_once && open < trigger) {
            return None;
        }
        if at_once || high >= trigger {
            let entry = if at_once { open } else { open.max(trigger) };
            return (entry > stop && entry < target).then_some((index, entry));
        }
    }
    None
}

/// Follows the trade to its stop, its target or the end of the day.
fn round_trip(
    minutes: &[Bar],
    begun: usize,
    (entry, (stop, target)): (f64, (f64, f64)),
) -> Option<Trade> {
    let last = minutes.len().checked_sub(LAST_EXIT)?;
    let mut exit = None;
    for (index, bar) in minutes.iter().enumerate().skip(begun) {
        let (open, high, low) = (
            number(bar.open().value()),
            number(bar.high().value()),
            number(bar.low().value()),
        );
        let first = index == begun;
        exit = if low <= stop {
            Some(if first { stop } else { open.min(stop) })
        } else if high >= target && !first {
            Some(open.max(target))
        } else if index >= last {
            Some(open)
        } else {
            None
        };
        if exit.is_some() {
            break;
        }
    }
    Some(Trade {
        begun,
        entry,
        exit: exit?,
        risk: entry - stop,
        reward: target - entry,
        fees: 0.0,
    })
}

/// The same minute bought on the other days, with the risk and the reward of the trade as shares of
/// the price: what the hour and the choice of days make without any pattern.
pub(crate) fn elsewhere(
    days: &[StockDay],
    traded: &StockDay,
    trade: &Trade,
    (rules, fees): (&Rulebook, &FeeSchedule),
) -> Vec<Trade> {
    days.iter()
        .filter(|day| !std::ptr::eq(*day, traded))
        .filter_map(|day| {
            let minutes = day.today(rules);
            let entry = number(minutes.get(trade.begun)?.open().value());
            let (stop, target) = (
                entry * (1.0 - trade.risk / trade.entry),
                entry * (1.0 + trade.reward / trade.entry),
            );
            round_trip(minutes, trade.begun, (entry, (stop, target)))
                .map(|one| charged(one, day, fees))
        })
        .collect()
}

/// The trade with the fees of its date, for a ticket of the usual size.
fn charged(trade: Trade, day: &StockDay, fees: &FeeSchedule) -> Trade {
    let of_day = fees.on(day.date).unwrap();
    let shares = Shares::new(
        (Decimal::from(TICKET) / decimal(trade.entry))
            .to_u64()
            .unwrap(),
    )
    .unwrap();
    let cost = |side: Side, price: f64| {
        let terms = TradeTerms {
            side,
            kind: InstrumentKind::Equity,
            shares,
            price: Price::new(decimal(price)).unwrap(),
        };
        number(
            of_day
                .total(&terms, CommissionPlan::IbkrFixed)
                .unwrap()
                .amount(),
        )
    };
    let both = cost(Side::Buy, trade.entry) + cost(Side::Sell, trade.exit);
    let per_share = both / number(Decimal::from(shares.count()));
    Trade {
        fees: per_share,
        ..trade
    }
}

fn decimal(value: f64) -> Decimal {
    Decimal::try_from(value).unwrap().round_dp(4)
}

fn number(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}
