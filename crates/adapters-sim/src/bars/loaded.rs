//! Minute bars of a folder, by day and symbol.

use std::collections::BTreeMap;
use std::path::Path;

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::market::Bar;
use catalyst_domain::symbol::Symbol;

use super::day_span::DaySpan;
use super::folder::{BarFile, bar_files, read_file};
use super::refusal::{Defect, FileRefusal, LoadError};

/// Minute bars of many days, and the files that had to stay out.
#[derive(Debug)]
pub struct LoadedBars {
    /// Bars in rising order of time, by day and symbol.
    pub days: BTreeMap<TradingDate, BTreeMap<Symbol, Vec<Bar>>>,
    /// Files that were refused whole, by name.
    pub refused: Vec<FileRefusal>,
}

/// Loads the minute bars of every file `NNNNN_*.csv` or `NNNNN.csv` in `folder`.
///
/// A file with any defect stays out whole; the others are not touched by it. A day that two files of
/// a symbol hold alike counts once. Prices may lie off the tick grid.
pub fn load_minutes(folder: &Path, calendar: &TradingCalendar) -> Result<LoadedBars, LoadError> {
    let mut loaded = LoadedBars {
        days: BTreeMap::new(),
        refused: Vec::new(),
    };
    for file in bar_files(folder)? {
        match read_days(&file, calendar).and_then(|days| loaded.admit(&file, days)) {
            Ok(()) => {}
            Err(refusal) => loaded.refused.push(refusal),
        }
    }
    if loaded.days.is_empty() {
        return Err(LoadError::NothingUsable {
            folder: folder.to_owned(),
            refused: loaded.refused,
        });
    }
    Ok(loaded)
}

type DayBars = Vec<(TradingDate, Vec<Bar>)>;

fn read_days(file: &BarFile, calendar: &TradingCalendar) -> Result<DayBars, FileRefusal> {
    let mut spans: Vec<(DaySpan, usize)> = Vec::new();
    let bars = read_file(file, |bar| {
        match spans.last_mut() {
            Some((span, count)) if span.contains(bar.start()) => *count += 1,
            Some(_) | None => spans.push((DaySpan::of(bar.start(), calendar)?, 1)),
        }
        Ok(())
    })?;
    let mut bars = bars.into_iter();
    let days = spans
        .into_iter()
        .map(|(span, count)| (span.date, bars.by_ref().take(count).collect()));
    Ok(days.collect())
}

impl LoadedBars {
    fn admit(&mut self, file: &BarFile, days: DayBars) -> Result<(), FileRefusal> {
        let symbol = file.symbol;
        for (date, bars) in &days {
            let before = self.days.get(date).and_then(|day| day.get(&symbol));
            if before.is_some_and(|before| before != bars) {
                return Err(FileRefusal {
                    file: file.path.clone(),
                    line: 1,
                    defect: Defect::GivenTwice {
                        symbol,
                        date: *date,
                    },
                });
            }
        }
        for (date, bars) in days {
            self.days.entry(date).or_default().insert(symbol, bars);
        }
        Ok(())
    }

    /// Every symbol of any day, sorted.
    pub fn symbols(&self) -> Vec<Symbol> {
        let symbols = self.days.values().flat_map(|day| day.keys().copied());
        let unique: std::collections::BTreeSet<Symbol> = symbols.collect();
        unique.into_iter().collect()
    }
}
