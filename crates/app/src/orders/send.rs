//! Send: one approved order, journalled before it leaves, and the wait for what becomes of it.

use catalyst_domain::order::{ClientOrderId, OrderTicket};
use catalyst_domain::risk::ApprovedOrder;
use catalyst_ports::journal::{FamilyEnding, IntentRecord, JournalEntry};
use catalyst_ports::order_gateway::SubmitError;
use catalyst_ports::tool::Severity;
use chrono::{DateTime, TimeDelta, Utc};
use tracing::info;

use crate::CycleError;
use crate::running::Running;

/// How often the broker is asked about an order that is waited for.
const POLL_EVERY: TimeDelta = TimeDelta::seconds(5);

/// What became of a submission.
#[derive(Debug)]
pub(super) enum Sent {
    /// The broker has it.
    Taken(OrderTicket),
    /// The broker will not have it.
    Refused(String),
    /// Nobody knows; the symbol is blocked until a settling finds out.
    Unknown,
}

impl Sent {
    const fn as_str(&self) -> &'static str {
        match self {
            Self::Taken(_) => "taken",
            Self::Refused(_) => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// Journals `order` and sends it. When it cannot be journalled it is not sent.
pub(super) async fn send(
    run: &mut Running<'_>,
    order: ApprovedOrder,
    reason: &str,
    verdict: Vec<JournalEntry>,
) -> Result<Sent, CycleError> {
    let id = order.id();
    let intent = IntentRecord {
        id,
        plan: *order.plan(),
        reason: reason.to_owned(),
        at: order.approved_at(),
    };
    let mut entries = verdict;
    entries.push(JournalEntry::Intent(intent));
    run.record(entries).await?;
    run.tally.orders += 1;
    let now = run.now();
    let outcome = run.ports.gateway.submit(order, now).await;
    let at = run.now();
    let sent = match outcome {
        Ok(ticket) => {
            run.note(JournalEntry::Ticket { ticket, at });
            Sent::Taken(ticket)
        }
        Err(SubmitError::Rejected { reason }) => {
            never_worked(run, id, FamilyEnding::Rejected, at).await;
            Sent::Refused(reason)
        }
        Err(failure @ (SubmitError::NotSent { .. } | SubmitError::Lapsed)) => {
            never_worked(run, id, FamilyEnding::NotSent, at).await;
            Sent::Refused(failure.to_string())
        }
        Err(SubmitError::OutcomeUnknown { source }) => {
            let text = format!("order {id} was sent and nobody knows what became of it: {source}");
            run.tell(Severity::Critical, "order outcome unknown", &text)
                .await;
            Sent::Unknown
        }
    };
    info!(cycle.id = %run.id, order.id = %id, outcome = sent.as_str(), "order submitted");
    Ok(sent)
}

async fn never_worked(
    run: &mut Running<'_>,
    id: ClientOrderId,
    ending: FamilyEnding,
    at: DateTime<Utc>,
) {
    run.record_after(vec![JournalEntry::Settled { id, ending, at }])
        .await;
}

/// Waits until `id` has ended, `give_up` has come, or `grace` is over since the run was seen to be asked to
/// end; then cancels what is left of it.
///
/// Returns the last ticket; `None` when nobody knows whether it has ended.
pub(super) async fn await_end(
    run: &Running<'_>,
    id: ClientOrderId,
    mut give_up: DateTime<Utc>,
    grace: TimeDelta,
) -> Result<Option<OrderTicket>, CycleError> {
    let mut hurried = false;
    loop {
        let ticket = run.ports.gateway.ticket(id).await?;
        if ticket.is_none_or(|ticket| !ticket.status.is_alive()) {
            return Ok(ticket);
        }
        if run.stopped() && !hurried {
            hurried = true;
            give_up = give_up.min(run.now() + grace);
        }
        if run.now() >= give_up {
            let cancelled = run.ports.gateway.cancel(id).await?;
            return Ok(cancelled.filter(|ticket| !ticket.status.is_alive()));
        }
        let next = (run.now() + POLL_EVERY).min(give_up);
        if hurried {
            run.ports.clock.sleep_until(next).await;
        } else {
            run.wait_until(next).await;
        }
    }
}
