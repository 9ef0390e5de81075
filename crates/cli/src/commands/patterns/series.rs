//! One series scanned from its first bar to its last, and what of that is to be shown.

use std::str::FromStr;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::dated::NotCovered;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::pattern::{BarVolume, Pattern, PatternBar, PatternScan, TickSize};
use catalyst_domain::price::Price;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::tick::TickGrid;
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use thiserror::Error;

use crate::bar_file::{BarFile, BarRow};

/// Whether breaks in trading are told from the timestamps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sessions {
    /// Timestamps are any text, and trading never pauses.
    None,
    /// Lunch, night and auctions as on the Hong Kong exchange.
    Hkex,
}

impl FromStr for Sessions {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "none" => Ok(Self::None),
            "hkex" => Ok(Self::Hkex),
            _ => Err("allowed are none, hkex".to_owned()),
        }
    }
}

/// Why a series cannot be scanned.
#[derive(Debug, Error)]
pub(super) enum SeriesError {
    /// Price steps, or sessions, of a date that no table holds.
    #[error(transparent)]
    NotCovered(#[from] NotCovered),
    /// A time that cannot be placed in a session.
    #[error(
        "bar {index} of {name}: timestamp {found:?}; with --sessions hkex allowed are times such \
             as 2020-11-02T09:30:00+08:00"
    )]
    Timestamp {
        /// The series.
        name: String,
        /// Counted from 0.
        index: usize,
        /// As it stands there.
        found: String,
        /// Why it is none.
        source: chrono::ParseError,
    },
}

/// A series with everything that was said about it.
#[derive(Debug)]
pub(super) struct Scanned {
    pub(super) name: String,
    pub(super) bars: Vec<PatternBar>,
    pub(super) times: Vec<String>,
    /// Each as it was seen at its bar, in the order of bars.
    pub(super) seen: Vec<Seen>,
}

/// One sighting, with its confidence as it was measured.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) confidence: f64,
    pub(super) pattern: Pattern,
}

impl Scanned {
    /// Sightings from a confidence on: all, or those at the last bar.
    pub(super) fn seen(&self, every_bar: bool, confidence: f64) -> Vec<&Seen> {
        let last = self.bars.len().saturating_sub(1);
        self.seen
            .iter()
            .filter(|seen| seen.confidence >= confidence)
            .filter(|seen| every_bar || seen.pattern.known_at == last)
            .collect()
    }
}

/// Scans the file bar by bar, on the price steps of `date`.
pub(super) fn scanned(
    name: &str,
    file: &BarFile,
    (rules, date): (&Rulebook, TradingDate),
    sessions: Sessions,
) -> Result<Scanned, SeriesError> {
    let grid = rules.ticks.on(date, InstrumentKind::Equity)?;
    let places = match sessions {
        Sessions::None => vec![(1, BarVolume::Continuous); file.rows.len()],
        Sessions::Hkex => placed(name, file, rules)?,
    };
    let mut scan = PatternScan::new();
    let mut bars = Vec::with_capacity(file.rows.len());
    let mut seen = Vec::new();
    for (row, (session, volume)) in file.rows.iter().zip(places) {
        let bar = PatternBar {
            ohlcv: row.bar,
            session,
            volume,
        };
        let found = scan.next(&bar, step(grid, row)).into_iter();
        seen.extend(found.filter_map(|one| {
            Some(Seen {
                confidence: one.confidence,
                pattern: one.on_grid(grid)?,
            })
        }));
        bars.push(bar);
    }
    Ok(Scanned {
        name: name.to_owned(),
        bars,
        times: file.rows.iter().map(|row| row.timestamp.clone()).collect(),
        seen,
    })
}

/// The price step at the bar's close.
fn step(grid: TickGrid<'_>, row: &BarRow) -> TickSize {
    let price = Decimal::try_from(row.bar.close())
        .ok()
        .and_then(|close| Price::new(close).ok());
    let step = price.and_then(|price| TickSize::at(grid, price));
    step.unwrap_or(TickSize::FINEST)
}

/// The stretch of trading that each bar belongs to, and whether an auction's volume is in it.
fn placed(
    name: &str,
    file: &BarFile,
    rules: &Rulebook,
) -> Result<Vec<(u32, BarVolume)>, SeriesError> {
    let span = span_of(file);
    let mut places = Vec::with_capacity(file.rows.len());
    let mut stretch = 0;
    let mut before = None;
    for (index, row) in file.rows.iter().enumerate() {
        let at: DateTime<Utc> = row
            .timestamp
            .parse()
            .map_err(|source| SeriesError::Timestamp {
                source,
                name: name.to_owned(),
                index,
                found: row.timestamp.clone(),
            })?;
        let date = rules.calendar.date_of(at);
        let spans = rules.calendar.continuous_sessions(date)?;
        let number = spans.iter().filter(|span| span.start <= at).count().max(1);
        let here = (date, number);
        if before.is_some_and(|before| before != here) {
            stretch += 1;
        }
        before = Some(here);
        let last_of_day = spans.last().is_some_and(|last| at + span >= last.end);
        let opens = spans.first().is_some_and(|first| at <= first.start);
        let volume = if opens || last_of_day {
            BarVolume::WithAuction
        } else {
            BarVolume::Continuous
        };
        places.push((stretch, volume));
    }
    Ok(places)
}

/// The span of a bar: from the first row to the second, which later rows do not change.
fn span_of(file: &BarFile) -> TimeDelta {
    let mut times = file.rows.iter().map(|row| row.timestamp.parse());
    match (times.next(), times.next()) {
        (Some(Ok(first)), Some(Ok(second))) => {
            let (first, second): (DateTime<Utc>, DateTime<Utc>) = (first, second);
            second - first
        }
        _ => TimeDelta::zero(),
    }
}
