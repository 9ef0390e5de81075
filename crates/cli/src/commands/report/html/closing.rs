//! The end of the page: days, decisions, alerts, how the figures are counted, and whose charts these are.

use catalyst_app::PeriodReport;
use maud::{Markup, html};

use super::super::words::{UNKNOWN, Words, amount, amount_or_unknown, signed_or_unknown};
use super::summary::tone;

/// Decisions that the page tells, the newest.
const DECISIONS_MAX: usize = 300;

pub(super) fn days(report: &PeriodReport) -> Markup {
    let columns = [
        "Net",
        "Gross",
        "Fees",
        "Model",
        "Equity at the end",
        "Trades",
        "Runs",
    ];
    html! {
        section aria-labelledby="days" {
            h2 id="days" { "Day by day" }
            @if report.lines.is_empty() {
                p.soft { "No run of these days is kept." }
            } @else {
                div.card.scroll {
                    table.stack {
                        thead { tr {
                            th scope="col" { "Day" }
                            @for column in columns { th.n scope="col" { (column) } }
                        } }
                        tbody { @for line in &report.lines { (day(line)) } }
                    }
                }
            }
        }
    }
}

fn day(line: &catalyst_app::DayLine) -> Markup {
    let equity = line
        .equity
        .map_or_else(|| UNKNOWN.to_owned(), |(_, last)| amount(last));
    html! {
        tr {
            th scope="row" data-name="Day" { (line.date) }
            td.n data-name="Net" { span class=(tone(line.net)) { (signed_or_unknown(line.net)) } }
            td.n data-name="Gross" { (signed_or_unknown(line.gross)) }
            td.n data-name="Fees" { (amount(line.fees)) }
            td.n data-name="Model" { (amount_or_unknown(line.model)) }
            td.n data-name="Equity at the end" { (equity) }
            td.n data-name="Trades" { (line.trades) }
            td.n data-name="Runs" {
                span {
                    (line.runs)
                    @if line.unwell > 0 { span.unknown { ", " (line.unwell) " not well" } }
                }
            }
        }
    }
}

/// What the owner was told, and what was decided, in words.
pub(super) fn told(report: &PeriodReport, words: &Words<'_>) -> Markup {
    let first = report.decisions.len().saturating_sub(DECISIONS_MAX);
    html! {
        @if !report.alerts.is_empty() {
            section aria-labelledby="alerts" {
                h2 id="alerts" { "Alerts" }
                div.card { table.stack {
                    thead { tr { th scope="col" { "When" } th scope="col" { "How soon" } th scope="col" { "What" } } }
                    tbody { @for (alert, delivered) in &report.alerts { tr {
                        td data-name="When" { (words.moment(alert.at)) }
                        td data-name="How soon" { (alert.severity) }
                        td.why data-name="What" { (alert.subject)
                            @if !delivered { " " span.unknown { "(not delivered)" } } }
                    } } }
                } }
            }
        }
        @if !report.decisions.is_empty() {
            section aria-labelledby="decisions" {
                h2 id="decisions" { "Decisions" }
                details.card {
                    summary { (report.decisions.len()) " in words"
                        @if first > 0 { ", the last " (DECISIONS_MAX) " here" } }
                    table.stack {
                        thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "Why" } } }
                        tbody { @for note in report.decisions.iter().skip(first) { tr {
                            td data-name="When" { (words.moment(note.at)) }
                            td data-name="What" { (note.decision.as_str())
                                @if let Some(symbol) = note.symbol { " " (symbol) } }
                            td.why data-name="Why" { (note.reasoning) }
                        } } }
                    }
                }
            }
        }
    }
}

pub(super) fn footer() -> Markup {
    html! {
        footer {
            ul {
                li { "Net is gross less fees and less what the model cost; a trade's own result is before its share of the model." }
                li { "A dollar of the United States counts as 7.85 HKD, the weak side of the peg." }
                li { "Time counts as under a stop when the broker showed one over all shares at the next look." }
                li { "Refused trades were never sent. What they would have made is no promise." }
            }
            p { "Charts: TradingView Lightweight Charts™, Copyright (c) 2026 TradingView, Inc. "
                a href="https://www.tradingview.com/" rel="noreferrer" { "tradingview.com" } }
            noscript { p { "The charts need JavaScript; every figure is in the text." } }
        }
    }
}
