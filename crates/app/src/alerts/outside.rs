//! An alarm while there is no journal: of a run that could not begin, or of whoever watches from outside.

use catalyst_ports::journal::KeptAlert;
use catalyst_ports::notifier::{Alert, Notifier, Outbox, SetAside, Undelivered};
use chrono::TimeDelta;

use super::plan::{says_the_same, was_sent};
use super::words::{MESSAGE_MAX, cleaned};

/// The ways of whoever has no journal to write in.
#[derive(Clone, Copy)]
pub struct OutsideDesk<'a> {
    /// To the owner.
    pub notifier: &'a dyn Notifier,
    /// To the next run that has a journal.
    pub outbox: &'a dyn Outbox,
    /// What a journal says was raised lately; nothing where it cannot be read.
    pub kept: &'a [KeptAlert],
    /// The same words go out once in this span.
    pub repeat: TimeDelta,
}

impl std::fmt::Debug for OutsideDesk<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OutsideDesk").finish_non_exhaustive()
    }
}

/// Tells the owner at once, and keeps the alert in the outbox for the next run that has a journal. Where
/// the same words went out lately it is only kept there or, when a journal has them, not at all.
///
/// # Errors
///
/// Neither a channel nor the outbox took it: whoever called is the last to say it aloud.
pub async fn raise_outside(desk: OutsideDesk<'_>, alert: Alert) -> Result<(), Undelivered> {
    let message = cleaned(&alert.message, MESSAGE_MAX);
    let alert = Alert { message, ..alert };
    let since = alert.at - desk.repeat;
    if was_sent(desk.kept, &alert, since) {
        return Ok(());
    }
    let before = desk
        .outbox
        .waiting()
        .unwrap_or_else(|_unreadable| Vec::new());
    let is_told = before.iter().any(|aside| {
        aside.delivered && aside.alert.at > since && says_the_same(&aside.alert, &alert)
    });
    let delivered = !is_told && desk.notifier.notify(&alert).await.is_ok();
    let kept = desk.outbox.put(&SetAside { alert, delivered });
    if delivered { Ok(()) } else { kept }
}
