//! Calls of one turn: looks side by side, effects one by one and in order, stopping at the first
//! failure. Every call and its answer is journalled.

use catalyst_ports::advisor::{ToolAnswer, ToolCall};
use catalyst_ports::journal::{JournalEntry, ToolRecord};
use catalyst_ports::tool::{ExecutionOutcome, ToolName, ToolProblem, ToolReply};
use futures_util::future::join_all;
use tracing::debug;

use super::loops::Loops;
use crate::CycleError;
use crate::grounds::see;
use crate::running::Running;
use crate::tools::{Access, Learned, answer, look};

/// Calls beyond this in one turn are answered with an error instead of being run.
const CALLS_PER_TURN: usize = 20;

/// The answers to one turn, and why the conversation ends after it, if it does.
pub(super) type Answered = (Vec<ToolAnswer>, Option<String>);

/// A call that is to be answered, and why it is not run.
type Judged<'a> = (&'a ToolCall, Option<ToolProblem>);

pub(super) async fn run_calls(
    run: &mut Running<'_>,
    loops: &mut Loops,
    calls: &[ToolCall],
) -> Result<Answered, CycleError> {
    let refused: Vec<_> = calls.iter().map(|call| loops.refusal(call)).collect();
    let ending = loops.weigh(calls, &refused);
    let judged: Vec<Judged<'_>> = calls.iter().zip(refused).collect();
    let mut answers = Vec::with_capacity(calls.len());
    let mut failed = false;
    let mut waiting = judged.as_slice();
    while let Some((first, refusal)) = waiting.first() {
        let side_by_side = waiting.iter().take_while(|call| looks_only(call)).count();
        let (group, rest) = waiting.split_at(side_by_side.max(1));
        let room = CALLS_PER_TURN.saturating_sub(answers.len());
        if group.len() > room {
            answers.extend(
                waiting
                    .iter()
                    .map(|(call, _)| answered(call, too_many(call))),
            );
            break;
        }
        if side_by_side > 0 {
            let looked = join_all(group.iter().map(|call| look_at(run, call))).await;
            for ((call, _), (reply, learned)) in group.iter().zip(looked) {
                run.take_in(&reply, learned).await;
                answers.push(keep(run, call, reply));
            }
        } else {
            let reply = match refusal {
                Some(problem) => ToolReply::Problem(problem.clone()),
                None => act_on(run, first, failed).await?,
            };
            failed = failed || is_failure(first, &reply);
            answers.push(keep(run, first, reply));
        }
        waiting = rest;
    }
    Ok((answers, ending))
}

fn looks_only((call, _): &Judged<'_>) -> bool {
    call.request
        .as_ref()
        .is_ok_and(|request| Access::of(request.name()) == Access::Looks)
}

async fn look_at(run: &Running<'_>, (call, refused): &Judged<'_>) -> (ToolReply, Vec<Learned>) {
    let problem = match (refused, &call.request) {
        (Some(refused), _) => refused.clone(),
        (None, Ok(request)) => return look(run, request).await,
        (None, Err(error)) => ToolProblem::Input(error.clone()),
    };
    (ToolReply::Problem(problem), Vec::new())
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
        Ok(request) => {
            run.tally.decided |= request.name() == ToolName::LogDecision;
            answer(run, request).await
        }
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
    see(&mut run.grounds, &reply);
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
    run.note(JournalEntry::Tool(Box::new(record)));
    answered(call, reply)
}
