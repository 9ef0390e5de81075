//! Between UTC and the exchange's local time, with the zone asked at most once per day and remembered.

use std::sync::OnceLock;

use chrono::{
    DateTime, Datelike as _, NaiveDate, NaiveDateTime, Offset as _, TimeDelta, TimeZone as _, Utc,
};
use chrono_tz::Tz;

use super::date::TradingDate;
use super::wall_clock::WallClock;

const DAY_SECONDS: i64 = 86_400;
/// Days of the common era up to 1970-01-01.
const EPOCH_DAYS_FROM_CE: i64 = 719_163;

/// Offsets of a zone by UTC day. A calendar covers many years and a run asks about few of its days,
/// so a day's offset is found when it is first asked for.
#[derive(Debug, Clone)]
pub(super) struct ZoneOffsets {
    zone: Tz,
    first_day: i64,
    /// A day in which the offset changes holds `None`.
    by_day: Vec<OnceLock<Option<i32>>>,
}

impl ZoneOffsets {
    /// Remembers the days from two before `from` to two after `to`; others are asked of the zone.
    pub(super) fn new(zone: Tz, from: TradingDate, to: TradingDate) -> Self {
        let first_day = unix_day(from) - 2;
        let count = usize::try_from(unix_day(to) + 2 - first_day).map_or(0, |days| days + 1);
        let by_day = std::iter::repeat_with(OnceLock::new).take(count).collect();
        Self {
            zone,
            first_day,
            by_day,
        }
    }

    /// Local date and time of a moment. Beyond the years chrono can write, the moment stays in UTC.
    pub(super) fn local(&self, now: DateTime<Utc>) -> NaiveDateTime {
        shifted(now.naive_utc(), self.offset_at(now.timestamp()))
    }

    /// The local date of a moment: that of [`Self::local`], without the cost of a time.
    pub(super) fn date(&self, now: DateTime<Utc>) -> TradingDate {
        let (unix_day, _) = self.local_second(now);
        let days = i32::try_from(unix_day + EPOCH_DAYS_FROM_CE);
        let date = days.map_or(None, NaiveDate::from_num_days_from_ce_opt);
        TradingDate::new(date.unwrap_or_else(|| now.date_naive()))
    }

    /// A moment with the letters of the zone.
    pub(super) fn wall_clock(&self, now: DateTime<Utc>) -> WallClock {
        WallClock(now.with_timezone(&self.zone))
    }

    /// The local day of a moment, counted from 1970-01-01, and the second since its midnight. Says
    /// what [`Self::local`] says, without the cost of a date.
    pub(super) fn local_second(&self, now: DateTime<Utc>) -> (i64, u32) {
        let seconds = now.timestamp();
        let local = seconds + self.offset_at(seconds);
        let second = u32::try_from(local.rem_euclid(DAY_SECONDS));
        (local.div_euclid(DAY_SECONDS), second.unwrap_or(0))
    }

    fn offset_at(&self, seconds: i64) -> i64 {
        self.steady(seconds.div_euclid(DAY_SECONDS))
            .or_else(|| zone_offset(self.zone, seconds).map(i64::from))
            .unwrap_or(0)
    }

    /// The moment of a local time: the earlier one when clocks go back over it, and when they jump
    /// over it the moment it would have been without the jump.
    pub(super) fn moment(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let seconds = local.and_utc().timestamp();
        let day = seconds.div_euclid(DAY_SECONDS);
        let steady = self.steady(day).filter(|offset| {
            [day - 1, day + 1].map(|near| self.steady(near)) == [Some(*offset); 2]
        });
        let offset = steady.or_else(|| {
            self.zone
                .offset_from_local_datetime(&local)
                .earliest()
                .map(|offset| offset.fix().local_minus_utc())
                .or_else(|| zone_offset(self.zone, seconds - DAY_SECONDS))
                .map(i64::from)
        });
        shifted(local, -offset.unwrap_or(0)).and_utc()
    }

    /// The offset that holds from the start of a UTC day to its end; `None` on a day in which it
    /// changes, and on a day that is not remembered.
    fn steady(&self, day: i64) -> Option<i64> {
        let index = usize::try_from(day - self.first_day).ok()?;
        let found = self.by_day.get(index)?.get_or_init(|| {
            let [start, end] = [day, day + 1].map(|day| zone_offset(self.zone, day * DAY_SECONDS));
            start.filter(|_| start == end)
        });
        found.map(i64::from)
    }
}

/// Days since 1970-01-01.
pub(super) fn unix_day(date: TradingDate) -> i64 {
    i64::from(date.as_naive().num_days_from_ce()) - EPOCH_DAYS_FROM_CE
}

fn zone_offset(zone: Tz, seconds: i64) -> Option<i32> {
    let moment = DateTime::from_timestamp(seconds, 0)?.naive_utc();
    Some(
        zone.offset_from_utc_datetime(&moment)
            .fix()
            .local_minus_utc(),
    )
}

fn shifted(time: NaiveDateTime, seconds: i64) -> NaiveDateTime {
    time.checked_add_signed(TimeDelta::seconds(seconds))
        .unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_york() -> ZoneOffsets {
        let zone = "America/New_York".parse().unwrap();
        let [from, to] = ["2026-01-01", "2026-12-31"].map(|date| date.parse().unwrap());
        ZoneOffsets::new(zone, from, to)
    }

    fn local(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn a_zone_with_daylight_saving_is_followed_through_its_changes() {
        let zone = new_york();

        for (there, utc) in [
            ("2026-03-06T09:30:00", "2026-03-06T14:30:00Z"),
            ("2026-03-08T01:59:59", "2026-03-08T06:59:59Z"),
            ("2026-03-08T03:00:00", "2026-03-08T07:00:00Z"),
            ("2026-03-09T09:30:00", "2026-03-09T13:30:00Z"),
            ("2026-11-01T00:30:00", "2026-11-01T04:30:00Z"),
            ("2026-11-02T09:30:00", "2026-11-02T14:30:00Z"),
            ("1999-07-01T12:00:00", "1999-07-01T16:00:00Z"),
        ] {
            let utc: DateTime<Utc> = utc.parse().unwrap();
            assert_eq!(zone.moment(local(there)), utc, "{there}");
            assert_eq!(zone.local(utc), local(there), "{utc}");
            assert_eq!(zone.date(utc).as_naive(), local(there).date(), "{utc}");
        }
    }

    #[test]
    fn local_times_that_exist_twice_or_never_have_one_answer() {
        let zone = new_york();

        let twice: DateTime<Utc> = "2026-11-01T05:30:00Z".parse().unwrap();
        assert_eq!(zone.moment(local("2026-11-01T01:30:00")), twice);
        let never: DateTime<Utc> = "2026-03-08T07:30:00Z".parse().unwrap();
        assert_eq!(zone.moment(local("2026-03-08T02:30:00")), never);
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        let zone = new_york();

        assert_eq!(
            zone.local(DateTime::<Utc>::MIN_UTC),
            DateTime::<Utc>::MIN_UTC.naive_utc()
        );
        assert_eq!(zone.moment(NaiveDateTime::MAX), DateTime::<Utc>::MAX_UTC);
        for end in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert_eq!(zone.date(end).as_naive(), zone.local(end).date());
        }
        let first = zone.wall_clock(DateTime::<Utc>::MIN_UTC).to_string();
        assert!(first.starts_with("-26"), "{first}");
    }
}
