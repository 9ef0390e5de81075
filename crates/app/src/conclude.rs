//! Conclude: how a run without an advisor ends, whatever it came to.

use catalyst_ports::journal::{CycleEnding, CycleRecord, JournalError};
use catalyst_ports::tool::Severity;

use crate::alerts::deliver;
use crate::running::Running;

/// Tells of a failure under the subject `failed`, sends what waits, and closes the record.
pub(crate) async fn conclude(
    run: &mut Running<'_>,
    failed: &str,
    ending: CycleEnding,
    summary: String,
) -> Result<(), JournalError> {
    if ending == CycleEnding::Failed {
        run.tell(Severity::Critical, failed, &summary).await;
    }
    deliver(run).await;
    let record = CycleRecord {
        id: run.id,
        ending,
        summary,
        tool_calls: 0,
        next_at: run.next_at(),
        at: run.now(),
    };
    run.finish(record).await
}
