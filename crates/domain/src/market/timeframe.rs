//! Timeframe: the span of a bar, and larger bars built from minutes.
//!
//! Larger bars start at a session's open and never span lunch or night: the auction print before the
//! open joins the first bar, whatever is stamped at or after a session's end joins the last.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use thiserror::Error;

use super::Bar;

const MICROSECONDS: i64 = 1_000_000;

/// The spans a tool may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Timeframe {
    /// Five minutes.
    FiveMinutes,
    /// Fifteen minutes.
    FifteenMinutes,
    /// One hour.
    Hour,
    /// One trading day.
    Day,
}

/// A word that is no timeframe.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("timeframe `{found}` is unknown, allowed are 5m, 15m, 1h, 1d")]
pub struct UnknownTimeframe {
    /// The word as given.
    pub found: String,
}

impl Timeframe {
    /// The short word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FiveMinutes => "5m",
            Self::FifteenMinutes => "15m",
            Self::Hour => "1h",
            Self::Day => "1d",
        }
    }

    /// The length of a bar inside one session; `None` for whole days.
    pub const fn span(self) -> Option<TimeDelta> {
        match self {
            Self::FiveMinutes => Some(TimeDelta::minutes(5)),
            Self::FifteenMinutes => Some(TimeDelta::minutes(15)),
            Self::Hour => Some(TimeDelta::hours(1)),
            Self::Day => None,
        }
    }
}

impl FromStr for Timeframe {
    type Err = UnknownTimeframe;

    /// ```
    /// use catalyst_domain::market::Timeframe;
    /// assert_eq!("15m".parse::<Timeframe>()?.span().map(|span| span.num_minutes()), Some(15));
    /// assert_eq!("1d".parse::<Timeframe>()?.span(), None);
    /// assert_eq!(
    ///     "15M".parse::<Timeframe>().unwrap_err().to_string(),
    ///     "timeframe `15M` is unknown, allowed are 5m, 15m, 1h, 1d"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, UnknownTimeframe> {
        match text {
            "5m" => Ok(Self::FiveMinutes),
            "15m" => Ok(Self::FifteenMinutes),
            "1h" => Ok(Self::Hour),
            "1d" => Ok(Self::Day),
            other => Err(UnknownTimeframe {
                found: other.to_owned(),
            }),
        }
    }
}

impl fmt::Display for Timeframe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Builds bars of `span` from the minute bars of one day.
///
/// `sessions` are the day's continuous sessions in order, as (start, end). Bars are stamped with the
/// start of their slot. The result ends with a bar that may still be running; a caller that knows
/// the time drops it.
///
/// The auction print before the open joins the first bar.
///
/// ```
/// use catalyst_domain::market::{Bar, Ohlc, resample};
/// use catalyst_domain::quantity::Shares;
/// use chrono::TimeDelta;
/// let price = "500".parse()?;
/// let prices = Ohlc { open: price, high: price, low: price, close: price };
/// let minute = |at: &str| -> Result<Bar, Box<dyn std::error::Error>> {
///     Ok(Bar::new(at.parse()?, prices, Shares::new(100)?)?)
/// };
/// let minutes = [minute("2026-11-23T01:29:00Z")?, minute("2026-11-23T01:34:00Z")?];
/// let morning = ("2026-11-23T01:30:00Z".parse()?, "2026-11-23T04:00:00Z".parse()?);
/// let bars = resample(&minutes, TimeDelta::minutes(5), &[morning]);
/// assert_eq!(bars.len(), 1);
/// assert_eq!((bars[0].start(), bars[0].volume().count()), (morning.0, 200));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn resample(
    minutes: &[Bar],
    span: TimeDelta,
    sessions: &[(DateTime<Utc>, DateTime<Utc>)],
) -> Vec<Bar> {
    let mut built: Vec<(Slot, Bar)> = Vec::new();
    for minute in minutes {
        let Some(slot) = Slot::of(minute.start(), span, sessions) else {
            continue;
        };
        match built.last_mut() {
            Some((last_slot, bar)) if *last_slot == slot => *bar = bar.joined_with(minute),
            Some(_) | None => built.push((slot, *minute)),
        }
    }
    built
        .into_iter()
        .map(|(slot, bar)| bar.restamped(slot.start()))
        .collect()
}

/// The place of a larger bar: so many seconds after the start of a session.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Slot {
    session: DateTime<Utc>,
    seconds: i64,
}

impl Slot {
    fn of(
        at: DateTime<Utc>,
        span: TimeDelta,
        sessions: &[(DateTime<Utc>, DateTime<Utc>)],
    ) -> Option<Self> {
        let (session, end) = sessions
            .iter()
            .rev()
            .find(|(start, _)| *start <= at)
            .or_else(|| sessions.first())?;
        // As integers, because minutes come by the thousand; nothing is stamped finer than this.
        let start = session.timestamp_micros();
        let last = end.timestamp_micros() - 1;
        let inside = at.timestamp_micros().clamp(start, last) - start;
        let whole = (inside / MICROSECONDS).checked_div(span.num_seconds())?;
        Some(Self {
            session: *session,
            seconds: whole * span.num_seconds(),
        })
    }

