//! `close_all`: the emergency. Everything is left, and the day takes no new entry.

use catalyst_domain::order::ExitCause;
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::{JournalEntry, StateScope};
use catalyst_ports::tool::{CloseAllInput, CloseAllReport, Severity, ToolReply};

use super::kept;
use super::send_alert::advisors_words;
use crate::CycleError;
use crate::orders::flatten;
use crate::running::Running;

pub(super) async fn run(
    run: &mut Running<'_>,
    input: &CloseAllInput,
) -> Result<ToolReply, CycleError> {
    let reason = kept(&input.reason);
    let entry = JournalEntry::State {
        state: TradingState::ExitsOnly,
        scope: StateScope::Day,
        reason: format!("close_all: {reason}"),
        at: run.now(),
    };
    run.record(vec![entry]).await?;
    let told = advisors_words(&reason, &run.seen_news);
    run.tell(Severity::Critical, "close_all", &told).await;
    let closed = flatten(run, ExitCause::Emergency, &reason).await?;
    let flat = closed.iter().all(|report| report.held.is_zero());
    Ok(ToolReply::CloseAll(CloseAllReport { closed, flat }))
}
