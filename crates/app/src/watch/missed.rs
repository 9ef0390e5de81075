//! Runs that did not come.

use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::dated::NotCovered;
use catalyst_domain::order::RunKind;
use catalyst_ports::journal::{CycleEnding, DayPulse, Pulse};
use chrono::{DateTime, Utc};

use super::{WatchAlarm, WatchPolicy};
use crate::{Schedule, Wake};

/// An alarm when no run has ended well since the moment at which one was due.
pub(super) fn overdue(
    pulse: &Pulse,
    policy: WatchPolicy,
    schedule: &Schedule,
    calendar: &TradingCalendar,
    now: DateTime<Utc>,
) -> Result<Option<WatchAlarm>, NotCovered> {
    let local = |at| calendar.local(at);
    let Some(proof) = pulse.proof else {
        let due = pulse.first_run.unwrap_or(now);
        return Ok((due + policy.grace < now).then_some(WatchAlarm::Overdue {
            last: None,
            due: local(due),
        }));
    };
    // A run that did not know when the next is due, at the end of the calendar, is not the last word.
    let due = match proof.next_at {
        Some(due) => Some(due),
        None => schedule.next_after(calendar, proof.at)?,
    };
    Ok(due
        .filter(|due| *due + policy.grace < now)
        .map(|due| WatchAlarm::Overdue {
            last: Some(local(proof.at)),
            due: local(due),
        }))
}

/// An alarm for the slots of today's cycles that are over without a cycle that ended well; `wakes` are
/// the runs of the day. Slots before the first run of all were nobody's.
pub(super) fn missed_slots(
    pulse: &Pulse,
    today: Option<&DayPulse>,
    policy: WatchPolicy,
    wakes: &[Wake],
    now: DateTime<Utc>,
) -> Option<WatchAlarm> {
    let slots: Vec<String> = wakes
        .iter()
        .filter(|wake| wake.kind == RunKind::Cycle && wake.at + policy.grace < now)
        .filter(|wake| pulse.first_run.is_some_and(|first| wake.at >= first))
        .map(|wake| wake.slot.format("%H:%M").to_string())
        .filter(|slot| !today.is_some_and(|day| ran_well(day, slot)))
        .collect();
    (!slots.is_empty()).then_some(WatchAlarm::Missed { slots })
}

fn ran_well(day: &DayPulse, slot: &str) -> bool {
    day.runs.iter().any(|run| {
        run.id.kind() == RunKind::Cycle
            && run.id.slot() == slot
            && run.ending.is_some_and(CycleEnding::is_well)
    })
}