    fn start(self) -> DateTime<Utc> {
        self.session + TimeDelta::seconds(self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::Ohlc;
    use crate::price::Price;
    use crate::quantity::Shares;

    fn at(clock: &str) -> DateTime<Utc> {
        format!("2020-11-02T{clock}:00+08:00").parse().unwrap()
    }

    fn flat(clock: &str, price: &str) -> Bar {
        let price: Price = price.parse().unwrap();
        let prices = Ohlc {
            open: price,
            high: price,
            low: price,
            close: price,
        };
        Bar::new(at(clock), prices, Shares::new(100).unwrap()).unwrap()
    }

    #[test]
    fn auctions_join_their_neighbours_and_no_bar_spans_lunch() {
        let sessions = [(at("09:30"), at("12:00")), (at("13:00"), at("16:00"))];
        let minutes = [
            "09:29", "09:30", "09:45", "11:59", "13:00", "15:59", "16:08",
        ]
        .map(|clock| flat(clock, "10"));

        let bars = resample(&minutes, TimeDelta::hours(1), &sessions);

        let starts: Vec<_> = bars.iter().map(Bar::start).collect();
        assert_eq!(starts, [at("09:30"), at("11:30"), at("13:00"), at("15:00")]);
        let volumes: Vec<_> = bars.iter().map(|bar| bar.volume().count()).collect();
        assert_eq!(volumes, [300, 100, 100, 200]);
    }

    #[test]
    fn a_joined_bar_keeps_first_open_last_close_and_both_extremes() {
        let sessions = [(at("09:30"), at("12:00"))];
        let minutes = [
            flat("09:30", "10"),
            flat("09:31", "12"),
            flat("09:32", "9"),
            flat("09:33", "11"),
        ];

        let bars = resample(&minutes, TimeDelta::minutes(5), &sessions);

        let [bar] = bars.as_slice() else {
            panic!("one bar, found {}", bars.len())
        };
        let prices = [bar.open(), bar.high(), bar.low(), bar.close()].map(|p| p.to_string());
        assert_eq!(prices, ["10", "12", "9", "11"]);
    }

    fn starts(bars: &[Bar]) -> Vec<DateTime<Utc>> {
        bars.iter().map(Bar::start).collect()
    }

    #[test]
    fn a_half_day_ends_at_noon_and_its_closing_auction_joins_the_last_bar() {
        let sessions = [(at("09:30"), at("12:00"))];
        let minutes = ["09:20", "09:44", "11:59", "12:00", "12:08"].map(|clock| flat(clock, "10"));

        let quarters = resample(&minutes, TimeDelta::minutes(15), &sessions);
        let hours = resample(&minutes, TimeDelta::hours(1), &sessions);

        assert_eq!(starts(&quarters), [at("09:30"), at("11:45")]);
        assert_eq!(starts(&hours), [at("09:30"), at("11:30")]);
        let volumes: Vec<_> = quarters.iter().map(|bar| bar.volume().count()).collect();
        assert_eq!(volumes, [200, 300]);
    }

    #[test]
    fn hours_are_counted_from_each_sessions_open_and_stop_at_its_end() {
        let sessions = [(at("09:30"), at("12:00")), (at("13:00"), at("16:00"))];
        let every_minute: Vec<Bar> = (0..150_i64)
            .map(|step| at("09:30") + TimeDelta::minutes(step))
            .chain((0..180_i64).map(|step| at("13:00") + TimeDelta::minutes(step)))
            .map(|start| flat("09:30", "10").restamped(start))
            .collect();

        let bars = resample(&every_minute, TimeDelta::hours(1), &sessions);

        let clocks = ["09:30", "10:30", "11:30", "13:00", "14:00", "15:00"].map(at);
        assert_eq!(starts(&bars), clocks);
        let volumes: Vec<_> = bars.iter().map(|bar| bar.volume().count()).collect();
        assert_eq!(volumes, [6_000, 6_000, 3_000, 6_000, 6_000, 6_000]);
    }

    #[test]
    fn a_print_stamped_in_the_lunch_break_joins_the_last_bar_of_the_morning() {
        let sessions = [(at("09:30"), at("12:00")), (at("13:00"), at("16:00"))];
        let minutes = ["11:59", "12:00", "12:30", "13:00"].map(|clock| flat(clock, "10"));

        let bars = resample(&minutes, TimeDelta::minutes(15), &sessions);

        assert_eq!(starts(&bars), [at("11:45"), at("13:00")]);
        assert_eq!(resample(&minutes, TimeDelta::minutes(15), &[]), []);
    }
}
