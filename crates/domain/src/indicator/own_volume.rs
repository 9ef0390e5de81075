//! Relative volume by a symbol's own history: today so far against the same minutes of past sessions.
//! Nothing is projected, so no profile of other names is needed.

use chrono::{DateTime, TimeDelta, Utc};

use super::day_volume::{DayProgress, DayRelativeVolume};
use crate::market::Bar;
use crate::quantity::Shares;

/// What one past session had traded by a given minute.
///
/// Shown at [`own_relative_volume`](own_relative_volume()).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionVolume {
    /// Shares traded by that minute.
    pub shares: Shares,
    /// Minutes of continuous trading of the whole session: 330, on a half day 150.
    pub session_minutes: u16,
}

/// Today against the past, and what of the past could not be compared.
///
/// Shown at [`own_relative_volume`](own_relative_volume()).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnVolume {
    /// The ratio, or why there is none.
    pub reading: DayRelativeVolume,
    /// Sessions of another length than today's, which are left out: half days on a full one, full
    /// days on a half one.
    pub other_lengths: u16,
}

/// The shares of a day's bars that trade before its `minutes`-th minute of continuous trading ends.
///
/// `sessions` are the day's continuous sessions in order, as (start, end). The opening auction is in,
/// the closing auction never is.
///
/// ```
/// use catalyst_domain::indicator::volume_within;
/// use catalyst_domain::market::{Bar, Ohlc};
/// use catalyst_domain::quantity::Shares;
/// let price = "500".parse()?;
/// let prices = Ohlc { open: price, high: price, low: price, close: price };
/// let minute = |at: &str| -> Result<Bar, Box<dyn std::error::Error>> {
///     Ok(Bar::new(at.parse()?, prices, Shares::new(100)?)?)
/// };
/// let day = [minute("2026-11-23T01:20:00Z")?, minute("2026-11-23T01:30:00Z")?];
/// let morning = ("2026-11-23T01:30:00Z".parse()?, "2026-11-23T04:00:00Z".parse()?);
/// assert_eq!(volume_within(&day, &[morning], 1).count(), 200);
/// assert_eq!(volume_within(&day, &[morning], 0).count(), 100);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn volume_within(
    day: &[Bar],
    sessions: &[(DateTime<Utc>, DateTime<Utc>)],
    minutes: u16,
) -> Shares {
    let Some(end) = end_of_minute(sessions, minutes) else {
        return Shares::ZERO;
    };
    day.iter()
        .take_while(|bar| bar.start() < end)
        .fold(Shares::ZERO, |sum, bar| sum.plus(bar.volume()))
}

/// When that many minutes have traded; the end of the day when it has fewer.
fn end_of_minute(
    sessions: &[(DateTime<Utc>, DateTime<Utc>)],
    minutes: u16,
) -> Option<DateTime<Utc>> {
    let mut left = TimeDelta::minutes(i64::from(minutes));
    for (start, end) in sessions {
        if left <= *end - *start {
            return Some(*start + left);
        }
        left -= *end - *start;
    }
    sessions.last().map(|(_, end)| *end)
}

