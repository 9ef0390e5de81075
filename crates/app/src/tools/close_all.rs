//! `close_all`: the emergency. Everything is left, and the day takes no new entry.

use catalyst_domain::order::ExitCause;
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::{JournalEntry, StateScope};
use catalyst_ports::tool::{CloseAllInput, CloseAllReport, Severity, ToolReply};

use crate::CycleError;
use crate::orders::flatten;
use crate::running::Running;

pub(super) async fn run(
    run: &mut Running<'_>,
    input: &CloseAllInput,
) -> Result<ToolReply, CycleError> {
    let entry = JournalEntry::State {
        state: TradingState::ExitsOnly,
        scope: StateScope::Day,
        reason: format!("close_all: {}", input.reason),
        at: run.now(),
    };
    run.record(vec![entry]).await?;
    run.tell(Severity::Critical, "close_all", &input.reason)
        .await;
    let closed = flatten(run, ExitCause::Emergency, &input.reason).await?;
    let flat = closed.iter().all(|report| report.held.is_zero());
    Ok(ToolReply::CloseAll(CloseAllReport { closed, flat }))
}
