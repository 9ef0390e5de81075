//! Guard: the protective sweep without an advisor. Settles, verifies protection, watches the day's
//! loss, leaves positions before lunch and before the close. Safe to run every minute.

use catalyst_domain::calendar::{Phase, SessionMoment};
use catalyst_domain::order::{CycleId, RunKind};
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::CycleEnding;
use chrono::NaiveTime;
use tracing::{Instrument as _, info_span};

use crate::conclude::conclude;
use crate::cycle::{keep_safe, must_leave, read_equity, start, stop_for_the_day, warn_of_loss};
use crate::leave::on_time;
use crate::outcome::{GuardOutcome, STOPPED};
use crate::requested::leave_as_asked;
use crate::running::Running;
use crate::settle::Settlement;
use crate::{CycleError, Policy, Ports, chain};

/// Runs one sweep, named after `slot`.
pub async fn run_guard(
    ports: &Ports,
    policy: &Policy,
    rules: &Rulebook,
    slot: NaiveTime,
) -> Result<GuardOutcome, CycleError> {
    let _held = ports.lock.acquire().await?.ok_or(CycleError::Busy)?;
    let moment = rules.calendar.moment(ports.clock.now())?;
    if moment.phase == Phase::Closed && !is_over(rules, &moment)? {
        let next = moment.next_change;
        let next = next.map(|change| rules.calendar.wall_clock(change.at));
        return Err(CycleError::NotNow {
            phase: moment.phase,
            next,
        });
    }
    let slot = CycleId::new(RunKind::Guard, moment.date, slot, 0);
    let id = ports
        .journal
        .open(start(policy, slot, "none", moment))
        .await?;
    let mut run = Running::begin(ports, policy, rules, id);
    let swept = sweep(&mut run)
        .instrument(info_span!("guard", cycle.id = %id))
        .await;
    let (ending, summary) = match &swept {
        Ok(_) if run.stopped() => (CycleEnding::Stopped, format!("guard, {STOPPED}")),
        Ok(_) => (CycleEnding::Protective, "guard".to_owned()),
        Err(failure) => (CycleEnding::Failed, chain(failure)),
    };
    conclude(&mut run, "guard failed", ending, summary).await?;
    let settled = swept?;
    let day = ports.journal.day(id.date()).await?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(GuardOutcome {
        id,
        orders: run.tally.orders,
        positions: count(day.holdings.positions().count()),
        is_day_over: moment.phase == Phase::Closed,
        findings: count(day.findings.len()),
        unknown: count(settled.unknown.len()),
        state: run.state(day.state),
        stopped: run.stopped(),
    })
}

/// True on a trading day whose trading is over: there may still be something to settle.
fn is_over(rules: &Rulebook, moment: &SessionMoment) -> Result<bool, CycleError> {
    let sessions = rules.calendar.continuous_sessions(moment.date)?;
    Ok(sessions.last().is_some_and(|last| moment.now >= last.end))
}

/// What could not be settled or verified holds up nothing that must be left; it is the result in the end.
async fn sweep(run: &mut Running<'_>) -> Result<Settlement, CycleError> {
    let before = keep_safe(run).await;
    let left = leave_what_must_go(run).await;
    let after = keep_safe(run).await;
    before?;
    left?;
    after
}

async fn leave_what_must_go(run: &mut Running<'_>) -> Result<(), CycleError> {
    if leave_as_asked(run).await?.is_some() {
        return Ok(());
    }
    let picture = read_equity(run).await?;
    if must_leave(run, &picture).await? {
        return stop_for_the_day(run, &picture).await;
    }
    warn_of_loss(run, &picture).await?;
    on_time(run).await
}
