//! The JSON document of a report, described in docs/report.md. Decimals are strings; what is not known
//! is null.

use catalyst_app::{PeriodReport, RefusalLine, TradeEnd, TradeStory, WouldHave};
use catalyst_domain::money::Money;
use serde::Serialize;

use super::words::{Words, price};

const SCHEMA: u32 = 1;

#[derive(Debug, Serialize)]
pub(super) struct Document<'a> {
    schema: u32,
    from: String,
    to: String,
    currency: &'static str,
    days: Vec<Day>,
    missing: Vec<String>,
    totals: Totals,
    equity: Equity,
    protected: Protected,
    beside: Option<Beside<'a>>,
    trades: Vec<Trade<'a>>,
    refusals: Refusals<'a>,
    alerts: Vec<Alert<'a>>,
}

#[derive(Debug, Serialize)]
struct Day {
    date: String,
    runs: usize,
    unwell: usize,
    equity_open: Option<Money>,
    equity_close: Option<Money>,
    trades: usize,
    gross: Option<Money>,
    fees: Money,
    model: Option<Money>,
    net: Option<Money>,
}

#[derive(Debug, Serialize)]
struct Totals {
    gross: Option<Money>,
    fees: Money,
    model: Option<Money>,
    model_billed: Vec<Billed>,
    net: Option<Money>,
    won: usize,
    lost: usize,
    unknown: usize,
    open: usize,
}

#[derive(Debug, Serialize)]
struct Billed {
    currency: &'static str,
    cost: Money,
}

#[derive(Debug, Serialize)]
struct Equity {
    first: Option<Money>,
    last: Option<Money>,
    readings: usize,
    drawdown: Option<Drawdown>,
}

#[derive(Debug, Serialize)]
struct Drawdown {
    amount: Money,
    fraction: String,
    peak_at: String,
    low_at: String,
}

#[derive(Debug, Serialize)]
struct Protected {
    held_s: i64,
    covered_s: i64,
    basis_points: Option<i64>,
}

#[derive(Debug, Serialize)]
struct Beside<'a> {
    name: &'a str,
    change: String,
    days: usize,
}

#[derive(Debug, Serialize)]
struct Trade<'a> {
    order: String,
    symbol: String,
    shares: u64,
    entry: String,
    exit: Option<String>,
    stop: Option<String>,
    target: Option<String>,
    opened_at: String,
    closed_at: Option<String>,
    result: &'static str,
    gross: Option<Money>,
    fees: Option<Money>,
    net: Option<Money>,
    model: Option<Money>,
    held_s: i64,
    covered_s: i64,
    reason_in: &'a str,
    reason_out: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Refusals<'a> {
    count: usize,
    by_rule: Vec<RuleCount<'a>>,
    would_have: Option<Money>,
    lines: Vec<Refused<'a>>,
}

#[derive(Debug, Serialize)]
struct RuleCount<'a> {
    rule: &'a str,
    count: usize,
}

#[derive(Debug, Serialize)]
struct Refused<'a> {
    at: String,
    symbol: String,
    shares: u64,
    times: usize,
    rules: Vec<&'a str>,
    would_have: &'static str,
    exit: Option<String>,
    gross: Option<Money>,
    net: Option<Money>,
}

#[derive(Debug, Serialize)]
struct Alert<'a> {
    at: String,
    severity: &'static str,
    subject: &'a str,
    delivered: bool,
}

/// All of it.
pub(super) fn document<'a>(report: &'a PeriodReport, words: &Words<'_>) -> Document<'a> {
    let ends = report.curve.ends();
    Document {
        schema: SCHEMA,
        from: report.days.0.to_string(),
        to: report.days.1.to_string(),
        currency: report.currency.code(),
        days: report.lines.iter().map(day).collect(),
        missing: report.missing.iter().map(ToString::to_string).collect(),
        totals: totals(report),
        equity: Equity {
            first: ends.map(|(first, _)| first),
            last: ends.map(|(_, last)| last),
            readings: report.curve.points.len(),
            drawdown: report.curve.deepest.map(|fall| Drawdown {
                amount: fall.amount,
                fraction: fall.fraction.round_dp(6).normalize().to_string(),
                peak_at: words.moment(fall.peak_at),
                low_at: words.moment(fall.low_at),
            }),
        },
        protected: Protected {
            held_s: report.cover.held.num_seconds(),
            covered_s: report.cover.covered.num_seconds(),
            basis_points: report.cover.points(),
        },
        beside: report.beside.as_ref().map(|beside| Beside {
            name: &beside.name,
            change: beside.change.round_dp(6).normalize().to_string(),
            days: beside.days,
        }),
        trades: report.trades.iter().map(|one| trade(one, words)).collect(),
        refusals: refusals(report, words),
        alerts: report
            .alerts
            .iter()
            .map(|(alert, delivered)| Alert {
                at: words.moment(alert.at),
                severity: alert.severity.as_str(),
                subject: &alert.subject,
                delivered: *delivered,
            })
            .collect(),
    }
}

