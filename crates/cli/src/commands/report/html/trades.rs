//! Every trade: what was planned, what happened, why, and its day on a chart.

use std::collections::BTreeMap;

use catalyst_app::{PeriodReport, TradeEnd, TradeStory};
use catalyst_domain::order::ClientOrderId;
use catalyst_domain::price::Price;
use maud::{Markup, html};

use super::super::text::result;
use super::super::words::{
    Words, amount, amount_or_unknown, count, duration, points, price, signed,
};
use super::chart_data::{CHARTS_MAX, charted};
use super::summary::tone;

pub(super) fn trades(report: &PeriodReport, words: &Words<'_>) -> Markup {
    let charts: BTreeMap<ClientOrderId, usize> = charted(report)
        .into_iter()
        .map(|trade| trade.order)
        .zip(0..)
        .collect();
    let without = report.trades.len() - charts.len();
    html! {
        section aria-labelledby="trades" {
            h2 id="trades" { "Trades" }
            @if report.trades.is_empty() {
                p.soft { "Nothing was bought or sold." }
            }
            @if charts.len() == CHARTS_MAX && without > 0 {
                p.soft { "Charts are of the " (CHARTS_MAX) " largest gains and losses." }
            }
            @for trade in &report.trades {
                (one(trade, charts.get(&trade.order).copied(), words))
            }
        }
    }
}

fn one(trade: &TradeStory, chart: Option<usize>, words: &Words<'_>) -> Markup {
    let net = match trade.end {
        TradeEnd::Closed { net, .. } => Some(net),
        TradeEnd::Open | TradeEnd::Unknown { .. } => None,
    };
    html! {
        article.card.trade id=(trade.order) {
            div.top {
                h3 { (trade.symbol) }
                p class=(tone(net)) { (result(trade)) }
            }
            p.when { (count(usize::try_from(trade.shares.count()).unwrap_or(usize::MAX), "share", "shares"))
                ", " (words.held(trade)) }
            @match chart {
                Some(place) => {
                    figure {
                        div.chart data-trade=(place) role="img" aria-label=(spoken(trade)) {}
                        figcaption {
                            ul.legend {
                                li { i style="border-color:var(--ink)" {} "entry" }
                                li { i style="border-color:var(--note)" {} "exit" }
                                li { i style="border-color:var(--loss);border-top-style:dashed" {} "stop" }
                                li { i style="border-color:var(--gain);border-top-style:dashed" {} "target" }
                                li { "bars of 5 minutes, hollow where they rose" }
                            }
                        }
                    }
                }
                None => @if trade.bars.is_empty() { p.soft { "No bars of this day are at hand." } }
            }
            (figures(trade))
            (reasons(trade))
        }
    }
}

fn figures(trade: &TradeStory) -> Markup {
    html! {
        dl {
            div { dt { "Entry" } dd { (price(trade.entry)) } }
            @if let TradeEnd::Closed { exit, .. } = trade.end {
                div { dt { "Exit" } dd { (price(exit)) } }
            }
            div { dt { "Stop" } dd { (level(trade.stop)) } }
            div { dt { "Target" } dd { (level(trade.target)) } }
            @if let TradeEnd::Closed { gross, fees, .. } = trade.end {
                div { dt { "Gross" } dd { (signed(gross)) } }
                div { dt { "Fees" } dd { (amount(fees)) } }
                div { dt { "Model share" } dd { (amount_or_unknown(trade.model)) } }
            }
            div { dt { "Under a stop" } dd {
                (trade.cover.points().map_or_else(|| "no time".to_owned(), points))
            } }
        }
    }
}

fn reasons(trade: &TradeStory) -> Markup {
    html! {
        div.words {
            p { b { "In" } span { (trade.reason_in) } }
            @if let Some(reason) = &trade.reason_out {
                p { b { "Out" } span { (reason) } }
            }
        }
    }
}

fn level(level: Option<Price>) -> String {
    level.map_or_else(|| "not kept".to_owned(), |level| price(level.value()))
}

/// The chart for whoever does not see it.
fn spoken(trade: &TradeStory) -> String {
    let exit = match trade.end {
        TradeEnd::Closed { exit, .. } => format!("sold at {}", price(exit)),
        TradeEnd::Open => "still held".to_owned(),
        TradeEnd::Unknown { .. } => "result unknown".to_owned(),
    };
    format!(
        "Day chart of {}: bought at {}, {exit}, after {}; stop {}, target {}. The list below has the figures.",
        trade.symbol,
        price(trade.entry),
        duration(trade.held_for()),
        level(trade.stop),
        level(trade.target)
    )
}
