//! A rehearsal as text: a line for each cycle, then the trades and the sums of the days.

use std::collections::BTreeMap;
use std::io::{self, Write};

use catalyst_app::{CycleOutcome, TradeLine};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::{Money, MoneyError};
use catalyst_domain::risk::Rule;
use catalyst_ports::journal::MODEL_CURRENCY;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Cell, CellAlignment, Table};

use super::play::{Played, PlayedDay};
use super::stage::Stage;
use crate::exact::Exact;

/// Longer reasons are cut; the journal has them whole.
const REASON_MAX: usize = 44;

/// What the advisor did in a cycle and what the gate said.
pub(super) fn cycle_line(date: TradingDate, outcome: &CycleOutcome) -> String {
    let refused = if outcome.refused.is_empty() {
        "nothing refused".to_owned()
    } else {
        format!("refused by {}", rules(&outcome.refused))
    };
    format!(
        "{date} {} {:<10} {:>2} calls, {} approved, {refused}: {}",
        outcome.id.slot(),
        outcome.ending.as_str(),
        outcome.tool_calls,
        outcome.approved,
        cut(&outcome.summary, 120),
    )
}

/// Trades, sums, limits used, refusals by rule, and what to do next.
pub(super) fn write(out: &mut impl Write, stage: &Stage, played: &Played) -> io::Result<()> {
    writeln!(out)?;
    write_trades(out, played)?;
    write_days(out, stage, played).map_err(io::Error::other)??;
    write_model(out, played)?;
    let mut refused: BTreeMap<Rule, u32> = BTreeMap::new();
    for cycle in played.days.iter().flat_map(|day| &day.cycles) {
        for (rule, count) in &cycle.refused {
            *refused.entry(*rule).or_insert(0) += count;
        }
    }
    if refused.is_empty() {
        writeln!(out, "Nothing was refused.")?;
    } else {
        writeln!(out, "Refused, by rule: {}", rules(&refused))?;
    }
    write_next(out, stage)
}

/// What the model cost, where one was asked.
fn write_model(out: &mut impl Write, played: &Played) -> io::Result<()> {
    let costs = played.days.iter().map(|day| day.report.model);
    let cost = Money::sum(MODEL_CURRENCY, costs).map_err(io::Error::other)?;
    if cost.amount().is_zero() {
        return Ok(());
    }
    let cost = Exact(cost);
    writeln!(
        out,
        "Questions to the model cost {cost}, which no sum above counts."
    )
}

fn write_trades(out: &mut impl Write, played: &Played) -> io::Result<()> {
    let mut table = Table::new();
    table.load_preset(UTF8_HORIZONTAL_ONLY);
    table.set_header([
        "date", "symbol", "shares", "entry", "exit", "fees", "net", "in", "out",
    ]);
    let mut count = 0;
    for day in &played.days {
        for trade in &day.report.trades {
            table.add_row(trade_row(day.date, trade).map_err(io::Error::other)?);
            count += 1;
        }
    }
    if count == 0 {
        writeln!(out, "No trades.")
    } else {
        writeln!(out, "{table}")
    }
}

fn trade_row(date: TradingDate, line: &TradeLine) -> Result<Vec<Cell>, MoneyError> {
    let trip = &line.trip;
    let number = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
    Ok(vec![
        Cell::new(date),
        Cell::new(trip.symbol),
        number(trip.shares.to_string()),
        number(trip.entry.round_dp(3).normalize().to_string()),
        number(trip.exit.round_dp(3).normalize().to_string()),
        number(amount(trip.fees)),
        number(amount(trip.gross.minus(trip.fees)?)),
        Cell::new(cut(&line.reason_in, REASON_MAX)),
        Cell::new(cut(&line.reason_out, REASON_MAX)),
    ])
}

fn write_days(
    out: &mut impl Write,
    stage: &Stage,
    played: &Played,
) -> Result<io::Result<()>, MoneyError> {
    let currency = stage.rules.market.currency;
    let sum = |of: fn(&PlayedDay) -> Money| Money::sum(currency, played.days.iter().map(of));
    let gross = sum(|day| day.report.gross)?;
    let fees = sum(|day| day.report.fees)?;
    let net = sum(|day| day.report.net)?;
    let trades: usize = played.days.iter().map(|day| day.report.trades.len()).sum();
    let most = played.days.iter().map(entries).max().unwrap_or(0);
    let limits = stage.policy.gate.limits();
    let open: Vec<String> = played
        .days
        .iter()
        .flat_map(|day| {
            day.report
                .open_positions
                .iter()
                .map(|symbol| format!("{} {symbol}", day.date))
        })
        .collect();
    let text = format!(
        "{} day(s), {trades} trades: gross {}, fees {}, net {}\n\
         Most entries on one day: {most} of {} allowed; open at a day's end: {}",
        played.days.len(),
        amount(gross),
        amount(fees),
        amount(net),
        limits.max_daily_trades(),
        if open.is_empty() {
            "nothing".to_owned()
        } else {
            open.join(", ")
        },
    );
    Ok(writeln!(out, "{text}"))
}

fn entries(day: &PlayedDay) -> u32 {
    day.cycles.iter().map(|cycle| cycle.approved).sum()
}

fn write_next(out: &mut impl Write, stage: &Stage) -> io::Result<()> {
    if stage.seed.is_none() {
        return Ok(());
    }
    writeln!(
        out,
        "\nThese prices and headlines were generated; only the codes, lots and rules are real. Next:\n  \
         real bars       catalyst rehearse --bars DIR --history DIR --lots FILE\n  \
         your own calls  catalyst rehearse --advisor script:FILE   (docs/scripts.md)\n  \
         one cycle       catalyst cycle --at 2026-09-18T10:00:00+08:00, then catalyst status\n  \
         Claude          catalyst rehearse --advisor claude, with ANTHROPIC_API_KEY   (docs/claude.md)"
    )
}

fn rules(refused: &BTreeMap<Rule, u32>) -> String {
    refused
        .iter()
        .map(|(rule, count)| format!("{rule} {count}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn amount(money: Money) -> String {
    format!("{:.2}", money.amount())
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 3).collect();
    format!("{kept}...")
}
