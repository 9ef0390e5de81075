//! The day's trades and sums.

use catalyst_domain::account::{RoundTrip, round_trips};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::Money;
use catalyst_domain::order::Leg;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::DayJournal;

use crate::{CycleError, Ports};

/// One completed trade with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TradeLine {
    /// The trade itself.
    pub trip: RoundTrip,
    /// Why it was entered, in the advisor's words.
    pub reason_in: String,
    /// Why it was left: `stop`, `target`, or the cause of the exit.
    pub reason_out: String,
}

/// A day's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayReport {
    /// Which day.
    pub date: TradingDate,
    /// Trades completed on the day, in the order they ended.
    pub trades: Vec<TradeLine>,
    /// Gain of these trades before fees.
    pub gross: Money,
    /// Fees of the day's fills.
    pub fees: Money,
    /// Gain after fees.
    pub net: Money,
    /// What is still held.
    pub open_positions: Vec<Symbol>,
    /// What questions to a model cost on the day.
    pub model: Money,
}

/// Reports `date`.
pub async fn day_report(
    ports: &Ports,
    rules: &Rulebook,
    date: TradingDate,
) -> Result<DayReport, CycleError> {
    let day = ports.journal.day(date).await?;
    let trips = round_trips(rules.market.currency, &day.fills)?;
    let trades: Vec<TradeLine> = trips
        .into_iter()
        .map(|trip| explained(trip, &day))
        .collect();
    let gross = Money::sum(
        rules.market.currency,
        trades.iter().map(|trade| trade.trip.gross),
    )?;
    let fees = Money::sum(
        rules.market.currency,
        day.fills.iter().map(|fill| fill.fees),
    )?;
    // Sums are asked for, not runs without an end, so that nobody's name is needed.
    let spending = ports.journal.spending(date, "").await?;
    Ok(DayReport {
        date,
        model: spending.day,
        gross,
        fees,
        net: gross.minus(fees)?,
        open_positions: day
            .holdings
            .positions()
            .map(|position| position.symbol)
            .collect(),
        trades,
    })
}

fn explained(trip: RoundTrip, day: &DayJournal) -> TradeLine {
    let reason_of = |id: catalyst_domain::order::ClientOrderId| {
        day.families
            .iter()
            .find(|family| family.intent.id.is_family_of(id))
            .map_or_else(
                || "not in the journal".to_owned(),
                |family| family.intent.reason.clone(),
            )
    };
    let reason_out = match trip.closed_by.leg() {
        Leg::Stop => "stop".to_owned(),
        Leg::Target => "target".to_owned(),
        Leg::Entry | Leg::Exit => reason_of(trip.closed_by),
    };
    TradeLine {
        reason_in: reason_of(trip.opened_by),
        reason_out,
        trip,
    }
}
