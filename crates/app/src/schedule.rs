//! Schedule: when runs happen on a day, from the owner's slots and the calendar together.

use catalyst_domain::calendar::{SessionSpan, TradingCalendar, TradingDate};
use catalyst_domain::dated::NotCovered;
use catalyst_domain::order::RunKind;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

/// The owner's slots and the spans before the end of a session in which positions are left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Cycle slots in local time of the exchange, increasing.
    pub slots: Vec<NaiveTime>,
    /// How long before lunch the lunch exits begin.
    pub exit_before_lunch: TimeDelta,
    /// How long before the end of continuous trading everything is left.
    pub exit_before_close: TimeDelta,
}

/// One run of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wake {
    /// When.
    pub at: DateTime<Utc>,
    /// The slot it is named after, local time.
    pub slot: NaiveTime,
    /// With or without an advisor.
    pub kind: RunKind,
}

/// Guards come this often through a session.
const GUARD_EVERY: TimeDelta = TimeDelta::minutes(5);
/// The closing auction takes exits from its second to its eighth minute.
const AUCTION_GUARDS: [i64; 2] = [2, 5];

/// The last settling of the day, after the random end of the closing auction.
const AFTER_CLOSE: TimeDelta = TimeDelta::minutes(5);

impl Schedule {
    /// The latest slot at or before `now` on its day; `None` before the first.
    pub fn slot_at(&self, calendar: &TradingCalendar, now: DateTime<Utc>) -> Option<NaiveTime> {
        let local = calendar.local(now).time();
        self.slots
            .iter()
            .rev()
            .find(|slot| **slot <= local)
            .copied()
    }

    /// Every run of `date` in time order; none on a day without trading.
    ///
    /// Slots outside continuous trading, as on half days, are left out. Where a slot and a guard
    /// fall together the guard comes first, so that exits do not wait for a conversation.
    pub fn day(
        &self,
        calendar: &TradingCalendar,
        date: TradingDate,
    ) -> Result<Vec<Wake>, NotCovered> {
        let sessions = calendar.continuous_sessions(date)?;
        let inside = |at: DateTime<Utc>| sessions.iter().any(|s| s.start <= at && at < s.end);
        let local_of = |at: DateTime<Utc>| calendar.local(at).time();
        let mut wakes: Vec<Wake> = self
            .slots
            .iter()
            .map(|slot| Wake {
                at: calendar.at(date, *slot),
                slot: *slot,
                kind: RunKind::Cycle,
            })
            .filter(|wake| inside(wake.at))
            .collect();
        let mut guards = self.guard_times(&sessions);
        guards.extend(calendar.close_of(date)?.map(|close| close + AFTER_CLOSE));
        wakes.extend(guards.into_iter().map(|at| Wake {
            at,
            slot: local_of(at),
            kind: RunKind::Guard,
        }));
        wakes.sort_by_key(|wake| (wake.at, wake.kind == RunKind::Cycle));
        Ok(wakes)
    }

    /// The next run after `now`, on its day or the next trading day.
    pub fn next_after(
        &self,
        calendar: &TradingCalendar,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, NotCovered> {
        let today = calendar.date_of(now);
        let mut wakes = self.day(calendar, today)?;
        wakes.extend(self.day(calendar, calendar.next_trading_date(today)?)?);
        Ok(wakes.into_iter().map(|wake| wake.at).find(|at| *at > now))
    }

    /// True from `exit_before_close` before the end of the day's last session on.
    pub fn is_day_end(&self, sessions: &[SessionSpan], now: DateTime<Utc>) -> bool {
        sessions
            .last()
            .is_some_and(|last| now >= last.end - self.exit_before_close)
    }

    /// True in the last stretch of a session that another one follows.
    pub fn is_before_lunch(&self, sessions: &[SessionSpan], now: DateTime<Utc>) -> bool {
        sessions.len() > 1
            && sessions.first().is_some_and(|morning| {
                now >= morning.end - self.exit_before_lunch && now < morning.end
            })
    }

    fn guard_times(&self, sessions: &[SessionSpan]) -> Vec<DateTime<Utc>> {
        let mut times = Vec::new();
        for session in sessions {
            let mut at = session.start + GUARD_EVERY;
            while at < session.end {
                times.push(at);
                at += GUARD_EVERY;
            }
        }
        if let Some(last) = sessions.last() {
            let mut at = last.end - self.exit_before_close;
            while at < last.end {
                times.push(at);
                at += TimeDelta::minutes(1);
            }
            times.extend(AUCTION_GUARDS.map(|minute| last.end + TimeDelta::minutes(minute)));
        }
        times.sort_unstable();
        times.dedup();
        times
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule() -> Schedule {
        let slot = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
        Schedule {
            slots: ["09:30", "11:30", "13:00", "15:30"].map(slot).to_vec(),
            exit_before_lunch: TimeDelta::minutes(10),
            exit_before_close: TimeDelta::minutes(10),
        }
    }

    fn wakes(date: &str) -> Vec<(String, RunKind)> {
        let calendar = TradingCalendar::hkex().unwrap();
        let wakes = schedule().day(&calendar, date.parse().unwrap()).unwrap();
        wakes
            .iter()
            .map(|wake| (wake.slot.format("%H:%M").to_string(), wake.kind))
            .collect()
    }

    fn at(wakes: &[(String, RunKind)], kind: RunKind) -> Vec<&str> {
        wakes
            .iter()
            .filter(|wake| wake.1 == kind)
            .map(|wake| wake.0.as_str())
            .collect()
    }

    #[test]
    fn the_last_ten_minutes_are_guarded_every_minute_and_the_auction_twice() {
        let wakes = wakes("2026-09-14");

        let guards = at(&wakes, RunKind::Guard);
        let last: Vec<&str> = guards
            .iter()
            .copied()
            .filter(|slot| *slot >= "15:50")
            .collect();
        let minutes: Vec<String> = (50..60).map(|minute| format!("15:{minute}")).collect();
        assert_eq!(
            last.get(..10),
            Some(
                minutes
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .as_slice()
            )
        );
        assert_eq!(last.get(10..), Some(["16:02", "16:05", "16:15"].as_slice()));
        assert_eq!(
            at(&wakes, RunKind::Cycle),
            ["09:30", "11:30", "13:00", "15:30"]
        );
    }

    #[test]
    fn half_day_run() {
        let wakes = wakes("2026-02-16");

        assert_eq!(at(&wakes, RunKind::Cycle), ["09:30", "11:30"]);
        let guards = at(&wakes, RunKind::Guard);
        assert_eq!(guards.last(), Some(&"12:15"));
        assert!(guards.contains(&"11:51"), "{guards:?}");
    }

    #[test]
    fn holiday_run() {
        assert_eq!(wakes("2026-04-07"), []);
    }

    #[test]
    fn a_late_run_is_named_after_the_slot_before_it() {
        let calendar = TradingCalendar::hkex().unwrap();
        let now = |text: &str| text.parse::<DateTime<Utc>>().unwrap();

        let slot = schedule().slot_at(&calendar, now("2026-09-14T11:41:00+08:00"));
        let early = schedule().slot_at(&calendar, now("2026-09-14T09:10:00+08:00"));

        assert_eq!(
            slot.map(|slot| slot.format("%H:%M").to_string()),
            Some("11:30".to_owned())
        );
        assert_eq!(early, None);
    }
}
