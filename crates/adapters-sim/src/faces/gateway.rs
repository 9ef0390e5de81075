//! Where approved orders meet the simulated exchange.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::order::{ClientOrderId, Leg, OrderPlan, OrderTicket};
use catalyst_domain::reconcile::ForeignOrder;
use catalyst_domain::risk::ApprovedOrder;
use catalyst_ports::order_gateway::{GatewayError, OrderGateway, SubmitError};
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::exchange::OrderRefusal;
use crate::faults::Fault;
use crate::world::{SimWorld, Stopped};

/// The order desk. It takes approved orders, each once, and nothing else.
#[derive(Debug, Clone)]
pub struct SimGateway {
    world: Arc<SimWorld>,
}

impl SimGateway {
    /// The face of `world`.
    pub const fn new(world: Arc<SimWorld>) -> Self {
        Self { world }
    }
}

/// The planned break of the line.
#[derive(Debug, Error)]
#[error("the simulated connection broke")]
struct BrokenLine;

#[async_trait]
impl OrderGateway for SimGateway {
    async fn submit(
        &self,
        order: ApprovedOrder,
        now: DateTime<Utc>,
    ) -> Result<OrderTicket, SubmitError> {
        if order.has_lapsed(now) {
            return Err(SubmitError::Lapsed);
        }
        let mut world = self.world.state().map_err(|stopped| SubmitError::NotSent {
            source: Box::new(stopped),
        })?;
        let broken_line = || SubmitError::OutcomeUnknown {
            source: Box::new(BrokenLine),
        };
        let at = now.max(world.now());
        let fault = world.next_fault();
        match fault {
            Some(Fault::UnknownBeforeAcceptance) => return Err(broken_line()),
            Some(Fault::StopRefused) if matches!(order.plan(), OrderPlan::Protect(_)) => {
                return Err(rejected(&OrderRefusal::StopRefused));
            }
            Some(Fault::StopRefused | Fault::UnknownAfterAcceptance) | None => {}
        }
        let exchange = world.exchange_mut();
        let ticket = exchange.accept(order.plan(), order.id(), at);
        let ticket = ticket.map_err(|refusal| rejected(&refusal))?;
        match fault {
            Some(Fault::UnknownAfterAcceptance) => Err(broken_line()),
            Some(Fault::StopRefused) => {
                exchange.refuse_stop(order.id().sibling(Leg::Stop));
                Ok(ticket)
            }
            Some(Fault::UnknownBeforeAcceptance) | None => Ok(ticket),
        }
    }

    async fn cancel(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        let mut world = self.world.state().map_err(unavailable)?;
        let now = world.now();
        let cancelled = world.exchange_mut().cancel(id, now);
        cancelled.map_err(|error| GatewayError::Unavailable {
            source: Box::new(error),
        })
    }

    async fn ticket(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        let world = self.world.state().map_err(unavailable)?;
        Ok(world.exchange().ticket(id))
    }

    async fn working(&self) -> Result<Vec<OrderTicket>, GatewayError> {
        let world = self.world.state().map_err(unavailable)?;
        Ok(world.exchange().working())
    }

    /// Nobody else trades at this account.
    async fn foreign(&self) -> Result<Vec<ForeignOrder>, GatewayError> {
        Ok(Vec::new())
    }
}

fn rejected(refusal: &OrderRefusal) -> SubmitError {
    SubmitError::Rejected {
        reason: refusal.to_string(),
    }
}

fn unavailable(stopped: Stopped) -> GatewayError {
    GatewayError::Unavailable {
        source: Box::new(stopped),
    }
}
