//! What the gate refused, and what that would have made.

use catalyst_app::{PeriodReport, RefusalLine, WouldHave};
use maud::{Markup, html};

use super::super::words::{Words, count, signed, would_have};
use super::summary::tone;

/// Refused trades that the page lists.
const LINES_MAX: usize = 500;

pub(super) fn refusals(report: &PeriodReport, words: &Words<'_>) -> Markup {
    let refusals = &report.refusals;
    html! {
        section aria-labelledby="refusals" {
            h2 id="refusals" { "Refused" }
            @if refusals.count == 0 {
                p.soft { "The gate refused nothing." }
            } @else {
                div.card {
                    (by_rule(report))
                    p {
                        "A refused trade is played over the bars that followed, by its own stop and target and "
                        "against itself where a bar leaves it open. "
                        @match refusals.would_have {
                            Some(sum) => { "All together would have made "
                                b class=(tone(Some(sum))) { (signed(sum)) } " after fees." }
                            None => { "There are no bars to do so here." }
                        }
                    }
                    (lines(report, words))
                }
            }
        }
    }
}

fn by_rule(report: &PeriodReport) -> Markup {
    let most = report
        .refusals
        .by_rule
        .iter()
        .map(|(_, count)| *count)
        .max();
    let most = most.unwrap_or(1).max(1);
    html! {
        table.rules {
            caption { (count(report.refusals.count, "refusal", "refusals"))
                " by rule; one may break several" }
            thead { tr { th scope="col" { "Rule" } th.n scope="col" { "Times" } th scope="col" {} } }
            tbody {
                @for (rule, times) in &report.refusals.by_rule {
                    tr {
                        th scope="row" { (rule.replace('_', " ")) }
                        td.n { (times) }
                        td.bar aria-hidden="true" { i style=(format!("--w:{}%", times * 100 / most)) {} }
                    }
                }
            }
        }
    }
}

fn lines(report: &PeriodReport, words: &Words<'_>) -> Markup {
    let lines = &report.refusals.lines;
    html! {
        div.scroll {
            table.stack {
                caption { "The first refusal of each name on each day"
                    @if lines.len() > LINES_MAX { ", " (LINES_MAX) " of " (lines.len()) } }
                thead { tr {
                    th scope="col" { "When" } th scope="col" { "Name" } th.n scope="col" { "Shares" }
                    th.n scope="col" { "Times" } th scope="col" { "Would have made" } th scope="col" { "Why" }
                } }
                tbody { @for line in lines.iter().take(LINES_MAX) { (row(line, words)) } }
            }
        }
    }
}

fn row(line: &RefusalLine, words: &Words<'_>) -> Markup {
    let entry = &line.entry;
    let made = match line.would_have {
        WouldHave::Left { net, .. } => tone(net),
        WouldHave::NoPrices | WouldHave::NoBars | WouldHave::NotFilled => "soft",
    };
    html! {
        tr {
            td data-name="When" { (words.moment(entry.at)) }
            th scope="row" data-name="Name" { (entry.symbol) }
            td.n data-name="Shares" { (entry.shares) }
            td.n data-name="Times" { (line.times) }
            td data-name="Would have made" { span class=(made) { (would_have(line.would_have)) } }
            td.why data-name="Why" {
                @for (place, broken) in entry.rules.iter().enumerate() {
                    @if place > 0 { "; " }
                    (broken.text)
                }
            }
        }
    }
}
