//! What the runs saw, or did not see.

use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::order::RunKind;
use catalyst_ports::advisor::NO_ADVICE;
use catalyst_ports::journal::{CycleEnding, DayPulse, RunPulse};

use super::{WatchAlarm, WatchPolicy};

/// An alarm for each thing of which every one of the last days with a cycle had none, whether nobody
/// looked or there was nothing to see.
pub(super) fn blind(before: &[&DayPulse], policy: WatchPolicy) -> Vec<WatchAlarm> {
    let lived: Vec<_> = before.iter().filter(|day| has_cycle(day)).collect();
    let sessions = policy.idle_sessions;
    if lived.len() < sessions {
        return Vec::new();
    }
    let mut sums = [("quotes", 0), ("candidates", 0), ("orders", 0)];
    for day in lived.iter().rev().take(sessions) {
        for ((_, sum), seen) in sums
            .iter_mut()
            .zip([day.quotes, day.candidates, day.orders])
        {
            *sum += seen;
        }
    }
    sums.into_iter()
        .filter(|(_, sum)| *sum == 0)
        .map(|(what, _)| WatchAlarm::Nothing { what, sessions })
        .collect()
}

fn has_cycle(day: &DayPulse) -> bool {
    let mut runs = day.runs.iter();
    runs.any(|run| run.id.kind() == RunKind::Cycle)
}

/// This many cycles in a row without advice are no passing trouble of the provider.
const UNADVISED: usize = 2;

/// An alarm when the last cycles had no advice.
pub(super) fn unadvised(days: &[DayPulse]) -> Option<WatchAlarm> {
    let cycles = days.iter().flat_map(|day| &day.runs);
    let ended = cycles.filter(|run| run.id.kind() == RunKind::Cycle && run.ending.is_some());
    let silent: Vec<&RunPulse> = ended.rev().take_while(|run| is_unadvised(run)).collect();
    let last = silent.first()?;
    (silent.len() >= UNADVISED).then(|| WatchAlarm::NoAdvice {
        cycles: silent.len(),
        why: last.summary.clone().unwrap_or_else(|| NO_ADVICE.to_owned()),
    })
}

fn is_unadvised(run: &RunPulse) -> bool {
    let says_so = |words: &String| words.starts_with(NO_ADVICE);
    run.ending == Some(CycleEnding::Protective) && run.summary.as_ref().is_some_and(says_so)
}

/// An alarm when any position of the day was found without its right stop.
pub(super) fn unprotected(today: &DayPulse, calendar: &TradingCalendar) -> Option<WatchAlarm> {
    let (at, evidence) = today.unprotected.first()?;
    Some(WatchAlarm::Unprotected {
        at: calendar.local(*at),
        times: today.unprotected.len(),
        evidence: evidence.clone(),
    })
}
