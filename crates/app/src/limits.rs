//! Limits: those of the settings against those last in force. A stricter one counts at once, a looser
//! one refuses entries until the owner accepts it.

use catalyst_ports::journal::{JournalEntry, LimitRecord};
use catalyst_ports::tool::Severity;

use crate::CycleError;
use crate::running::Running;

/// Who accepted what needs nobody.
const BY_ITSELF: &str = "settings";

/// Weighs the limits before anything is judged by them.
pub(crate) async fn weigh_limits(run: &mut Running<'_>) -> Result<(), CycleError> {
    let day = run.ports.journal.day(run.id.date()).await?;
    let weighed = day.limits.weigh(run.policy.gate.limits());
    if !weighed.stricter.is_empty() {
        run.note(JournalEntry::Limits {
            changes: weighed
                .stricter
                .into_iter()
                .map(LimitRecord::from)
                .collect(),
            accepted_by: BY_ITSELF.to_owned(),
            at: run.now(),
        });
    }
    run.looser_limit = weighed.looser.first().copied();
    if !weighed.looser.is_empty() {
        let changes: Vec<String> = weighed.looser.iter().map(ToString::to_string).collect();
        let text = format!(
            "{}; no entry until `catalyst risk accept` is run",
            changes.join(", ")
        );
        run.tell(
            Severity::Warning,
            "limits are looser than those in force",
            &text,
        )
        .await;
    }
    Ok(())
}
