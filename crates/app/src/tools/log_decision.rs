//! `log_decision`: keeps the advisor's words beside the harness's own record.

use catalyst_ports::journal::{DecisionNote, JournalEntry};
use catalyst_ports::tool::{DecisionReceipt, LogDecisionInput, ToolReply};

use crate::running::Running;

const REASONING_MAX: usize = 4_000;

pub(super) fn run(run: &mut Running<'_>, input: &LogDecisionInput) -> ToolReply {
    let note = DecisionNote {
        cycle: run.id,
        decision: input.decision,
        symbol: input.symbol,
        reasoning: input.reasoning.chars().take(REASONING_MAX).collect(),
        at: run.now(),
    };
    run.note(JournalEntry::Decision(note));
    ToolReply::Decision(DecisionReceipt { recorded: true })
}
