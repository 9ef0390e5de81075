//! What a timer starts, and in which minutes: the same for cron and for systemd.

use std::collections::BTreeSet;
use std::path::PathBuf;

use catalyst_app::{CycleError, Schedule};
use catalyst_domain::calendar::TradingCalendar;
use chrono::{NaiveTime, Timelike as _};

use super::text_of;
use crate::commands::Failure;
use crate::job::Job;
use crate::settings::{Broker, Settings, TradingMode};

/// How this program is started, wherever it is started from.
pub(super) struct Launch {
    /// The program itself.
    pub(super) program: PathBuf,
    /// Its settings file.
    pub(super) settings_file: PathBuf,
    /// Its state folder.
    pub(super) state: PathBuf,
    /// The file of its variables.
    pub(super) variables: PathBuf,
    /// What the settings file says.
    pub(super) settings: Settings,
}

/// A job with its times of day at the exchange, of all kinds of trading days together.
pub(super) struct Minutes {
    pub(super) job: Job,
    pub(super) times: BTreeSet<NaiveTime>,
}

/// The words of a command line. Complaints alone go to standard error, which is what cron mails; the
/// daily file has the rest.
pub(super) fn words(launch: &Launch, job: Job) -> Result<Vec<String>, Failure> {
    let mut words = vec![text_of(&launch.program)?.to_owned(), job.name().to_owned()];
    words.extend(job.flags().iter().map(|flag| (*flag).to_owned()));
    let broker = &launch.settings.broker;
    if job == Job::Cycle && broker.name == Broker::Ibkr && broker.mode == TradingMode::Live {
        words.push("--live".to_owned());
    }
    words.extend(["--scheduled", "--log", "error"].map(str::to_owned));
    for (flag, path) in [
        ("--settings", &launch.settings_file),
        ("--state", &launch.state),
        ("--env-file", &launch.variables),
    ] {
        words.extend([flag.to_owned(), text_of(path)?.to_owned()]);
    }
    Ok(words)
}

/// The minutes of every job that this program has, over the last year that the calendar covers.
pub(super) fn minutes_of(
    schedule: &Schedule,
    calendar: &TradingCalendar,
) -> Result<Vec<Minutes>, Failure> {
    let last = calendar.coverage().to();
    let mut found = Vec::new();
    for job in Job::ALL {
        let mut times = BTreeSet::new();
        let mut date = last;
        for _ in 0..365 {
            let of_day = job.times(schedule, calendar, date);
            let of_day = of_day.map_err(CycleError::from)?;
            times.extend(of_day.into_iter().map(|at| calendar.local(at).time()));
            date = date.previous();
        }
        found.push(Minutes { job, times });
    }
    Ok(found)
}

impl Minutes {
    /// The minutes of an hour in which a timer must start the job to be right in any time zone: zones
    /// differ from the exchange's by quarters of an hour.
    pub(super) fn in_any_zone(&self) -> BTreeSet<u32> {
        let quarters = self.times.iter().map(|time| time.minute() % 15);
        quarters
            .flat_map(|minute| [0, 15, 30, 45].map(|quarter| minute + quarter))
            .collect()
    }

    /// Hours with the minutes in them.
    pub(super) fn by_hour(&self) -> Vec<(u32, Vec<u32>)> {
        let mut hours: Vec<(u32, Vec<u32>)> = Vec::new();
        for time in &self.times {
            match hours.last_mut() {
                Some((hour, minutes)) if *hour == time.hour() => minutes.push(time.minute()),
                Some(_) | None => hours.push((time.hour(), vec![time.minute()])),
            }
        }
        hours
    }
}

#[cfg(test)]
mod tests {
    use super::Minutes;
    use crate::job::Job;

    #[test]
    fn minutes_are_told_by_the_hour_and_for_every_zone() {
        let times = ["09:30:00", "10:00:00", "10:07:00"];
        let minutes = Minutes {
            job: Job::Cycle,
            times: times.iter().map(|text| text.parse().unwrap()).collect(),
        };

        assert_eq!(minutes.by_hour(), [(9, vec![30]), (10, vec![0, 7])]);
        let any: Vec<_> = minutes.in_any_zone().into_iter().collect();
        assert_eq!(any, [0, 7, 15, 22, 30, 37, 45, 52]);
    }
}
