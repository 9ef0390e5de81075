//! Loops: what shows that a conversation leads nowhere. Bookkeeping only; whoever talks acts on it.

use std::collections::BTreeSet;

use catalyst_ports::advisor::ToolCall;
use catalyst_ports::tool::{ToolName, ToolProblem, ToolRequest};

/// How often the same look is answered again while nothing was done.
const REPEATS_ANSWERED: u32 = 3;
/// Turns in a row in which every call was such a repeat.
const REPEATED_TURNS_MAX: u32 = 2;
/// Turns in a row in which no call was understood.
const MISTAKEN_TURNS_MAX: u32 = 3;

/// The calls of one cycle so far.
#[derive(Debug)]
pub(super) struct Loops {
    calls_max: u32,
    calls: u32,
    ids: BTreeSet<String>,
    /// Looks since something was last done, with how often each was answered.
    seen: Vec<(ToolRequest, u32)>,
    repeated_turns: u32,
    mistaken_turns: u32,
    /// Turns whose every call came after the last one that was allowed.
    spent_turns: u32,
}

impl Loops {
    pub(super) const fn new(calls_max: u32) -> Self {
        Self {
            calls_max,
            calls: 0,
            ids: BTreeSet::new(),
            seen: Vec::new(),
            repeated_turns: 0,
            mistaken_turns: 0,
            spent_turns: 0,
        }
    }

    /// The name that a call of this turn shares with another one; then none of them may run.
    pub(super) fn shared_id(&mut self, calls: &[ToolCall]) -> Option<String> {
        let shared = calls.iter().find(|call| !self.ids.insert(call.id.clone()));
        shared.map(|call| call.id.clone())
    }

    /// Why the call is not run although it was understood; counts it.
    pub(super) fn refusal(&mut self, call: &ToolCall) -> Option<ToolProblem> {
        let Ok(request) = &call.request else {
            self.calls += 1;
            return None;
        };
        let tool = request.name();
        if self.calls >= self.calls_max && tool != ToolName::LogDecision {
            let limit = self.calls_max;
            return Some(ToolProblem::NoCallsLeft { limit });
        }
        self.calls += 1;
        if !tool.is_read_only() {
            if tool != ToolName::LogDecision {
                self.seen.clear();
            }
            return None;
        }
        match self.seen.iter_mut().find(|(seen, _)| seen == request) {
            Some((_, times)) if *times > REPEATS_ANSWERED => {
                let times = *times;
                Some(ToolProblem::Repeated { tool, times })
            }
            Some((_, times)) => {
                *times += 1;
                None
            }
            None => {
                self.seen.push((request.clone(), 1));
                None
            }
        }
    }

    /// Weighs a turn by its calls and what refused them; words when it ends the conversation.
    pub(super) fn weigh(
        &mut self,
        calls: &[ToolCall],
        refused: &[Option<ToolProblem>],
    ) -> Option<String> {
        let all = |is: fn(&ToolProblem) -> bool| {
            refused
                .iter()
                .all(|problem| problem.as_ref().is_some_and(is))
        };
        let count = |turns: &mut u32, is: bool| *turns = if is { *turns + 1 } else { 0 };
        let repeated = all(|problem| matches!(problem, ToolProblem::Repeated { .. }));
        let spent = all(|problem| matches!(problem, ToolProblem::NoCallsLeft { .. }));
        count(&mut self.repeated_turns, repeated);
        count(&mut self.spent_turns, spent);
        let mistaken = calls.iter().all(|call| call.request.is_err());
        count(&mut self.mistaken_turns, mistaken);
        if self.repeated_turns >= REPEATED_TURNS_MAX {
            Some("the advisor repeats itself".to_owned())
        } else if self.mistaken_turns >= MISTAKEN_TURNS_MAX {
            let turns = self.mistaken_turns;
            Some(format!("the advisor made no usable call in {turns} turns"))
        } else if self.spent_turns > 0 {
            let most = self.calls_max;
            Some(format!(
                "the conversation ran out of calls, of which it had {most}"
            ))
        } else {
            None
        }
    }
}