/// Measures a day by what it has traded so far against the same minutes of `past` sessions, the
/// latest last, today not among them.
///
/// Of the past the last 20 sessions of today's length with trade by this minute count. Both sides
/// must come from one source and hold the same minutes, as [`volume_within`] takes them.
///
/// ```
/// use catalyst_domain::indicator::{
///     DayProgress, DayRelativeVolume, SessionVolume, own_relative_volume,
/// };
/// use catalyst_domain::quantity::Shares;
/// let at_ten = DayProgress::new(30, 330)?;
/// let full = SessionVolume { shares: Shares::new(1_000)?, session_minutes: 330 };
/// let half = SessionVolume { session_minutes: 150, ..full };
/// let past = [vec![full; 12], vec![half]].concat();
/// let own = own_relative_volume(Shares::new(2_500)?, at_ten, &past);
/// assert_eq!(own.reading, DayRelativeVolume::Known { ratio: 2.5, sessions: 12 });
/// assert_eq!(own.other_lengths, 1);
/// let short = own_relative_volume(Shares::new(2_500)?, at_ten, &past[..9]);
/// assert_eq!(short.reading, DayRelativeVolume::ShortHistory { sessions: 9 });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn own_relative_volume(
    so_far: Shares,
    progress: DayProgress,
    past: &[SessionVolume],
) -> OwnVolume {
    let comparable = |session: &&SessionVolume| session.session_minutes == progress.session();
    let other_lengths = past.iter().filter(|session| !comparable(session)).count();
    let shares: Vec<Shares> = past
        .iter()
        .filter(comparable)
        .map(|session| session.shares)
        .collect();
    OwnVolume {
        reading: DayRelativeVolume::against(so_far, progress, &shares),
        other_lengths: u16::try_from(other_lengths).unwrap_or(u16::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::Ohlc;
    use crate::price::Price;

    fn at(clock: &str) -> DateTime<Utc> {
        format!("2026-11-23T{clock}:00+08:00").parse().unwrap()
    }

    fn shares(count: u64) -> Shares {
        Shares::new(count).unwrap()
    }

    fn minute(clock: &str) -> Bar {
        let price: Price = "10".parse().unwrap();
        let prices = Ohlc {
            open: price,
            high: price,
            low: price,
            close: price,
        };
        Bar::new(at(clock), prices, shares(100)).unwrap()
    }

    fn full(count: u64) -> SessionVolume {
        SessionVolume {
            shares: shares(count),
            session_minutes: 330,
        }
    }

    #[test]
    fn minutes_run_on_over_lunch_and_end_before_the_closing_auction() {
        let sessions = [(at("09:30"), at("12:00")), (at("13:00"), at("16:00"))];
        let day = ["09:20", "09:30", "11:59", "13:00", "15:59", "16:08"].map(minute);
        let count = |minutes| volume_within(&day, &sessions, minutes).count();

        assert_eq!([0, 1, 149, 150, 151].map(count), [100, 200, 200, 300, 400]);
        assert_eq!([330, 999].map(count), [500, 500]);
        assert_eq!(volume_within(&day, &[], 30), Shares::ZERO);
    }

    #[test]
    fn sessions_that_had_not_traded_by_now_leave_the_mean() {
        let mut past = vec![full(1_000); 10];
        past.push(full(0));
        let at_ten = DayProgress::new(30, 330).unwrap();

        let own = own_relative_volume(shares(1_500), at_ten, &past);

        let expected = DayRelativeVolume::Known {
            ratio: 1.5,
            sessions: 10,
        };
        assert_eq!(own.reading, expected);
    }

    #[test]
    fn a_half_day_finds_nothing_to_compare_with_among_full_ones() {
        let half_day = DayProgress::new(30, 150).unwrap();

        let own = own_relative_volume(shares(1_500), half_day, &[full(1_000); 20]);

        assert_eq!(own.reading, DayRelativeVolume::ShortHistory { sessions: 0 });
        assert_eq!(own.other_lengths, 20);
    }

    #[test]
    fn the_first_minutes_tell_nothing_and_twenty_sessions_are_enough() {
        let early = DayProgress::new(4, 330).unwrap();
        let at_ten = DayProgress::new(30, 330).unwrap();
        let past = [vec![full(9_000); 30], vec![full(1_000); 20]].concat();

        assert_eq!(
            own_relative_volume(shares(1_000), early, &past).reading,
            DayRelativeVolume::TooEarly
        );
        let expected = DayRelativeVolume::Known {
            ratio: 1.0,
            sessions: 20,
        };
        let own = own_relative_volume(shares(1_000), at_ten, &past);
        assert_eq!(own.reading, expected);
    }
}
