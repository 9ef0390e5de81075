//! The first screen: what it came to, and the equity curve.

use catalyst_app::PeriodReport;
use catalyst_domain::money::Money;
use maud::{Markup, html};
use rust_decimal::Decimal;

use super::super::text;
use super::super::words::{
    UNKNOWN, Words, amount, amount_or_unknown, count, foreign, missing, percent, points, signed,
    signed_or_unknown, signed_percent,
};

pub(super) fn summary(report: &PeriodReport, words: &Words<'_>) -> Markup {
    html! {
        (notices(report))
        (sums(report))
        section aria-labelledby="equity" {
            h2 id="equity" { "Equity and drawdown" }
            @if report.curve.points.is_empty() {
                p.soft { "The account was never read on these days." }
            } @else {
                figure.card {
                    div.chart data-chart="equity" role="img" aria-label=(spoken(report)) {}
                    figcaption { (caption(report, words)) }
                }
            }
        }
    }
}

fn notices(report: &PeriodReport) -> Markup {
    html! {
        @if !report.missing.is_empty() || report.totals.unknown > 0 || !report.foreign_bars.is_empty() {
            div.notice role="note" {
                @if !report.missing.is_empty() {
                    p { b { "Missing: " } (missing(&report.missing)) "." }
                }
                @if report.totals.unknown > 0 {
                    p { b { "Unknown: " } (count(report.totals.unknown, "trade", "trades"))
                        " ended with a result that nobody knows, so the sums are not known either." }
                }
                @if !report.foreign_bars.is_empty() {
                    p { b { "Bars not used: " } "other prices were traded of "
                        (foreign(&report.foreign_bars)) "." }
                }
            }
        }
    }
}

fn sums(report: &PeriodReport) -> Markup {
    let totals = &report.totals;
    let own = report
        .curve
        .ends()
        .and_then(|(first, last)| Some(last.amount().checked_div(first.amount())? - Decimal::ONE));
    html! {
        dl.sums {
            div.wide.net {
                dt { "Net, after fees and model" }
                dd class=(tone(totals.net)) id="net" data-net=(plain(totals.net)) {
                    (signed_or_unknown(totals.net))
                    small.soft { (text::trades(report)) }
                }
            }
            div {
                dt { "Gross" }
                dd id="gross" data-gross=(plain(totals.gross)) { (signed_or_unknown(totals.gross)) }
            }
            div {
                dt { "Fees" }
                dd id="fees" data-fees=(plain(Some(totals.fees))) { (amount(totals.fees)) }
            }
            div {
                dt { "Model" }
                dd { (amount_or_unknown(totals.model)) small { (billed(report)) } }
            }
            div {
                dt { "Deepest fall" }
                dd {
                    @match report.curve.deepest {
                        Some(fall) => { (percent(fall.fraction)) small { (amount(fall.amount)) } }
                        None => { "none" }
                    }
                }
            }
            div {
                dt { "Under a stop" }
                dd {
                    @match report.cover.points() {
                        Some(share) => { (points(share)) small { "of the time held" } }
                        None => { "nothing held" }
                    }
                }
            }
            div {
                dt { "Account" }
                dd {
                    (own.map_or_else(|| UNKNOWN.to_owned(), signed_percent))
                    @match &report.beside {
                        Some(beside) => { small { (beside.name) " " (signed_percent(beside.change)) } }
                        None => { small { "market not known" } }
                    }
                    small { "doing nothing 0.00 %" }
                }
            }
        }
    }
}

fn billed(report: &PeriodReport) -> String {
    let billed: Vec<String> = report
        .totals
        .model_billed
        .iter()
        .copied()
        .map(amount)
        .collect();
    if billed.is_empty() {
        "no questions".to_owned()
    } else {
        format!("{} billed", billed.join(" and "))
    }
}

fn caption(report: &PeriodReport, words: &Words<'_>) -> String {
    let readings = count(report.curve.points.len(), "reading", "readings");
    let fall = report.curve.deepest.map_or_else(
        || "It never fell below an earlier one.".to_owned(),
        |fall| {
            format!(
                "The deepest fall was from {} to {}.",
                words.moment(fall.peak_at),
                words.moment(fall.low_at)
            )
        },
    );
    format!("{readings} of the account; below, how far it was under its best. {fall}")
}

/// The curve for whoever does not see it.
fn spoken(report: &PeriodReport) -> String {
    let Some((first, last)) = report.curve.ends() else {
        return "no readings".to_owned();
    };
    let fall = report
        .curve
        .deepest
        .map_or_else(|| "0.00 %".to_owned(), |fall| percent(fall.fraction));
    format!(
        "Equity went from {} to {}, {}; the deepest fall was {fall}. The table by day has the figures.",
        amount(first),
        amount(last),
        last.minus(first)
            .map_or_else(|_| UNKNOWN.to_owned(), signed)
    )
}

/// Colour by sign; the sign itself always stands in the text.
pub(super) fn tone(money: Option<Money>) -> &'static str {
    match money {
        None => "unknown",
        Some(some) if some.is_negative() => "loss",
        Some(some) if some.amount().is_zero() => "",
        Some(_) => "gain",
    }
}

/// The bare number for a reader that is a program, as in the JSON document.
fn plain(money: Option<Money>) -> String {
    money.map_or_else(String::new, |some| {
        format!("{:.2}", some.amount().round_dp(2))
    })
}
