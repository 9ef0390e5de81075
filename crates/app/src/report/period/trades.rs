//! Trades as a report tells them: what was planned, what happened, why, and what it made.

use std::collections::BTreeMap;

use catalyst_domain::account::{HoldingPeriod, RoundTrip, round_trips};
use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::market::Bar;
use catalyst_domain::money::{Currency, Money, MoneyError};
use catalyst_domain::order::{BracketPlan, ClientOrderId, Leg, OrderPlan};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{Chronicle, Family, ModelCost};
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::cover::{Cover, Looks};
use super::totals::counted;

/// What became of a trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TradeEnd {
    /// Bought and sold again.
    Closed {
        /// Average price got.
        exit: Decimal,
        /// When the last share was sold.
        at: DateTime<Utc>,
        /// Before fees.
        gross: Money,
        /// Of both sides.
        fees: Money,
        /// What is left.
        net: Money,
    },
    /// Still held, in part or whole; nothing is realised.
    Open,
    /// Shares left the account and nobody reported how: what it made is not known, and not zero.
    Unknown {
        /// When they were found to be gone, where all are.
        at: Option<DateTime<Utc>>,
    },
}

/// One trade.
#[derive(Debug, Clone, PartialEq)]
pub struct TradeStory {
    /// The order that opened it.
    pub order: ClientOrderId,
    /// What was traded.
    pub symbol: Symbol,
    /// Shares bought in all.
    pub shares: Shares,
    /// Average price paid.
    pub entry: Decimal,
    /// When the first share was bought.
    pub opened_at: DateTime<Utc>,
    /// Where it was to leave at a loss; `None` where no plan of a purchase is kept.
    pub stop: Option<Price>,
    /// Where it was to leave with a gain.
    pub target: Option<Price>,
    /// Why it was entered, in the advisor's words.
    pub reason_in: String,
    /// Why it was left: `stop`, `target`, or the cause of the exit; `None` while it is held.
    pub reason_out: Option<String>,
    /// What became of it.
    pub end: TradeEnd,
    /// Its share of what models cost on the day it ended, in equal parts; `None` where that cost is not
    /// known in the exchange's currency, and while it is held.
    pub model: Option<Money>,
    /// How long it was held, and how much of that under a stop.
    pub cover: Cover,
    /// Bars of its first day for a chart; empty without bars.
    pub bars: Vec<Bar>,
}

impl TradeStory {
    /// The exchange day on which it ended.
    pub fn ended_on(&self, calendar: &TradingCalendar) -> Option<TradingDate> {
        match self.end {
            TradeEnd::Closed { at, .. } | TradeEnd::Unknown { at: Some(at) } => {
                Some(calendar.date_of(at))
            }
            TradeEnd::Open | TradeEnd::Unknown { at: None } => None,
        }
    }

    /// From the first share to the last.
    pub fn held_for(&self) -> TimeDelta {
        self.cover.held
    }
}

/// The trades that ended on the days, in the order they ended, then those that did not end.
pub(super) fn trades(
    positions: &[HoldingPeriod],
    chronicle: &Chronicle,
    ((from, to), calendar): ((TradingDate, TradingDate), &TradingCalendar),
    currency: Currency,
) -> Result<Vec<TradeStory>, MoneyError> {
    let looks = Looks::of(chronicle);
    let mut ended = Vec::new();
    let mut held = Vec::new();
    for position in positions {
        let trade = story(position, &chronicle.families, &looks, currency)?;
        match trade.ended_on(calendar) {
            Some(day) if from <= day && day <= to => ended.push((position.over, trade)),
            Some(_) => {}
            None => held.push(trade),
        }
    }
    ended.sort_by_key(|(over, trade)| (*over, trade.order));
    held.sort_by_key(|trade| (trade.opened_at, trade.order));
    Ok(ended
        .into_iter()
        .map(|(_, trade)| trade)
        .chain(held)
        .collect())
}

