//! What patterns on real days would have made, before and after fees, beside entries at the same
//! minutes of the other days of the set, with the same risk. `make study` prints the table of `docs/patterns.md`.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a study prints its table, and stops where a bar file is not as it should be"
)]

mod stock_day;
mod trade;

use std::path::{Path, PathBuf};

use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::FeeSchedule;
use catalyst_domain::pattern::PatternKind;
use catalyst_domain::rulebook::Rulebook;
use stock_day::StockDay;
use trade::{Trade, elsewhere, trades};

/// Minutes of a bar: patterns are looked for on five and fifteen, one is shown for what it costs.
const SPANS: [i64; 3] = [1, 5, 15];

fn main() {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("../shared/data/hk/bars"), PathBuf::from);
    let rules = Rulebook::of(Exchange::Hkex).expect("the shipped tables read");
    println!(
        "| days | bars | pattern | seen a day | traded | R before fees | R after | elsewhere before | elsewhere after | risk |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for set in ["1m_momentum", "1m_quiet"] {
        let days = days_of(&folder.join(set));
        for span in SPANS {
            study(set, span, &days, &rules);
        }
    }
}

fn days_of(folder: &Path) -> Vec<StockDay> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder of bar files")
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "INDEX"))
        .collect();
    files.sort();
    files.iter().map(|path| StockDay::read(path)).collect()
}

fn study(set: &str, span: i64, days: &[StockDay], rules: &Rulebook) {
    let fees = FeeSchedule::hkex().expect("the shipped fees read");
    let mut seen = [0_usize; 5];
    let mut made: Vec<(PatternKind, Trade, Vec<Trade>)> = Vec::new();
    for day in days {
        let found = trades(day, span, rules, &fees);
        for (kind, trade) in found {
            let place = PatternKind::ALL.iter().position(|other| *other == kind);
            if let Some(count) = place.and_then(|place| seen.get_mut(place)) {
                *count += 1;
            }
            if let Some(trade) = trade {
                let beside = elsewhere(days, day, &trade, (rules, &fees));
                made.push((kind, trade, beside));
            }
        }
    }
    for (kind, seen) in PatternKind::ALL.into_iter().zip(seen) {
        let of_kind: Vec<_> = made.iter().filter(|(other, ..)| *other == kind).collect();
        println!(
            "{}",
            row(
                &format!("{set} | {span}m | {kind}"),
                (seen, days.len()),
                &of_kind
            )
        );
    }
    let all: Vec<_> = made.iter().collect();
    let name = format!("{set} | {span}m | **all**");
    println!("{}", row(&name, (seen.iter().sum(), days.len()), &all));
}

fn row(
    name: &str,
    (seen, days): (usize, usize),
    made: &[&(PatternKind, Trade, Vec<Trade>)],
) -> String {
    let own = |of: fn(&Trade) -> f64| Sample::of(made.iter().map(|(_, trade, _)| of(trade)));
    let beside = |of: fn(&Trade) -> f64| {
        Sample::of(
            made.iter()
                .filter(|(_, _, beside)| !beside.is_empty())
                .map(|(_, _, beside)| beside.iter().map(of).sum::<f64>() / count(beside.len())),
        )
    };
    if made.is_empty() {
        return format!(
            "| {name} | {:.2} | 0 | | | | | |",
            count(seen) / count(days)
        );
    }
    format!(
        "| {name} | {:.2} | {} | {} | {} | {} | {} | {:.2} % |",
        count(seen) / count(days),
        made.len(),
        own(Trade::before_fees),
        own(Trade::after_fees),
        beside(Trade::before_fees),
        beside(Trade::after_fees),
        own(Trade::risk_percent).mean,
    )
}

/// A mean and how sure it is.
struct Sample {
    mean: f64,
    error: f64,
}

impl Sample {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let values: Vec<f64> = values.collect();
        let number = count(values.len());
        let mean = values.iter().sum::<f64>() / number;
        let spread = values
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum::<f64>();
        let error = (spread / (number - 1.0).max(1.0) / number).sqrt();
        Self { mean, error }
    }
}

impl std::fmt::Display for Sample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:+.2} ± {:.2}", self.mean, self.error)
    }
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}
