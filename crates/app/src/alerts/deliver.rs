//! Delivery: what waits is sent when the work of a run is done. Nothing here fails a run.

use catalyst_ports::journal::JournalEntry;
use tracing::{error, warn};

use super::AlertDesk;
use super::plan::plan;
use crate::chain;
use crate::running::Running;

/// Sends what waits and may go, and keeps what became of it. The notifier bounds the time.
pub(crate) async fn deliver(run: &mut Running<'_>) {
    let Some(desk) = &run.ports.alerts else {
        return;
    };
    take_in(run, desk).await;
    let now = run.now();
    let kept = match desk.queue.alerts(now).await {
        Ok(kept) => kept,
        Err(failure) => {
            warn!(cycle.id = %run.id, cause = chain(&failure), "waiting alerts cannot be read");
            return;
        }
    };
    let mut ended = Vec::new();
    for dispatch in plan(&kept, run.policy.alerts, &run.rules.calendar, now) {
        if run.send(&dispatch.alert).await {
            let ending = dispatch.ending;
            ended.extend(
                dispatch
                    .covers
                    .into_iter()
                    .map(|number| JournalEntry::AlertEnded {
                        number,
                        ending,
                        at: now,
                    }),
            );
        }
    }
    if ended.is_empty() {
        return;
    }
    if let Err(failure) = run.ports.journal.record(run.id, ended).await {
        let cause = chain(&failure);
        error!(cycle.id = %run.id, cause, "alerts went out and will go out again");
    }
}

/// Brings into the journal what it could not take before.
async fn take_in(run: &Running<'_>, desk: &AlertDesk) {
    let waiting = match desk.outbox.waiting() {
        Ok(waiting) if waiting.is_empty() => return,
        Ok(waiting) => waiting,
        Err(failure) => {
            error!(cycle.id = %run.id, cause = chain(&failure), "the outbox cannot be read");
            return;
        }
    };
    let entries = waiting.into_iter().map(|aside| JournalEntry::Alert {
        alert: aside.alert,
        delivered: aside.delivered,
    });
    if let Err(failure) = run.ports.journal.record(run.id, entries.collect()).await {
        warn!(cycle.id = %run.id, cause = chain(&failure), "the outbox waits on");
    } else if let Err(failure) = desk.outbox.clear() {
        error!(cycle.id = %run.id, cause = chain(&failure), "the outbox is sent again");
    }
}
