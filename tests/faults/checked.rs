//! Account and order desk over the wire, each answer compared with what is true at that moment: an
//! answer that is not whole must be an error.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use catalyst_adapters_ibkr::{IbkrAccount, IbkrGateway};
use catalyst_adapters_sim::faces::{SimAccount, SimGateway};
use catalyst_domain::order::{ClientOrderId, Execution, OrderTicket};
use catalyst_domain::reconcile::ForeignOrder;
use catalyst_domain::risk::ApprovedOrder;
use catalyst_ports::account::{AccountBook, AccountError, AccountSnapshot};
use catalyst_ports::order_gateway::{GatewayError, OrderGateway, SubmitError};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// What was answered and is not so.
pub(super) type Lies = Arc<Mutex<Vec<String>>>;

/// A face of the wire beside the same face of the world.
pub(super) struct Checked<W, T> {
    pub(super) wired: W,
    pub(super) truth: T,
    pub(super) lies: Lies,
}

impl<W, T> Checked<W, T> {
    fn same<A: PartialEq + Debug>(&self, what: &str, told: &A, truth: &A) {
        if told != truth {
            self.lie(format!("{what} told as {told:?}, is {truth:?}"));
        }
    }

    fn lie(&self, lie: String) {
        self.lies.lock().unwrap().push(lie);
    }
}

/// Executions without their fees, which may come later.
fn deals(executions: &[Execution]) -> BTreeSet<String> {
    let line = |one: &Execution| {
        let fill = &one.fill;
        format!("{} {} at {}", fill.order, fill.shares, fill.price)
    };
    executions.iter().map(line).collect()
}

#[async_trait]
impl AccountBook for Checked<IbkrAccount, SimAccount> {
    async fn snapshot(&self) -> Result<AccountSnapshot, AccountError> {
        let told = self.wired.snapshot().await?;
        let truth = self.truth.snapshot().await?;
        self.same("positions", &told.positions, &truth.positions);
        if (told.cash.amount() - truth.cash.amount()).abs() > Decimal::ONE {
            self.lie(format!("cash told as {}, is {}", told.cash, truth.cash));
        }
        Ok(told)
    }

    async fn executions_since(
        &self,
        moment: DateTime<Utc>,
    ) -> Result<Vec<Execution>, AccountError> {
        let told = self.wired.executions_since(moment).await?;
        let truth = self.truth.executions_since(moment).await?;
        self.same("executions", &deals(&told), &deals(&truth));
        Ok(told)
    }
}

#[async_trait]
impl OrderGateway for Checked<IbkrGateway, SimGateway> {
    async fn submit(
        &self,
        order: ApprovedOrder,
        now: DateTime<Utc>,
    ) -> Result<OrderTicket, SubmitError> {
        let id = order.id();
        let answer = self.wired.submit(order, now).await;
        let truth = self.truth.ticket(id).await.ok().flatten();
        let is_alive = truth.is_some_and(|ticket| ticket.status.is_alive());
        if is_alive
            && let Err(failure @ (SubmitError::NotSent { .. } | SubmitError::Lapsed)) = &answer
        {
            self.lie(format!("{id} told as {failure}, and is at work"));
        }
        answer
    }

    async fn cancel(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        let told = self.wired.cancel(id).await?;
        self.check_ticket(id, told).await?;
        Ok(told)
    }

    async fn ticket(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        let told = self.wired.ticket(id).await?;
        self.check_ticket(id, told).await?;
        Ok(told)
    }

    async fn working(&self) -> Result<Vec<OrderTicket>, GatewayError> {
        let told = self.wired.working().await?;
        for ticket in self.truth.working().await? {
            let known = told.iter().find(|other| other.id == ticket.id);
            let known = known.map(|other| (other.shares, other.filled));
            let is = Some((ticket.shares, ticket.filled));
            self.same(&format!("working order {}", ticket.id), &known, &is);
        }
        Ok(told)
    }

    async fn foreign(&self) -> Result<Vec<ForeignOrder>, GatewayError> {
        self.wired.foreign().await
    }
}

impl Checked<IbkrGateway, SimGateway> {
    /// An order that is there must not be told as none, nor one at work as ended.
    async fn check_ticket(
        &self,
        id: ClientOrderId,
        told: Option<OrderTicket>,
    ) -> Result<(), GatewayError> {
        let Some(truth) = self.truth.ticket(id).await? else {
            return Ok(());
        };
        let told = told.map(|ticket| (ticket.filled, ticket.status.is_alive()));
        let is = Some((truth.filled, truth.status.is_alive()));
        self.same(&format!("order {id}"), &told, &is);
        Ok(())
    }
}
