//! The order desk: approved orders, their tickets and their ends.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::order::{ClientOrderId, OrderTicket};
use catalyst_domain::reconcile::ForeignOrder;
use catalyst_domain::risk::ApprovedOrder;
use catalyst_ports::order_gateway::{GatewayError, OrderGateway, SubmitError};
use chrono::{DateTime, Utc};
use thiserror::Error;
use tokio::time::Instant;
use tracing::warn;

use crate::failure::IbkrError;
use crate::orders::{
    Found, Meaning, Parcel, Submission, foreign_of, look_up, meaning_of, open, submit,
};
use crate::session::{Desk, IbkrSession, Line};
use crate::translate::order_contract;

/// Orders at the broker, by their own names.
#[derive(Debug, Clone)]
pub struct IbkrGateway {
    session: Arc<IbkrSession>,
}

/// Why the broker's answer cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
enum BadOrder {
    #[error("the open order {order} does not read")]
    Unreadable { order: ClientOrderId },
    #[error("order {order} belongs to client {client} and only that client can cancel it")]
    Elsewhere { order: ClientOrderId, client: i32 },
}

/// Why the outcome is not known, where the broker has said something about the order all the same.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{failure}; the broker's last words: {words}")]
struct Unsettled {
    failure: IbkrError,
    words: String,
}

impl IbkrGateway {
    /// The face of `session`.
    pub const fn new(session: Arc<IbkrSession>) -> Self {
        Self { session }
    }

    /// What was found, where nothing found is an answer only for an order of today.
    fn in_sight(
        &self,
        id: ClientOrderId,
        found: &Found,
    ) -> Result<Option<OrderTicket>, GatewayError> {
        let Found::Ticket(ticket) = found else {
            let today = self.session.rules.calendar.date_of(self.session.now());
            let sent = id.cycle().date();
            if sent == today {
                return Ok(None);
            }
            warn!(order.id = %id, %today, "neither open nor told of any more");
            return Err(GatewayError::OutOfSight);
        };
        Ok(Some(*ticket))
    }

    /// Asks for the end of an order that is open here, and waits until it has come or cannot.
    async fn end(
        &self,
        line: &Line,
        desk: &mut Desk,
        id: ClientOrderId,
    ) -> Result<(), GatewayError> {
        let order_id = match desk.book.order_id(id) {
            Some(Ok(order_id)) => order_id,
            Some(Err(client)) => {
                return Err(GatewayError::Malformed {
                    source: Box::new(BadOrder::Elsewhere { order: id, client }),
                });
            }
            None => return Ok(()),
        };
        let asking = line.client.cancel_order(order_id, "");
        let _answer = line.ask("a cancellation", asking).await.map_err(failed)?;
        let deadline = Instant::now() + self.session.config.call_timeout;
        let words = desk.book.words(id);
        while desk
            .book
            .ticket(id)
            .is_some_and(|ticket| ticket.status.is_alive())
        {
            let news = desk.book.words_after(id, words);
            let is_refused = news
                .into_iter()
                .any(|code| meaning_of(code) == Meaning::NotCancelled);
            if is_refused || !desk.wait(line, deadline).await.map_err(failed)? {
                break;
            }
        }
        Ok(())
    }
}

#[async_trait]
impl OrderGateway for IbkrGateway {
    async fn submit(
        &self,
        order: ApprovedOrder,
        now: DateTime<Utc>,
    ) -> Result<OrderTicket, SubmitError> {
        if order.has_lapsed(now) {
            return Err(SubmitError::Lapsed);
        }
        let session = &self.session;
        let date = session.rules.calendar.date_of(now);
        let line = session.line().await.map_err(not_sent)?;
        let plan = session.legal_plan(order.plan(), date).await;
        let plan = &plan.map_err(not_sent)?;
        session.sent.count(plan).map_err(not_sent)?;
        let mut desk = line.desk.lock().await;
        let parcel = Parcel {
            plan,
            id: order.id(),
            contract: &order_contract(plan.symbol(), session.config.order_exchange),
            patience: session.config.submit_timeout,
        };
        match submit(&line, &mut desk, &parcel).await {
            Submission::Taken(ticket) => Ok(ticket),
            Submission::Rejected(reason) => Err(SubmitError::Rejected { reason }),
            Submission::NotSent(failure) => Err(not_sent(failure)),
            Submission::Unknown(failure) => Err(SubmitError::OutcomeUnknown {
                source: match desk.book.last_words(order.id()) {
                    Some(words) => Box::new(Unsettled { failure, words }),
                    None => Box::new(failure),
                },
            }),
        }
    }

    async fn cancel(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        let line = self.session.line().await.map_err(failed)?;
        let mut desk = line.desk.lock().await;
        let found = look_up(&line, &mut desk, id).await.map_err(failed)?;
        match &found {
            Found::Ticket(ticket) if ticket.status.is_alive() => {}
            Found::Ticket(_) | Found::Nowhere => return self.in_sight(id, &found),
        }
        self.end(&line, &mut desk, id).await?;
        let found = look_up(&line, &mut desk, id).await.map_err(failed)?;
        self.in_sight(id, &found)
    }

    async fn ticket(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        let line = self.session.line().await.map_err(failed)?;
        let mut desk = line.desk.lock().await;
        let found = look_up(&line, &mut desk, id).await.map_err(failed)?;
        self.in_sight(id, &found)
    }

    async fn working(&self) -> Result<Vec<OrderTicket>, GatewayError> {
        let line = self.session.line().await.map_err(failed)?;
        let mut desk = line.desk.lock().await;
        open(&line, &mut desk).await.map_err(failed)?;
        match desk.book.unreadable() {
            Some(order) => Err(GatewayError::Malformed {
                source: Box::new(BadOrder::Unreadable { order }),
            }),
            None => Ok(desk.book.alive()),
        }
    }

    async fn foreign(&self) -> Result<Vec<ForeignOrder>, GatewayError> {
        let line = self.session.line().await.map_err(failed)?;
        let mut desk = line.desk.lock().await;
        open(&line, &mut desk).await.map_err(failed)?;
        Ok(foreign_of(&desk.book))
    }
}

fn failed(failure: IbkrError) -> GatewayError {
    let needs_owner = failure.needs_owner();
    let source = Box::new(failure);
    if needs_owner {
        GatewayError::Malformed { source }
    } else {
        GatewayError::Unavailable { source }
    }
}

fn not_sent(failure: IbkrError) -> SubmitError {
    SubmitError::NotSent {
        source: Box::new(failure),
    }
}