fn story(
    position: &HoldingPeriod,
    families: &[Family],
    looks: &Looks<'_>,
    currency: Currency,
) -> Result<TradeStory, MoneyError> {
    let bought = position.fills.iter().filter(|fill| fill.side == Side::Buy);
    let (mut shares, mut paid) = (Shares::ZERO, Money::zero(currency));
    for fill in bought {
        shares = shares.plus(fill.shares);
        paid = paid.plus(fill.gross())?;
    }
    let last = position.fills.last().map(|fill| fill.order);
    let opened_by = family_of(families, position.order);
    let plan = opened_by.and_then(|family| bracket_of(&family.intent.plan));
    let trips = round_trips(currency, &position.fills)?;
    Ok(TradeStory {
        order: position.order,
        symbol: position.symbol,
        shares,
        entry: paid
            .amount()
            .checked_div(Decimal::from(shares.count()))
            .unwrap_or(Decimal::ZERO),
        opened_at: position.opened,
        stop: plan.map(|plan| plan.bracket.stop().price()),
        target: plan.map(|plan| plan.bracket.target().price()),
        reason_in: reason(opened_by),
        reason_out: position
            .over
            .and(last)
            .map(|id| reason_out(position, families, id)),
        end: end_of(position, &trips)?,
        model: None,
        cover: looks.cover(position, plan.is_some()),
        bars: Vec::new(),
    })
}

fn end_of(position: &HoldingPeriod, trips: &[RoundTrip]) -> Result<TradeEnd, MoneyError> {
    if position.is_written_off {
        return Ok(TradeEnd::Unknown { at: position.over });
    }
    Ok(match (position.over, trips) {
        (None, _) => TradeEnd::Open,
        (Some(at), [trip]) => TradeEnd::Closed {
            exit: trip.exit,
            at,
            gross: trip.gross,
            fees: trip.fees,
            net: trip.gross.minus(trip.fees)?,
        },
        // More was sold than was bought: what the account made of it is not in these fills.
        (Some(at), _) => TradeEnd::Unknown { at: Some(at) },
    })
}

fn reason_out(position: &HoldingPeriod, families: &[Family], id: ClientOrderId) -> String {
    if position.is_written_off {
        return "not known: the broker no longer had the shares".to_owned();
    }
    match id.leg() {
        Leg::Stop => "stop".to_owned(),
        Leg::Target => "target".to_owned(),
        Leg::Entry | Leg::Exit => reason(family_of(families, id)),
    }
}

fn family_of(families: &[Family], id: ClientOrderId) -> Option<&Family> {
    families
        .iter()
        .find(|family| family.intent.id.is_family_of(id))
}

fn reason(family: Option<&Family>) -> String {
    family.map_or_else(
        || "not in the journal".to_owned(),
        |family| family.intent.reason.clone(),
    )
}

const fn bracket_of(plan: &OrderPlan) -> Option<&BracketPlan> {
    match plan {
        OrderPlan::Bracket(plan) => Some(plan),
        OrderPlan::Exit(_) | OrderPlan::Protect(_) => None,
    }
}

/// Parts the model cost of each day equally among the trades that ended on it.
pub(super) fn share_model_cost(
    trades: &mut [TradeStory],
    model: &[ModelCost],
    calendar: &TradingCalendar,
    currency: Currency,
) -> Result<(), MoneyError> {
    let mut ended: BTreeMap<TradingDate, u64> = BTreeMap::new();
    for day in trades.iter().filter_map(|trade| trade.ended_on(calendar)) {
        *ended.entry(day).or_default() += 1;
    }
    for trade in trades {
        let Some(day) = trade.ended_on(calendar) else {
            continue;
        };
        let of_day = model.iter().filter(|one| one.date == day);
        let count = ended.get(&day).copied().unwrap_or(1);
        trade.model = match counted(of_day.map(|one| one.cost), currency)? {
            Some(cost) => Some(cost.times(Decimal::ONE / Decimal::from(count))?),
            None => None,
        };
    }
    Ok(())
}
