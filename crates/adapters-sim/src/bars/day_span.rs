//! Which moments belong to a trading day, asked of the calendar once per day of a file.

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use chrono::{DateTime, NaiveTime, Utc};

use super::refusal::Defect;

/// Earliest local time of a row: the opening auction begins.
const FIRST: NaiveTime = match NaiveTime::from_hms_opt(9, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Latest local time of a row: the closing auction has ended.
const LAST: NaiveTime = match NaiveTime::from_hms_opt(16, 10, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// The day a moment belongs to, from its first moment to its last.
#[derive(Debug, Clone, Copy)]
pub(super) struct DaySpan {
    pub(super) date: TradingDate,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl DaySpan {
    /// The trading day of `at`, or why there is none.
    pub(super) fn of(at: DateTime<Utc>, calendar: &TradingCalendar) -> Result<Self, Defect> {
        let date = calendar.date_of(at);
        let day = calendar.day(date);
        let trades = day.is_ok_and(|day| day.trades());
        let span = Self {
            date,
            start: calendar.at(date, FIRST),
            end: calendar.at(date, LAST),
        };
        if trades && span.contains(at) {
            return Ok(span);
        }
        Err(Defect::OutsideDay {
            found: calendar.local(at),
            close: LAST,
        })
    }

    pub(super) fn contains(&self, at: DateTime<Utc>) -> bool {
        self.start <= at && at <= self.end
    }
}
