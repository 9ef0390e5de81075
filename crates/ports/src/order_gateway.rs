//! Where approved orders go. Takes nothing else.

use async_trait::async_trait;
use catalyst_domain::order::{ClientOrderId, OrderTicket};
use catalyst_domain::reconcile::ForeignOrder;
use catalyst_domain::risk::ApprovedOrder;
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::Source;

/// The three endings of a submission that are not an acknowledgement, and the one that never began.
#[derive(Debug, Error)]
pub enum SubmitError {
    /// Final: the broker or the exchange said no.
    #[error("rejected: {reason}")]
    Rejected {
        /// In the broker's words.
        reason: String,
    },
    /// It never left; the idea may be judged anew.
    #[error("not sent")]
    NotSent {
        /// Why.
        source: Source,
    },
    /// It may be at work. Never sent again; the next settling finds out.
    #[error("outcome unknown")]
    OutcomeUnknown {
        /// Why.
        source: Source,
    },
    /// The approval was too old.
    #[error("the approval had lapsed")]
    Lapsed,
}

/// What to do when the broker does not answer about an order.
#[derive(Debug, Error)]
pub enum GatewayError {
    /// Ask again later; assume nothing.
    #[error("the broker is unavailable")]
    Unavailable {
        /// Why.
        source: Source,
    },
    /// It is not at work, and what became of it is not to be had: the broker shows orders of its day
    /// only. Positions tell what it did.
    #[error("the broker no longer shows orders of that day")]
    OutOfSight,
    /// Raise an alarm: the answer contradicts itself.
    #[error("the broker's answer is malformed")]
    Malformed {
        /// What was wrong.
        source: Source,
    },
}

/// Orders at the broker.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait OrderGateway: Send + Sync {
    /// Sends an order and returns the ticket of its first leg. An id is accepted once; the same id
    /// again is rejected. A bracket's exits are held until its entry fills.
    async fn submit(
        &self,
        order: ApprovedOrder,
        now: DateTime<Utc>,
    ) -> Result<OrderTicket, SubmitError>;

    /// Asks for the end of one order and returns its ticket afterwards. An order that has ended
    /// already answers with its ticket; one that never arrived with `None`.
    async fn cancel(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError>;

    /// The ticket of one order, dead or alive; `None` when the broker never had it, which is an error
    /// where the broker cannot say.
    async fn ticket(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError>;

    /// Every order that may still fill, complete or an error.
    async fn working(&self) -> Result<Vec<OrderTicket>, GatewayError>;

    /// Every order at the account that may still fill and is not the agent's, complete or an error.
    async fn foreign(&self) -> Result<Vec<ForeignOrder>, GatewayError>;
}
