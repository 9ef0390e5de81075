//! The jobs of a timer: the commands that it starts, and the minutes that are theirs by the schedule
//! of the settings and the calendar of the exchange.

use catalyst_app::{Schedule, Wake};
use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::dated::NotCovered;
use catalyst_domain::order::RunKind;
use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

/// From a slot to the look whether its cycle has run; longer than a cycle may take.
const WATCH_AFTER: TimeDelta = TimeDelta::minutes(10);

/// From the day's last settling to its report.
const REPORT_AFTER: TimeDelta = TimeDelta::minutes(2);

/// One command that a timer starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Job {
    /// The trading cycle.
    Cycle,
    /// The protective sweep.
    Guard,
    /// The dead-man check.
    Watch,
    /// The day's report.
    Report,
}

impl Job {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Cycle, Self::Guard, Self::Watch, Self::Report];

    /// The subcommand.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Cycle => "cycle",
            Self::Guard => "guard",
            Self::Watch => "watch",
            Self::Report => "report",
        }
    }

    /// The flags that a timer gives it beyond those of every command.
    pub(crate) const fn flags(self) -> &'static [&'static str] {
        match self {
            Self::Report => &["--mail"],
            Self::Cycle | Self::Guard | Self::Watch => &[],
        }
    }

    /// Its minutes on a date, rising; none on a day without trading.
    ///
    /// A guard stands back where a cycle begins in the same minute, because the two share a lock and
    /// the cycle protects as well.
    pub(crate) fn times(
        self,
        schedule: &Schedule,
        calendar: &TradingCalendar,
        date: TradingDate,
    ) -> Result<Vec<DateTime<Utc>>, NotCovered> {
        let wakes = schedule.day(calendar, date)?;
        let of = |kind| move |wake: &&Wake| wake.kind == kind;
        let cycles: Vec<_> = wakes.iter().filter(of(RunKind::Cycle)).map(at).collect();
        let last = wakes.last().map(at);
        Ok(match self {
            Self::Cycle => cycles,
            Self::Guard => wakes
                .iter()
                .filter(of(RunKind::Guard))
                .map(at)
                .filter(|time| !cycles.contains(time))
                .collect(),
            Self::Watch => cycles
                .into_iter()
                .chain(last)
                .map(|time| time + WATCH_AFTER)
                .collect(),
            Self::Report => last.map(|time| time + REPORT_AFTER).into_iter().collect(),
        })
    }

    /// Whether the minute of `now` is one of its own.
    pub(crate) fn is_due(
        self,
        schedule: &Schedule,
        calendar: &TradingCalendar,
        now: DateTime<Utc>,
    ) -> Result<bool, NotCovered> {
        let minute = now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now);
        let times = self.times(schedule, calendar, calendar.date_of(now))?;
        Ok(times.contains(&minute))
    }
}

const fn at(wake: &Wake) -> DateTime<Utc> {
    wake.at
}

#[cfg(test)]
mod tests {
    use catalyst_app::Schedule;
    use catalyst_domain::calendar::TradingCalendar;
    use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

    use super::Job;

    fn schedule() -> Schedule {
        let slot = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
        Schedule {
            slots: ["09:30", "11:30", "13:00", "15:30"].map(slot).to_vec(),
            exit_before_lunch: TimeDelta::minutes(10),
            exit_before_close: TimeDelta::minutes(10),
        }
    }

    fn times(job: Job, date: &str) -> Vec<String> {
        let calendar = TradingCalendar::hkex().unwrap();
        let times = job.times(&schedule(), &calendar, date.parse().unwrap());
        let local = |at| calendar.local(at).format("%H:%M").to_string();
        times.unwrap().into_iter().map(local).collect()
    }

    #[test]
    fn each_job_has_its_minutes_of_a_full_day() {
        assert_eq!(
            times(Job::Cycle, "2026-11-23"),
            ["09:30", "11:30", "13:00", "15:30"]
        );
        assert_eq!(
            times(Job::Watch, "2026-11-23"),
            ["09:40", "11:40", "13:10", "15:40", "16:25"]
        );
        assert_eq!(times(Job::Report, "2026-11-23"), ["16:17"]);
        let guards = times(Job::Guard, "2026-11-23");
        assert_eq!(guards[..3], ["09:35", "09:40", "09:45"]);
        assert!(!guards.contains(&"11:30".to_owned()), "{guards:?}");
        let last: Vec<_> = guards.iter().skip_while(|t| *t != "15:50").collect();
        assert_eq!(last.len(), 13, "{last:?}");
        assert_eq!(*last[12], "16:15");
    }

    #[test]
    fn a_half_day_ends_at_noon_and_a_holiday_has_no_minute() {
        assert_eq!(times(Job::Cycle, "2026-12-24"), ["09:30", "11:30"]);
        assert_eq!(times(Job::Report, "2026-12-24"), ["12:17"]);
        for job in Job::ALL {
            assert_eq!(times(job, "2026-12-25"), Vec::<String>::new(), "{job:?}");
        }
    }

    #[test]
    fn a_job_is_due_in_its_minute_whatever_the_second() {
        let calendar = TradingCalendar::hkex().unwrap();
        let due = |text: &str| {
            let now: DateTime<Utc> = text.parse().unwrap();
            Job::Cycle.is_due(&schedule(), &calendar, now).unwrap()
        };

        assert!(due("2026-11-23T01:30:00Z"));
        assert!(due("2026-11-23T01:30:59.9Z"));
        assert!(!due("2026-11-23T01:31:00Z"));
        assert!(!due("2026-11-22T01:30:00Z"));
    }
}
