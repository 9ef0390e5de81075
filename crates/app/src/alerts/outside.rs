//! An alarm while there is no journal: of a run that could not begin, or of whoever watches from outside.

use catalyst_ports::notifier::{Alert, Notifier, Outbox, SetAside, Undelivered};
use chrono::TimeDelta;

use super::plan::says_the_same;

/// Tells the owner at once, unless the same words went out less than `repeat` ago, and keeps the alert
/// in `outbox` for the next run that has a journal.
///
/// # Errors
///
/// Neither a channel nor the outbox took it: whoever called is the last to say it aloud.
pub async fn raise_outside(
    notifier: &dyn Notifier,
    outbox: &dyn Outbox,
    repeat: TimeDelta,
    alert: Alert,
) -> Result<(), Undelivered> {
    let before = outbox.waiting().unwrap_or_else(|_unreadable| Vec::new());
    let since = alert.at - repeat;
    let is_told = before.iter().any(|aside| {
        aside.delivered && aside.alert.at > since && says_the_same(&aside.alert, &alert)
    });
    let delivered = !is_told && notifier.notify(&alert).await.is_ok();
    let kept = outbox.put(&SetAside { alert, delivered });
    if delivered { Ok(()) } else { kept }
}
