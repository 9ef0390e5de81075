//! The JSON document of a rehearsal, described in docs/rehearse-json.md. Decimals are strings.

use std::collections::BTreeMap;
use std::io::{self, Write};

use catalyst_app::{CycleOutcome, TradeLine};
use catalyst_domain::money::Money;
use serde::Serialize;

use super::play::{Played, PlayedDay};
use super::stage::Stage;
use crate::exact::Exact;

const SCHEMA: u32 = 1;

#[derive(Debug, Serialize)]
struct Document {
    schema: u32,
    seed: Option<u64>,
    days: Vec<Day>,
    refused_files: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Day {
    date: String,
    cycles: Vec<Cycle>,
    trades: Vec<Trade>,
    cash_start: Money,
    cash_end: Money,
    gross: Money,
    fees: Money,
    net: Money,
    open_positions: Vec<String>,
    /// What questions to a model cost, where there were any.
    #[serde(skip_serializing_if = "Option::is_none")]
    model_cost: Option<Exact>,
}

#[derive(Debug, Serialize)]
struct Cycle {
    slot: String,
    phase: &'static str,
    tool_calls: u32,
    approved: u32,
    refused: BTreeMap<&'static str, u32>,
    orders: u32,
    outcome: &'static str,
}

#[derive(Debug, Serialize)]
struct Trade {
    symbol: String,
    side: &'static str,
    quantity: u64,
    entry: String,
    exit: String,
    gross: Money,
    fees: Money,
    net: Money,
    reason_in: String,
    reason_out: String,
}

/// Writes the document and a line end.
pub(super) fn write(out: &mut impl Write, stage: &Stage, played: &Played) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        seed: stage.seed,
        days: played.days.iter().map(day).collect::<Result<_, _>>()?,
        refused_files: stage.refused.clone(),
    };
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}

fn day(played: &PlayedDay) -> io::Result<Day> {
    let report = &played.report;
    Ok(Day {
        date: played.date.to_string(),
        cycles: played.cycles.iter().map(cycle).collect(),
        trades: report.trades.iter().map(trade).collect::<Result<_, _>>()?,
        cash_start: played.cash_start,
        cash_end: played.cash_end,
        gross: report.gross,
        fees: report.fees,
        net: report.net,
        open_positions: report
            .open_positions
            .iter()
            .map(ToString::to_string)
            .collect(),
        model_cost: (!report.model.amount().is_zero()).then_some(Exact(report.model)),
    })
}

fn cycle(outcome: &CycleOutcome) -> Cycle {
    Cycle {
        slot: outcome.id.slot(),
        phase: outcome.phase.as_str(),
        tool_calls: outcome.tool_calls,
        approved: outcome.approved,
        refused: outcome
            .refused
            .iter()
            .map(|(rule, count)| (rule.as_str(), *count))
            .collect(),
        orders: outcome.orders,
        outcome: outcome.ending.as_str(),
    }
}

fn trade(line: &TradeLine) -> io::Result<Trade> {
    let trip = &line.trip;
    Ok(Trade {
        symbol: trip.symbol.to_string(),
        side: "buy",
        quantity: trip.shares.count(),
        entry: trip.entry.round_dp(6).normalize().to_string(),
        exit: trip.exit.round_dp(6).normalize().to_string(),
        gross: trip.gross,
        fees: trip.fees,
        net: trip.gross.minus(trip.fees).map_err(io::Error::other)?,
        reason_in: line.reason_in.clone(),
        reason_out: line.reason_out.clone(),
    })
}
