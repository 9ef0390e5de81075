//! One symbol on one day, with the session before it: minutes from a file, and bars made of them.

use std::path::Path;

use catalyst_domain::calendar::{SessionSpan, TradingDate};
use catalyst_domain::market::{Bar, Ohlc, resample};
use catalyst_domain::pattern::{BarVolume, PatternBar};
use catalyst_domain::quantity::Shares;
use catalyst_domain::rulebook::Rulebook;
use chrono::TimeDelta;

/// The minutes of both sessions, oldest first; the last session is the day that is traded.
#[derive(Debug)]
pub(crate) struct StockDay {
    pub(crate) minutes: Vec<Bar>,
    pub(crate) date: TradingDate,
}

impl StockDay {
    /// Reads `symbol,timestamp,open,high,low,close,volume`.
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a bar file");
        let minutes: Vec<Bar> = text.lines().skip(1).map(minute).collect();
        let last = text.lines().last().and_then(|line| line.split(',').nth(1));
        let date = last
            .and_then(|time| time.get(..10))
            .unwrap()
            .parse()
            .unwrap();
        Self { minutes, date }
    }

    /// Minutes of the traded day.
    pub(crate) fn today(&self, rules: &Rulebook) -> &[Bar] {
        let first = self
            .minutes
            .partition_point(|bar| rules.calendar.date_of(bar.start()) < self.date);
        self.minutes.split_at(first).1
    }

    /// Bars of `span` minutes with their places, over both sessions.
    pub(crate) fn bars(&self, span: i64, rules: &Rulebook) -> Vec<(Bar, PatternBar)> {
        let date_of = |bar: &Bar| rules.calendar.date_of(bar.start());
        let mut bars = Vec::new();
        let mut stretch = 0;
        for day in self.minutes.chunk_by(|a, b| date_of(a) == date_of(b)) {
            let date = date_of(day.first().unwrap());
            let sessions = rules.calendar.continuous_sessions(date).unwrap();
            let times: Vec<_> = sessions.iter().map(|one| (one.start, one.end)).collect();
            let built = resample(day, TimeDelta::minutes(span), &times);
            let last = built.len().saturating_sub(1);
            for (index, bar) in built.into_iter().enumerate() {
                let volume = if index == 0 || index == last {
                    BarVolume::WithAuction
                } else {
                    BarVolume::Continuous
                };
                let place = stretch + number_of(&bar, &sessions);
                bars.push((bar, PatternBar::of(&bar, place, volume).unwrap()));
            }
            stretch += 2;
        }
        bars
    }
}

fn number_of(bar: &Bar, sessions: &[SessionSpan]) -> u32 {
    let begun = sessions.iter().filter(|one| one.start <= bar.start());
    u32::try_from(begun.count()).unwrap_or(0)
}

fn minute(line: &str) -> Bar {
    let cells: Vec<&str> = line.split(',').collect();
    let cell = |place: usize| *cells.get(place).expect("seven cells in a row");
    let prices = Ohlc {
        open: cell(2).parse().unwrap(),
        high: cell(3).parse().unwrap(),
        low: cell(4).parse().unwrap(),
        close: cell(5).parse().unwrap(),
    };
    let volume = Shares::new(cell(6).parse().unwrap()).unwrap();
    Bar::new(cell(1).parse().unwrap(), prices, volume).unwrap()
}
