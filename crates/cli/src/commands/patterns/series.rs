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
    /// A time that does not come after the one before it.
    #[error(
        "bar {index} of {name}: timestamp {found:?} does not come after the one before it; bars \
             are allowed oldest first, each once"
    )]
    Unordered {
        /// The series.
        name: String,
        /// Counted from 0.
        index: usize,
        /// As it stands there.
        found: String,
    },
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
pub(super) struct Scanned<'a> {
    pub(super) name: String,
    pub(super) bars: Vec<PatternBar>,
    pub(super) times: Vec<String>,
    /// Where trading paused, each by the bar after it.
    pub(super) breaks: Vec<(usize, Break)>,
    /// The price steps that levels lie on.
    pub(super) grid: TickGrid<'a>,
    /// Each as it was seen at its bar, in the order of bars.
    pub(super) seen: Vec<Seen>,
}

/// A pause between two bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// Within a day.
    Lunch,
    /// Between days.
    Night,
}

/// One sighting, with its confidence as it was measured.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) confidence: f64,
    pub(super) pattern: Pattern,
}

impl Scanned<'_> {
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
pub(super) fn scanned<'a>(
    name: &str,
    file: &BarFile,
    (rules, date): (&'a Rulebook, TradingDate),
    sessions: Sessions,
) -> Result<Scanned<'a>, SeriesError> {
    let grid = rules.ticks.on(date, InstrumentKind::Equity)?;
    let places = match sessions {
        Sessions::None => vec![Place::OPAQUE; file.rows.len()],
        Sessions::Hkex => placed(name, file, rules)?,
    };
    let breaks = breaks(&places);
    let mut scan = PatternScan::new();
    let mut bars = Vec::with_capacity(file.rows.len());
    let mut seen = Vec::new();
    for (row, place) in file.rows.iter().zip(places) {
        if place.opens_day {
            scan.expire_armed();
        }
        let bar = PatternBar {
            ohlcv: row.bar,
            session: place.stretch,
            volume: place.volume,
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
        breaks,
        grid,
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

/// Where a bar stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    /// The stretch of trading, counted over all sessions of all days.
    stretch: u32,
    /// Whether an auction's volume is in it.
    volume: BarVolume,
    /// Whether a night lies before it.
    opens_day: bool,
}

impl Place {
    /// One stretch without an end.
    const OPAQUE: Self = Self {
        stretch: 1,
        volume: BarVolume::Continuous,
        opens_day: false,
    };
}

/// Where neighbours belong to different stretches of trading.
fn breaks(places: &[Place]) -> Vec<(usize, Break)> {
    let pairs = (1..).zip(places.iter().zip(places.iter().skip(1)));
    pairs
        .filter(|(_, (before, place))| before.stretch != place.stretch)
        .map(|(index, (_, place))| {
            let kind = if place.opens_day {
                Break::Night
            } else {
                Break::Lunch
            };
            (index, kind)
        })
        .collect()
}

/// The place of each bar. None of them depends on a later row.
fn placed(name: &str, file: &BarFile, rules: &Rulebook) -> Result<Vec<Place>, SeriesError> {
    let mut places = Vec::with_capacity(file.rows.len());
    let mut stretch = 0;
    let mut before: Option<(DateTime<Utc>, (TradingDate, usize))> = None;
    let mut span: Option<TimeDelta> = None;
    for (index, row) in file.rows.iter().enumerate() {
        let at = time_of(name, index, row)?;
        let date = rules.calendar.date_of(at);
        let sessions = rules.calendar.continuous_sessions(date)?;
        let number = sessions.iter().filter(|one| one.start <= at).count().max(1);
        let here = (date, number);
        let mut opens_day = false;
        if let Some((earlier, there)) = before {
            if at <= earlier {
                return Err(SeriesError::Unordered {
                    name: name.to_owned(),
                    index,
                    found: row.timestamp.clone(),
                });
            }
            opens_day = there.0 != date;
            stretch += u32::from(there != here);
            if there == here {
                let step = at - earlier;
                span = Some(span.map_or(step, |span| span.min(step)));
            }
        }
        before = Some((at, here));
        let opens = sessions.first().is_some_and(|first| at <= first.start);
        let closes = sessions
            .last()
            .is_some_and(|last| at + span.unwrap_or(TimeDelta::zero()) >= last.end);
        places.push(Place {
            stretch,
            volume: if opens || closes {
                BarVolume::WithAuction
            } else {
                BarVolume::Continuous
            },
            opens_day,
        });
    }
    Ok(places)
}

fn time_of(name: &str, index: usize, row: &BarRow) -> Result<DateTime<Utc>, SeriesError> {
    row.timestamp
        .parse()
        .map_err(|source| SeriesError::Timestamp {
            source,
            name: name.to_owned(),
            index,
            found: row.timestamp.clone(),
        })
}
