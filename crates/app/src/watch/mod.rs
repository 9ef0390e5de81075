//! Watch: whether the agent lives and sees, judged from its journal alone. Silence is an alarm.

mod alarm;
mod missed;
mod money;
mod sights;
mod still;
#[cfg(test)]
mod tests;

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::dated::NotCovered;
use catalyst_ports::journal::Pulse;
use chrono::{DateTime, TimeDelta, Utc};

use crate::Schedule;
pub use alarm::WatchAlarm;
use missed::{missed_slots, overdue};
pub use money::money_short;
use sights::{blind, unadvised, unprotected};
use still::constant;

/// When silence is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchPolicy {
    /// How late a run may be.
    pub grace: TimeDelta,
    /// Trading days without a candidate, a price or an order before that is an alarm; above 0.
    pub idle_sessions: usize,
    /// Trading days ahead in which the month's money for a model must not run out.
    pub money_days: u32,
}

/// The first day that [`watch`] needs to be told of: `idle_sessions` trading days up to today.
pub fn watched_since(
    policy: WatchPolicy,
    calendar: &TradingCalendar,
    today: TradingDate,
) -> Result<TradingDate, NotCovered> {
    let mut since = today;
    for _ in 0..policy.idle_sessions {
        since = calendar.previous_trading_date(since)?;
    }
    Ok(since)
}

/// What is wrong at `now`, the most urgent first; nothing when all is well.
///
/// `pulse` is that of the days since [`watched_since`].
pub fn watch(
    pulse: &Pulse,
    policy: WatchPolicy,
    schedule: &Schedule,
    calendar: &TradingCalendar,
    now: DateTime<Utc>,
) -> Result<Vec<WatchAlarm>, NotCovered> {
    if pulse.first_run.is_none() {
        return Ok(vec![WatchAlarm::NeverRan]);
    }
    let today = calendar.date_of(now);
    let of_today = pulse.days.iter().find(|day| day.date == today);
    let mut alarms = Vec::new();
    alarms.extend(of_today.and_then(|day| unprotected(day, calendar)));
    alarms.extend(overdue(pulse, policy, schedule, calendar, now)?);
    let wakes = schedule.day(calendar, today)?;
    alarms.extend(missed_slots(pulse, of_today, policy, &wakes, now));
    alarms.extend(unadvised(&pulse.days));
    let before: Vec<_> = pulse.days.iter().filter(|day| day.date < today).collect();
    alarms.extend(blind(&before, policy));
    alarms.extend(constant(&before, policy));
    Ok(alarms)
}
