//! Converse: the bounded talk. Read-only calls run side by side, calls with effects one by one and
//! in order, stopping at the first failure. Every call and its answer is journalled.

use std::sync::Arc;

use catalyst_ports::advisor::{Advisor, AdvisorError, Consultation, ToolAnswer, ToolCall, Turn};
use catalyst_ports::journal::{CycleEnding, JournalEntry, ToolRecord};
use catalyst_ports::tool::{ExecutionOutcome, Severity, ToolName, ToolProblem, ToolReply};
use futures_util::future::join_all;
use tracing::{debug, warn};

use super::brief::brief;
use crate::CycleError;
use crate::observe::Picture;
use crate::outcome::NoAdvice;
use crate::running::Running;
use crate::tools::{Access, answer, look};

/// Calls beyond this in one turn are answered with an error instead of being run.
const CALLS_PER_TURN: usize = 20;

/// How the talk went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conversation {
    pub(super) ending: CycleEnding,
    pub(super) summary: String,
}

impl Conversation {
    /// No talk at all: a protective cycle.
    pub(super) fn none(reason: &str) -> Self {
        Self {
            ending: CycleEnding::Protective,
            summary: reason.to_owned(),
        }
    }

    /// Something at the broker is not known.
    pub(super) fn unknown() -> Self {
        let summary = "the fate of an order is not known".to_owned();
        Self {
            ending: CycleEnding::Unknown,
            summary,
        }
    }

    fn bounded(what: &str) -> Self {
        Self {
            ending: CycleEnding::Bounded,
            summary: format!("the conversation ran out of {what}"),
        }
    }
}

/// Talks until the advisor is done or a bound is reached.
pub(super) async fn converse(
    run: &mut Running<'_>,
    picture: &Picture,
) -> Result<Conversation, CycleError> {
    let Some(advisor) = run.ports.advisor.as_ref().map(Arc::clone) else {
        return Ok(Conversation::none("there is no advisor"));
    };
    let mut consultation = match begin(run, advisor.as_ref(), picture).await {
        Ok(consultation) => consultation,
        Err(failure) => return Ok(unadvised(run, &failure).await),
    };
    let mut answers = Vec::new();
    for _ in 0..run.policy.turns_max {
        let turn = consultation.next(answers).await;
        for usage in consultation.spent() {
            run.note(JournalEntry::Usage(usage));
        }
        match turn {
            Ok(Turn::Finish(conclusion)) => {
                return Ok(Conversation {
                    ending: CycleEnding::Done,
                    summary: conclusion.text,
                });
            }
            Ok(Turn::UseTools(calls)) => answers = run_calls(run, calls).await?,
            Err(failure) => return Ok(unadvised(run, &failure).await),
        }
        if run.out_of_time() {
            return Ok(Conversation::bounded("time"));
        }
    }
    Ok(Conversation::bounded("turns"))
}

async fn begin(
    run: &Running<'_>,
    advisor: &dyn Advisor,
    picture: &Picture,
) -> Result<Box<dyn Consultation>, AdvisorError> {
    advisor.consult(brief(run, picture)).await
}

async fn unadvised(run: &mut Running<'_>, failure: &AdvisorError) -> Conversation {
    run.tally.no_advice = Some(NoAdvice::from(failure));
    let words = failure_in_words(failure);
    warn!(error = words, "no advice, protecting only");
    let severity = match failure {
        AdvisorError::NotAccepted { .. } => Severity::Critical,
        AdvisorError::Unavailable { .. }
        | AdvisorError::Overspent
        | AdvisorError::Unusable { .. } => Severity::Warning,
    };
    run.tell(severity, "no advice", &words).await;
    Conversation::none(&words)
}

/// The failure and, where there is one, its cause.
fn failure_in_words(failure: &AdvisorError) -> String {
    match failure {
        AdvisorError::Unavailable { source } => format!("{failure}: {source}"),
        AdvisorError::Overspent
        | AdvisorError::NotAccepted { .. }
        | AdvisorError::Unusable { .. } => failure.to_string(),
    }
}

