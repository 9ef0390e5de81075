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
