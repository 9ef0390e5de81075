//! The market beside the journal: minute bars and an index, from where they can be had.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use catalyst_app::{DayBars, IndexDay};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::plain_decimal;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::Chronicle;
use thiserror::Error;

use crate::commands::{Failure, runtime, tell};
use crate::compose::{self, JournalPlace};
use crate::settings::Settings;

/// Days that are made anew for a report, the newest: each takes as long as a day of a rehearsal.
const MADE_DAYS_MAX: usize = 60;

/// An index file that does not read.
#[derive(Debug, Error)]
enum BadIndex {
    #[error("the index file has no column `{0}`; allowed are timestamp, open and close, each once")]
    Column(&'static str),
    #[error(
        "line {line} of the index file does not read; allowed is a day, an open and a close above 0"
    )]
    Row { line: usize },
}

/// The bars of a folder; without one those that the simulated exchange made, where the journal is of
/// its account. A file that is refused is named and stays out.
pub(super) fn bars(
    folder: Option<&Path>,
    place: &JournalPlace,
    settings: &Settings,
    (chronicle, rules): (&Chronicle, &Arc<Rulebook>),
) -> Result<DayBars, Failure> {
    if let Some(folder) = folder {
        let loaded = compose::minutes(folder, rules)?;
        for refusal in &loaded.refused {
            tell(&format!("refused: {refusal}"))?;
        }
        return Ok(DayBars(loaded.days));
    }
    let account = compose::SIM_ACCOUNT;
    let book = runtime()?.block_on(compose::read_journal(place, rules, account));
    // The journal of another account has bars of the real market, which are not made.
    if !matches!(book, Ok(Some(_))) {
        return Ok(DayBars::default());
    }
    made(settings, chronicle, rules)
}

fn made(
    settings: &Settings,
    chronicle: &Chronicle,
    rules: &Arc<Rulebook>,
) -> Result<DayBars, Failure> {
    let mut dates: Vec<TradingDate> = chronicle.runs.iter().map(|run| run.id.date()).collect();
    dates.sort_unstable();
    dates.dedup();
    let mut bars = BTreeMap::new();
    for date in dates.into_iter().rev().take(MADE_DAYS_MAX) {
        bars.insert(date, compose::generated_day(settings, date, rules)?);
    }
    let bars = DayBars(bars);
    if bars
        .foreign(&chronicle.executions, &rules.calendar)
        .is_empty()
    {
        return Ok(bars);
    }
    tell(
        "the bars that the settings' seed makes are not those that were traded; --bars names others",
    )?;
    Ok(DayBars::default())
}

/// The days of an index, named after its file.
pub(super) fn index(path: &Path) -> Result<(String, BTreeMap<TradingDate, IndexDay>), Failure> {
    let text = compose::read(path)?;
    let days = days_of(&text).map_err(Failure::usage)?;
    let name = path.file_stem().unwrap_or(path.as_os_str());
    let name = name.to_string_lossy().replace('_', " ");
    Ok((name, days))
}

fn days_of(text: &str) -> Result<BTreeMap<TradingDate, IndexDay>, BadIndex> {
    let mut lines = text.lines().enumerate();
    let header: Vec<&str> = lines
        .next()
        .map_or("", |(_, line)| line)
        .split(',')
        .collect();
    let place = |name| {
        let found = header.iter().position(|column| *column == name);
        found.ok_or(BadIndex::Column(name))
    };
    let (day, open, close) = (place("timestamp")?, place("open")?, place("close")?);
    let mut days = BTreeMap::new();
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(',').collect();
        let amount = |at: usize| {
            let number = cells.get(at).and_then(|cell| plain_decimal(cell));
            number.filter(|number| number.is_sign_positive() && !number.is_zero())
        };
        let date = cells.get(day).and_then(|cell| cell.get(..10));
        let date = date.map(str::parse::<TradingDate>);
        let (Some(Ok(date)), Some(open), Some(close)) = (date, amount(open), amount(close)) else {
            return Err(BadIndex::Row { line: number + 1 });
        };
        days.insert(date, IndexDay { open, close });
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::days_of;

    #[test]
    fn an_index_is_read_by_the_names_of_its_columns() {
        let text =
            "symbol,timestamp,open,high,low,close\nHSI,2020-03-13T00:00:00+08:00,23,25,22,24\n";

        let days = days_of(text).unwrap();

        let day = days[&"2020-03-13".parse().unwrap()];
        assert_eq!(
            (day.open.to_string(), day.close.to_string()),
            ("23".to_owned(), "24".to_owned())
        );
    }

    #[test]
    fn a_row_that_does_not_read_is_named() {
        let refused = |text| days_of(text).unwrap_err().to_string();

        assert!(refused("open,close\n").starts_with("the index file has no column `timestamp`"));
        assert!(refused("timestamp,open,close\n2020-03-13,1,0\n").starts_with("line 2 "));
    }
}
