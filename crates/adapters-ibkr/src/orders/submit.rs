//! Submit: sends a family once and finds out what became of it, within a bound.

use std::time::Duration;

use catalyst_domain::order::{ClientOrderId, OrderPlan, OrderTicket, TicketStatus};
use ibapi::contracts::Contract;
use tokio::time::{Instant, sleep_until};
use tracing::{error, warn};

use super::codes::{Meaning, meaning_of};
use super::family::{Member, family_of};
use super::known::Known;
use super::look_up::{Found, look_up};
use super::verdict::{Verdict, verdict_of};
use crate::failure::IbkrError;
use crate::session::{Desk, Line, within};

/// Between two look-ups of an order whose end is in doubt.
const LOOK_PAUSE: Duration = Duration::from_millis(250);

/// What became of a submission.
#[derive(Debug)]
pub(crate) enum Submission {
    Taken(OrderTicket),
    Rejected(String),
    /// Nothing has left.
    NotSent(IbkrError),
    Unknown(IbkrError),
}

/// What is to be sent.
pub(crate) struct Parcel<'a> {
    pub(crate) plan: &'a OrderPlan,
    pub(crate) id: ClientOrderId,
    pub(crate) contract: &'a Contract,
    /// For the acknowledgement of all legs.
    pub(crate) patience: Duration,
}

/// Sends `parcel` and waits until every leg was spoken of. The name must be new to the broker.
pub(crate) async fn submit(line: &Line, desk: &mut Desk, parcel: &Parcel<'_>) -> Submission {
    match look_up(line, desk, parcel.id).await {
        Ok(Found::Nowhere) => {}
        Ok(Found::Ticket(_)) => {
            return Submission::Rejected(format!("order {} was sent before", parcel.id));
        }
        Err(failure) => return Submission::NotSent(failure),
    }
    let members = match numbered(line, desk, parcel) {
        Ok(members) => members,
        Err(failure) => return Submission::NotSent(failure),
    };
    let deadline = Instant::now() + parcel.patience;
    if let Err(ending) = send(line, parcel, &members).await {
        return ending;
    }
    let heard = listen(line, desk, &members, deadline).await;
    let verdict = match heard {
        Ok(verdict) => verdict,
        Err(failure) => return Submission::Unknown(failure),
    };
    warn_of_flips(desk, &members);
    match verdict {
        Verdict::Taken => taken(desk, &members),
        Verdict::Refused(reason) => refused(line, desk, &members, reason).await,
        Verdict::Wait | Verdict::Doubtful => {
            recheck(line, desk, &members, parcel.patience, deadline).await
        }
    }
}

/// The family with consecutive order ids, entered in the book before anything leaves.
fn numbered(line: &Line, desk: &mut Desk, parcel: &Parcel<'_>) -> Result<Vec<Member>, IbkrError> {
    let built = family_of(parcel.plan, parcel.id, &line.account);
    let mut members = built.map_err(|bad| IbkrError::Garbled {
        what: "an order",
        text: bad.to_string(),
    })?;
    let is_bracket = matches!(parcel.plan, OrderPlan::Bracket(_));
    let mut first = None;
    for member in &mut members {
        member.order.order_id = line.client.next_order_id();
        let parent = *first.get_or_insert(member.order.order_id);
        if is_bracket && parent != member.order.order_id {
            member.order.parent_id = parent;
        }
        desk.book.expect(member.order.order_id, &member.planned);
    }
    Ok(members)
}

/// Writes every leg. Only a failure of the first that the client itself made means that nothing left.
async fn send(line: &Line, parcel: &Parcel<'_>, members: &[Member]) -> Result<(), Submission> {
    for (place, member) in members.iter().enumerate() {
        let order = &member.order;
        let writing = line
            .client
            .submit_order(order.order_id, parcel.contract, order);
        if let Err(failure) = within("an order", parcel.patience, writing).await {
            let is_ours = matches!(
                failure,
                IbkrError::Garbled { .. } | IbkrError::Version { .. }
            );
            if failure.is_lost() {
                line.give_up();
            }
            return Err(if place == 0 && is_ours {
                Submission::NotSent(failure)
            } else {
                Submission::Unknown(failure)
            });
        }
    }
    Ok(())
}

/// Reads updates until the family is decided or the time is over.
async fn listen(
    line: &Line,
    desk: &mut Desk,
    members: &[Member],
    deadline: Instant,
) -> Result<Verdict, IbkrError> {
    loop {
        let verdict = verdict_of(&desk.book, members);
        if verdict != Verdict::Wait || !desk.wait(line, deadline).await? {
            return Ok(verdict);
        }
    }
}

fn taken(desk: &Desk, members: &[Member]) -> Submission {
    let first = members
        .first()
        .and_then(|first| desk.book.ticket(first.planned.id));
    first.map_or(
        Submission::Unknown(IbkrError::Garbled {
            what: "an order",
            text: "the family was taken and has no ticket".to_owned(),
        }),
        Submission::Taken,
    )
}

/// A family without its first leg must not stay at work.
async fn refused(line: &Line, desk: &mut Desk, members: &[Member], reason: String) -> Submission {
    for member in members.iter().skip(1) {
        let known = desk.book.ticket(member.planned.id);
        if known.is_some_and(|ticket| ticket.status.is_alive()) {
            let withdrawing = line.client.cancel_order(member.order.order_id, "");
            if let Err(failure) = line.ask("a cancellation", withdrawing).await {
                return Submission::Unknown(failure);
            }
        }
    }
    Submission::Rejected(reason)
}

/// Decides by whole answers what the updates left open, asked again until `deadline`. An end counts only
/// with words that say why: an order may be told cancelled (10349) and work a moment later, and taking
/// its exits away would leave what it buys bare.
async fn recheck(
    line: &Line,
    desk: &mut Desk,
    members: &[Member],
    patience: Duration,
    deadline: Instant,
) -> Submission {
    let Some(first) = members.first() else {
        return Submission::Unknown(silent(patience));
    };
    loop {
        let found = match look_up(line, desk, first.planned.id).await {
            Ok(found) => found,
            Err(failure) => return Submission::Unknown(failure),
        };
        if let Found::Ticket(ticket) = found {
            let has_ended = ticket.filled.is_zero()
                && matches!(
                    ticket.status,
                    TicketStatus::Cancelled | TicketStatus::Rejected
                );
            let known = desk.book.find(first.planned.id);
            match known.and_then(Known::end_words) {
                Some(reason) if has_ended => return refused(line, desk, members, reason).await,
                None if has_ended => {}
                _ if ticket.status == TicketStatus::Held => {}
                _ => return Submission::Taken(ticket),
            }
        }
        let next = Instant::now() + LOOK_PAUSE;
        if next >= deadline {
            return Submission::Unknown(silent(patience));
        }
        sleep_until(next).await;
    }
}

const fn silent(patience: Duration) -> IbkrError {
    IbkrError::Silent {
        what: "an order",
        within: patience,
    }
}

/// The agent is long only: an order that would sell what is not held is an alarm.
fn warn_of_flips(desk: &Desk, members: &[Member]) {
    for member in members {
        let known = desk.book.find(member.planned.id);
        for (code, text) in known.into_iter().flat_map(|known| &known.words) {
            match meaning_of(*code) {
                Meaning::FlipRisk => {
                    error!(order.id = %member.planned.id, code, text, "may sell what is not held");
                }
                Meaning::LivesOn | Meaning::Open => {
                    warn!(order.id = %member.planned.id, code, text, "the order lives on");
                }
                Meaning::Rejected | Meaning::Cancelled | Meaning::NotCancelled => {}
            }
        }
    }
}
