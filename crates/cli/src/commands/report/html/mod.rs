//! The report as one page: nothing is loaded from anywhere, every word from outside is escaped, and
//! only the two scripts that are written here may run.

mod chart_data;
mod closing;
mod refusals;
mod seal;
mod summary;
mod trades;

use std::io;

use catalyst_app::PeriodReport;
use chrono::{DateTime, Utc};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::words::{Words, count, span};
use seal::policy;

/// By which an earlier page is known, at the head of its file.
pub(super) const GENERATOR: &str = "catalyst report";
/// Lightweight Charts, see `assets/report/README.md`.
const LIBRARY: &str = include_str!("../../../../assets/report/lightweight-charts.js");
const CHARTS: &str = include_str!("../../../../assets/report/charts.js");
const STYLE: &str = include_str!("../../../../assets/report/style.css");

/// The page.
pub(super) fn page(
    report: &PeriodReport,
    words: &Words<'_>,
    now: DateTime<Utc>,
) -> io::Result<String> {
    let data = chart_data::json(report, words)?;
    let title = format!("Report of {}", span(report.days));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="generator" content=(GENERATOR);
                meta http-equiv="Content-Security-Policy" content=(policy(&[LIBRARY, CHARTS]));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (header(report, &words.moment(now)))
                main {
                    (summary::summary(report, words))
                    (trades::trades(report, words))
                    (refusals::refusals(report, words))
                    (closing::days(report))
                    (closing::told(report, words))
                }
                (closing::footer())
                // Of a script's text only `<` could end it early, and the data has none.
                script type="application/json" id="data" { (PreEscaped(data)) }
                script { (PreEscaped(LIBRARY)) }
                script { (PreEscaped(CHARTS)) }
            }
        }
    };
    Ok(page.into_string())
}

fn header(report: &PeriodReport, now: &str) -> Markup {
    let (from, to) = report.days;
    let runs: usize = report.lines.iter().map(|line| line.runs).sum();
    let days = count(report.lines.len(), "day", "days");
    html! {
        header {
            div {
                h1 {
                    "Report of " span { (from) }
                    @if from != to { " to " span { (to) } }
                }
                p { (count(runs, "run", "runs")) " on " (days) ", written " (now) " exchange time" }
            }
            button type="button" id="theme" hidden { "Light / dark" }
        }
    }
}
