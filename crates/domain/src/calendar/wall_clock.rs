//! A moment as it is told to people: date, hour and minute on the exchange's wall, and the zone's letters.

use std::fmt;

use chrono::DateTime;
use chrono_tz::Tz;

/// A moment on the wall clock of an exchange. What is told of it is whole minutes, cut and not rounded.
///
/// ```
/// use catalyst_domain::calendar::TradingCalendar;
/// let afternoon = "2026-09-18T05:00:59.5Z".parse()?;
/// assert_eq!(TradingCalendar::hkex()?.wall_clock(afternoon).to_string(), "2026-09-18 13:00 HKT");
/// assert_eq!(TradingCalendar::nyse()?.wall_clock(afternoon).to_string(), "2026-09-18 01:00 EDT");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WallClock(pub(super) DateTime<Tz>);

impl fmt::Display for WallClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d %H:%M %Z"))
    }
}
