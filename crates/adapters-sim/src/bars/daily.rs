//! Daily bars, for what is usual: relative volume and the close of the day before.

use std::collections::BTreeMap;
use std::path::Path;

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::market::Bar;
use catalyst_domain::symbol::Symbol;
use chrono::NaiveTime;

use super::folder::{bar_files, read_file};
use super::refusal::{Defect, FileRefusal, LoadError};

/// Daily bars by symbol and date, stamped with the exchange's midnight.
#[derive(Debug, Default)]
pub struct DailyHistory {
    bars: BTreeMap<Symbol, BTreeMap<TradingDate, Bar>>,
    refused: Vec<FileRefusal>,
}

/// Loads the daily bars of every file `NNNNN.csv` or `NNNNN_*.csv` in `folder`.
pub fn load_daily(folder: &Path, calendar: &TradingCalendar) -> Result<DailyHistory, LoadError> {
    let mut history = DailyHistory::default();
    for file in bar_files(folder)? {
        match read_file(&file, |bar| at_midnight(bar, calendar)) {
            Ok(bars) => {
                for bar in bars {
                    history.add(file.symbol, calendar.date_of(bar.start()), bar);
                }
            }
            Err(refusal) => history.refused.push(refusal),
        }
    }
    if history.bars.is_empty() {
        return Err(LoadError::NothingUsable {
            folder: folder.to_owned(),
            refused: history.refused,
        });
    }
    Ok(history)
}

fn at_midnight(bar: &Bar, calendar: &TradingCalendar) -> Result<(), Defect> {
    let local = calendar.local(bar.start());
    let day = calendar.day(calendar.date_of(bar.start()));
    let trades = day.is_ok_and(|day| day.trades());
    if trades && local.time() == NaiveTime::MIN {
        Ok(())
    } else {
        Err(Defect::NotMidnight { found: local })
    }
}

impl DailyHistory {
    /// Keeps `bar` as the bar of `date`, unless the day has one already.
    pub fn add(&mut self, symbol: Symbol, date: TradingDate, bar: Bar) {
        let days = self.bars.entry(symbol).or_default();
        days.entry(date).or_insert(bar);
    }

    /// Files that stayed out, by name.
    pub fn refused(&self) -> &[FileRefusal] {
        &self.refused
    }

    /// The bars of days before `date`, at most `count` of them, oldest first.
    pub fn before(&self, symbol: Symbol, date: TradingDate, count: usize) -> Vec<Bar> {
        let Some(days) = self.bars.get(&symbol) else {
            return Vec::new();
        };
        let newest_first = days.range(..date).rev().take(count);
        let mut bars: Vec<Bar> = newest_first.map(|(_, bar)| *bar).collect();
        bars.reverse();
        bars
    }
}