fn day(line: &catalyst_app::DayLine) -> Day {
    Day {
        date: line.date.to_string(),
        runs: line.runs,
        unwell: line.unwell,
        equity_open: line.equity.map(|(first, _)| first),
        equity_close: line.equity.map(|(_, last)| last),
        trades: line.trades,
        gross: line.gross,
        fees: line.fees,
        model: line.model,
        net: line.net,
    }
}

fn totals(report: &PeriodReport) -> Totals {
    let totals = &report.totals;
    Totals {
        gross: totals.gross,
        fees: totals.fees,
        model: totals.model,
        model_billed: totals
            .model_billed
            .iter()
            .map(|cost| Billed {
                currency: cost.currency().code(),
                cost: *cost,
            })
            .collect(),
        net: totals.net,
        won: totals.won,
        lost: totals.lost,
        unknown: totals.unknown,
        open: totals.open,
    }
}

fn trade<'a>(story: &'a TradeStory, words: &Words<'_>) -> Trade<'a> {
    let (result, exit, closed_at, made) = match story.end {
        TradeEnd::Closed {
            exit,
            at,
            gross,
            fees,
            net,
        } => ("closed", Some(exit), Some(at), Some((gross, fees, net))),
        TradeEnd::Open => ("open", None, None, None),
        TradeEnd::Unknown { at } => ("unknown", None, at, None),
    };
    Trade {
        order: story.order.to_string(),
        symbol: story.symbol.to_string(),
        shares: story.shares.count(),
        entry: price(story.entry),
        exit: exit.map(price),
        stop: story.stop.map(|level| price(level.value())),
        target: story.target.map(|level| price(level.value())),
        opened_at: words.moment(story.opened_at),
        closed_at: closed_at.map(|at| words.moment(at)),
        result,
        gross: made.map(|(gross, _, _)| gross),
        fees: made.map(|(_, fees, _)| fees),
        net: made.map(|(_, _, net)| net),
        model: story.model,
        held_s: story.cover.held.num_seconds(),
        covered_s: story.cover.covered.num_seconds(),
        reason_in: &story.reason_in,
        reason_out: story.reason_out.as_deref(),
    }
}

fn refusals<'a>(report: &'a PeriodReport, words: &Words<'_>) -> Refusals<'a> {
    let refusals = &report.refusals;
    Refusals {
        count: refusals.count,
        by_rule: refusals
            .by_rule
            .iter()
            .map(|(rule, count)| RuleCount {
                rule,
                count: *count,
            })
            .collect(),
        would_have: refusals.would_have,
        lines: refusals
            .lines
            .iter()
            .map(|line| refused(line, words))
            .collect(),
    }
}

fn refused<'a>(line: &'a RefusalLine, words: &Words<'_>) -> Refused<'a> {
    let (would_have, exit, gross, net) = match line.would_have {
        WouldHave::NoPrices => ("no_prices", None, None, None),
        WouldHave::NoBars => ("no_bars", None, None, None),
        WouldHave::NotFilled => ("not_filled", None, None, None),
        WouldHave::Left {
            by,
            exit,
            gross,
            net,
        } => (by, Some(exit), Some(gross), net),
    };
    Refused {
        at: words.moment(line.entry.at),
        symbol: line.entry.symbol.to_string(),
        shares: line.entry.shares.count(),
        times: line.times,
        rules: line
            .entry
            .rules
            .iter()
            .map(|one| one.rule.as_str())
            .collect(),
        would_have,
        exit: exit.map(|exit| price(exit.value())),
        gross,
        net,
    }
}
