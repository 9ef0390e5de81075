//! The simulated order desk of a real run: what reaches the exchange outlives the process, as it would
//! at a broker.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use catalyst_adapters_sim::faces::SimGateway;
use catalyst_adapters_sim::world::SimWorld;
use catalyst_domain::order::{ClientOrderId, OrderTicket};
use catalyst_domain::reconcile::ForeignOrder;
use catalyst_domain::risk::ApprovedOrder;
use catalyst_ports::order_gateway::{GatewayError, OrderGateway, SubmitError};
use chrono::{DateTime, Utc};

use super::account_file::save_account;

/// Saves the account of `world` in `state` whenever an order came or went.
pub(super) struct SavingGateway {
    inner: SimGateway,
    world: Arc<SimWorld>,
    state: PathBuf,
}

impl SavingGateway {
    pub(super) fn new(world: &Arc<SimWorld>, state: PathBuf) -> Self {
        Self {
            inner: SimGateway::new(Arc::clone(world)),
            world: Arc::clone(world),
            state,
        }
    }
}

#[async_trait]
impl OrderGateway for SavingGateway {
    async fn submit(
        &self,
        order: ApprovedOrder,
        now: DateTime<Utc>,
    ) -> Result<OrderTicket, SubmitError> {
        let ticket = self.inner.submit(order, now).await?;
        match save_account(&self.state, &self.world) {
            Ok(()) => Ok(ticket),
            Err(error) => Err(SubmitError::OutcomeUnknown {
                source: error.into(),
            }),
        }
    }

    async fn cancel(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        let ticket = self.inner.cancel(id).await?;
        match save_account(&self.state, &self.world) {
            Ok(()) => Ok(ticket),
            Err(error) => Err(GatewayError::Unavailable {
                source: error.into(),
            }),
        }
    }

    async fn ticket(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        self.inner.ticket(id).await
    }

    async fn working(&self) -> Result<Vec<OrderTicket>, GatewayError> {
        self.inner.working().await
    }

    async fn foreign(&self) -> Result<Vec<ForeignOrder>, GatewayError> {
        self.inner.foreign().await
    }
}
