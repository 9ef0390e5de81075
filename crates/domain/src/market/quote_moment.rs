//! Quote moment: when the prices of a quote were true, judged by the last trade.

use chrono::{DateTime, Utc};

use crate::calendar::{TradingCalendar, TradingDate};
use crate::dated::NotCovered;

/// A symbol without trades for more than this many minutes of trading is quoted under its old time.
const QUIET_MINUTES_MAX: u32 = 10;

/// The moment at which a quote of `date` is true: `now` while the symbol trades, else when it last did.
///
/// Minutes in which the exchange does not trade make nothing quiet. A trade of an earlier day keeps its
/// own time however early it is.
///
/// ```
/// use catalyst_domain::calendar::TradingCalendar;
/// use catalyst_domain::market::quote_moment;
/// let calendar = TradingCalendar::hkex()?;
/// let date = "2026-09-14".parse()?;
/// let [before_lunch, after, later] = ["2026-09-14T03:58:00Z", "2026-09-14T05:08:00Z", "2026-09-14T05:09:00Z"]
///     .map(|text| text.parse().expect("a moment"));
/// assert_eq!(quote_moment(&calendar, date, after, before_lunch)?, after);
/// assert_eq!(quote_moment(&calendar, date, later, before_lunch)?, before_lunch);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn quote_moment(
    calendar: &TradingCalendar,
    date: TradingDate,
    now: DateTime<Utc>,
    traded_until: DateTime<Utc>,
) -> Result<DateTime<Utc>, NotCovered> {
    if calendar.date_of(traded_until) < date {
        return Ok(traded_until);
    }
    let since_open = |moment| calendar.minutes_since_open(date, moment);
    let quiet = since_open(now)?.saturating_sub(since_open(traded_until)?);
    Ok(if quiet <= QUIET_MINUTES_MAX {
        now
    } else {
        traded_until
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment_of(now: &str, traded_until: &str) -> String {
        let calendar = TradingCalendar::hkex().unwrap();
        let date = "2026-09-14".parse().unwrap();
        let at = |clock: &str| format!("{clock}+08:00").parse().unwrap();
        let moment = quote_moment(&calendar, date, at(now), at(traded_until)).unwrap();
        calendar.local(moment).format("%dT%H:%M").to_string()
    }

    #[test]
    fn ten_quiet_minutes_are_fresh_and_eleven_are_not() {
        let fresh = moment_of("2026-09-14T10:10:59", "2026-09-14T10:00:00");
        let stale = moment_of("2026-09-14T10:11:00", "2026-09-14T10:00:00");

        assert_eq!((fresh.as_str(), stale.as_str()), ("14T10:10", "14T10:00"));
    }

    #[test]
    fn the_close_of_the_day_before_keeps_its_time_before_and_after_the_open() {
        for now in ["2026-09-14T08:00:00", "2026-09-14T09:31:00"] {
            assert_eq!(moment_of(now, "2026-09-11T16:10:00"), "11T16:10");
        }
    }
}