async fn run_calls(
    run: &mut Running<'_>,
    calls: Vec<ToolCall>,
) -> Result<Vec<ToolAnswer>, CycleError> {
    let mut answers = Vec::with_capacity(calls.len());
    let mut failed = false;
    let mut waiting = calls.as_slice();
    while let Some(first) = waiting.first() {
        let side_by_side = waiting.iter().take_while(|call| looks_only(call)).count();
        let (group, rest) = waiting.split_at(side_by_side.max(1));
        let room = CALLS_PER_TURN.saturating_sub(answers.len());
        if group.len() > room {
            answers.extend(waiting.iter().map(|call| answered(call, too_many(call))));
            break;
        }
        if side_by_side > 0 {
            let looked = join_all(group.iter().map(|call| look_at(run, call))).await;
            for (call, (reply, learned)) in group.iter().zip(looked) {
                run.take_in(&reply, learned).await;
                answers.push(keep(run, call, reply));
            }
        } else {
            let reply = act_on(run, first, failed).await?;
            failed = failed || is_failure(first, &reply);
            answers.push(keep(run, first, reply));
        }
        waiting = rest;
    }
    Ok(answers)
}

fn looks_only(call: &ToolCall) -> bool {
    call.request
        .as_ref()
        .is_ok_and(|request| Access::of(request.name()) == Access::Looks)
}

async fn look_at(run: &Running<'_>, call: &ToolCall) -> (ToolReply, Vec<crate::tools::Learned>) {
    match &call.request {
        Ok(request) => look(run, request).await,
        Err(error) => (
            ToolReply::Problem(ToolProblem::Input(error.clone())),
            Vec::new(),
        ),
    }
}

async fn act_on(
    run: &mut Running<'_>,
    call: &ToolCall,
    failed: bool,
) -> Result<ToolReply, CycleError> {
    match &call.request {
        Err(error) => Ok(ToolReply::Problem(ToolProblem::Input(error.clone()))),
        Ok(request) if failed && !request.name().is_read_only() => {
            Ok(ToolReply::Problem(ToolProblem::Skipped))
        }
        Ok(request) if run.out_of_time() && request.name() == ToolName::ExecuteTrade => {
            let what = "the time of this cycle is over, no entry is sent any more".to_owned();
            Ok(ToolReply::Problem(ToolProblem::NotAvailable { what }))
        }
        Ok(request) => answer(run, request).await,
    }
}

/// A problem of a call with an effect stops the effects after it; a failed look does not.
fn is_failure(call: &ToolCall, reply: &ToolReply) -> bool {
    let has_effect = call
        .request
        .as_ref()
        .map_or(true, |request| !request.name().is_read_only());
    let undone = if let ToolReply::Execution(report) = reply {
        matches!(
            report.outcome,
            ExecutionOutcome::Unknown | ExecutionOutcome::Unprotected
        )
    } else {
        matches!(reply, ToolReply::Problem(_))
    };
    has_effect && undone
}

fn too_many(call: &ToolCall) -> ToolReply {
    match &call.request {
        Ok(request) => ToolReply::Problem(ToolProblem::TooOften {
            tool: request.name(),
            limit: u32::try_from(CALLS_PER_TURN).unwrap_or(u32::MAX),
        }),
        Err(error) => ToolReply::Problem(ToolProblem::Input(error.clone())),
    }
}

fn answered(call: &ToolCall, reply: ToolReply) -> ToolAnswer {
    ToolAnswer {
        id: call.id.clone(),
        reply,
    }
}

fn keep(run: &mut Running<'_>, call: &ToolCall, reply: ToolReply) -> ToolAnswer {
    run.tally.tool_calls += 1;
    debug!(
        tool = call.name,
        number = run.tally.tool_calls,
        "tool answered"
    );
    let record = ToolRecord {
        number: run.tally.tool_calls,
        name: call.name.clone(),
        request: call.request.as_ref().ok().cloned(),
        reply: reply.clone(),
        at: run.now(),
    };
    run.note(JournalEntry::Tool(record));
    answered(call, reply)
}
