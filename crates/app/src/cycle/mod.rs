//! One trading cycle: wake, settle, observe, converse, act, close. Acting happens inside the
//! conversation, through the tools; everything around it happens with or without an advisor.

mod brief;
mod calls;
mod converse;
mod emergency;
mod loops;
mod purse;
mod unadvised;

use catalyst_domain::calendar::{Phase, SessionMoment};
use catalyst_domain::order::{CycleId, RunKind};
use catalyst_domain::risk::TradingState;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::{CycleEnding, CycleRecord, CycleStart, DecisionNote, JournalEntry};
use catalyst_ports::tool::{Decision, Severity};
use chrono::{DateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use tracing::{Instrument as _, error, info, info_span};

use crate::alerts::deliver;
use crate::leave::on_time;
use crate::limits::weigh_limits;
use crate::observe::Picture;
use crate::orders::protect_all;
use crate::outcome::CycleOutcome;
use crate::requested::leave_as_asked;
use crate::running::Running;
use crate::settle::{Settlement, settle};
use crate::{CycleError, Policy, Ports, chain};
use converse::{Conversation, converse};
pub(crate) use emergency::{must_leave, stop_for_the_day, warn_of_loss};

/// Runs the cycle of `slot` to its end.
///
/// Whatever happens after the journal has opened it, its record is closed.
pub async fn run_cycle(
    ports: &Ports,
    policy: &Policy,
    rules: &Rulebook,
    slot: NaiveTime,
) -> Result<CycleOutcome, CycleError> {
    let _held = ports.lock.acquire().await?.ok_or(CycleError::Busy)?;
    let moment = wake(ports, rules)?;
    let slot = CycleId::new(RunKind::Cycle, moment.date, slot, 0);
    let advisor = ports
        .advisor
        .as_ref()
        .map_or("none", |advisor| advisor.name());
    let id = ports
        .journal
        .open(start(policy, slot, advisor, moment))
        .await?;
    let span = info_span!("cycle", cycle.id = %id);
    let mut run = Running::begin(ports, policy, rules, id);
    let talked = talk_and_act(&mut run).instrument(span.clone()).await;
    close(run, moment.phase, talked).instrument(span).await
}

/// On a day and in a phase in which something may be done; otherwise "not now".
fn wake(ports: &Ports, rules: &Rulebook) -> Result<SessionMoment, CycleError> {
    let moment = rules.calendar.moment(ports.clock.now())?;
    match moment.phase {
        Phase::Closed => Err(CycleError::NotNow {
            phase: moment.phase,
            next: moment
                .next_change
                .map(|change| rules.calendar.wall_clock(change.at)),
        }),
        Phase::PreOpenInput
        | Phase::PreOpenNoCancel
        | Phase::PreOpenMatch
        | Phase::PreOpenBlocked
        | Phase::ContinuousMorning
        | Phase::Lunch
        | Phase::ContinuousAfternoon
        | Phase::AuctionReference
        | Phase::AuctionInput
        | Phase::AuctionNoCancel
        | Phase::AuctionRandomClose => Ok(moment),
    }
}

pub(crate) fn start(
    policy: &Policy,
    slot: CycleId,
    advisor: &str,
    moment: SessionMoment,
) -> CycleStart {
    CycleStart {
        slot,
        advisor: advisor.to_owned(),
        provenance: policy.provenance.clone(),
        at: moment.now,
    }
}

/// Settles, talks, and settles and protects again whatever the talk came to. What could not be settled or
/// verified holds up nothing that must be left; it is the result in the end.
async fn talk_and_act(run: &mut Running<'_>) -> Result<Conversation, CycleError> {
    let before = keep_safe(run).await;
    let said = talk(run, before.as_ref().ok()).await;
    let after = keep_safe(run).await;
    before?;
    let said = said?;
    let settled = after?;
    if settled.unknown.is_empty() {
        Ok(said)
    } else {
        Ok(Conversation::unknown())
    }
}

async fn talk(
    run: &mut Running<'_>,
    settled: Option<&Settlement>,
) -> Result<Conversation, CycleError> {
    weigh_limits(run).await?;
    if leave_as_asked(run).await?.is_some() {
        return Ok(Conversation::none("everything is left for the owner"));
    }
    let picture = read_equity(run).await?;
    if must_leave(run, &picture).await? {
        stop_for_the_day(run, &picture).await?;
        return Ok(Conversation::none("the day is over, exits only"));
    }
    warn_of_loss(run, &picture).await?;
    on_time(run).await?;
    if run.stopped() {
        return Ok(Conversation::stopped());
    }
    let Some(settled) = settled else {
        return Ok(Conversation::none("not everything could be settled"));
    };
    let picture = Picture::take(run).await?;
    match silence(run, &picture, settled) {
        Some(reason) => Ok(Conversation::none(reason)),
        None => converse(run, &picture).await,
    }
}

/// Settles and verifies the protection of every position, the second also when the first fails. An order
/// that would not be cancelled is the result once both are done.
pub(crate) async fn keep_safe(run: &mut Running<'_>) -> Result<Settlement, CycleError> {
    run.leaving.clear();
    let settled = settle(run).await;
    protect_all(run).await?;
    let settled = settled?;
    match settled.stuck {
        Some(stuck) => Err(stuck.into()),
        None => Ok(settled),
    }
}

/// Why the advisor is not asked; `None` when it is.
fn silence(run: &Running<'_>, picture: &Picture, settled: &Settlement) -> Option<&'static str> {
    if picture.switch() == TradingState::Halted {
        Some("trading is halted")
    } else if !settled.unknown.is_empty() {
        Some("the fate of an order is not known")
    } else if run.ports.advisor.is_none() {
        Some("there is no advisor")
    } else {
        None
    }
}

/// Reads the account into the journal; the first reading of a day is the base of its loss limit.
///
/// A reading that nothing explains is not kept: percentages of it would widen every limit at once.
pub(crate) async fn read_equity(run: &mut Running<'_>) -> Result<Picture, CycleError> {
    let picture = Picture::take(run).await?;
    run.equity_before = picture.day.equity_last.map(|(equity, _)| equity);
    let equity = picture.account.equity;
    let jump = run.policy.gate.limits().max_equity_jump().to_fraction();
    let jumped = run.equity_before.is_some_and(|before| {
        (equity.amount() - before.amount()).abs() > before.amount().abs() * jump
    });
    if jumped || equity.amount() <= Decimal::ZERO {
        let text = format!("equity reads {equity}, nothing explains it; entries are refused");
        run.tell(Severity::Critical, "equity reads wrong", &text)
            .await;
    } else {
        run.record(vec![JournalEntry::Reading {
            equity,
            cash: picture.account.cash,
            at: picture.moment.now,
        }])
        .await?;
    }
    Picture::take(run).await
}

/// Writes the decision record and the end of the cycle, also when it failed.
async fn close(
    mut run: Running<'_>,
    phase: Phase,
    talked: Result<Conversation, CycleError>,
) -> Result<CycleOutcome, CycleError> {
    let (ending, summary) = match &talked {
        Ok(said) => (said.ending, said.summary.clone()),
        Err(failure) => {
            error!(error = %failure, "cycle failed");
            (CycleEnding::Failed, chain(failure))
        }
    };
    if ending == CycleEnding::Failed {
        run.tell(Severity::Critical, "cycle failed", &summary).await;
    }
    tell_ungrounded(&run).await;
    deliver(&mut run).await;
    let at = run.now();
    let note = in_words(&run, ending, &summary, at);
    run.note(JournalEntry::Decision(note));
    let record = CycleRecord {
        id: run.id,
        ending,
        summary: summary.clone(),
        tool_calls: run.tally.tool_calls,
        next_at: run.next_at(),
        at,
    };
    run.finish(record).await?;
    talked?;
    let day = run.ports.journal.day(run.id.date()).await?;
    info!(
        ending = ending.as_str(),
        tool_calls = run.tally.tool_calls,
        "cycle ended"
    );
    Ok(CycleOutcome {
        id: run.id,
        ending,
        no_advice: run.tally.no_advice,
        phase,
        tool_calls: run.tally.tool_calls,
        approved: run.tally.approved,
        refused: run.tally.refused.clone(),
        orders: run.tally.orders,
        state: run.state(day.state),
        findings: u32::try_from(day.findings.len()).unwrap_or(u32::MAX),
        summary,
        stopped: run.stopped(),
    })
}

/// The decision of the cycle in the harness's own words, whatever the advisor said.
fn in_words(
    run: &Running<'_>,
    ending: CycleEnding,
    summary: &str,
    at: DateTime<Utc>,
) -> DecisionNote {
    let decision = if run.tally.approved > 0 {
        Decision::Trade
    } else {
        Decision::Skip
    };
    let unsaid = if ending == CycleEnding::Done && !run.tally.decided {
        "; the advisor logged no decision"
    } else {
        ""
    };
    let reasoning = format!(
        "{}: {} tool calls, {} approved, {} rules refused, {} reasons ungrounded{unsaid}; {summary}",
        ending.as_str(),
        run.tally.tool_calls,
        run.tally.approved,
        run.tally.refused.len(),
        run.tally.ungrounded.len(),
    );
    DecisionNote {
        cycle: run.id,
        decision,
        symbol: None,
        reasoning,
        at,
    }
}

/// Tells the owner, when there is time, what reasons gave that nobody had seen.
async fn tell_ungrounded(run: &Running<'_>) {
    if run.tally.ungrounded.is_empty() {
        return;
    }
    let subject = "a trade's reason gives what no tool returned";
    run.tell(Severity::Info, subject, &run.tally.ungrounded.join("; "))
        .await;
}
