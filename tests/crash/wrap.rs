//! Journal, order desk, account and clock with a hook at each end of every call.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::{ClientOrderId, CycleId, Execution, Leg, OrderPlan, OrderTicket};
use catalyst_domain::reconcile::ForeignOrder;
use catalyst_domain::risk::ApprovedOrder;
use catalyst_ports::account::{AccountBook, AccountError, AccountSnapshot};
use catalyst_ports::clock::Clock;
use catalyst_ports::journal::{
    CycleRecord, CycleStart, DayJournal, IntentRecord, Journal, JournalEntry, JournalError,
    Spending, SpendingBook,
};
use catalyst_ports::order_gateway::{GatewayError, OrderGateway, SubmitError};
use chrono::{DateTime, Utc};

use super::hook::{Call, Hook, Side, Step};

/// Any port with the hook of the run that uses it.
pub(super) struct Hooked<T> {
    pub(super) inner: T,
    pub(super) hook: Arc<Hook>,
}

impl<T> Hooked<T> {
    async fn around<A>(&self, call: Call, inner: impl Future<Output = A>) -> A {
        self.hook.pass(call, Side::Before).await;
        let answer = inner.await;
        self.hook.pass(call, Side::After).await;
        answer
    }
}

/// The plan of an order that `entries` announce.
fn announced(entries: &[JournalEntry]) -> Option<&OrderPlan> {
    entries.iter().find_map(|entry| {
        if let JournalEntry::Intent(intent) = entry {
            Some(&intent.plan)
        } else {
            None
        }
    })
}

/// Passed on: it is asked when nothing has been sent yet, and nothing follows from it but silence.
#[async_trait]
impl<T: Journal> SpendingBook for Hooked<T> {
    async fn spending(&self, date: TradingDate, advisor: &str) -> Result<Spending, JournalError> {
        self.inner.spending(date, advisor).await
    }
}

#[async_trait]
impl<T: Journal> Journal for Hooked<T> {
    async fn open(&self, start: CycleStart) -> Result<CycleId, JournalError> {
        self.around(Call::Open, self.inner.open(start)).await
    }

    async fn record(&self, cycle: CycleId, entries: Vec<JournalEntry>) -> Result<(), JournalError> {
        let (before, after) = match announced(&entries) {
            Some(OrderPlan::Bracket(_)) => (Step::BeforeIntent, Step::AfterIntent),
            Some(OrderPlan::Protect(_)) => (Step::WhileProtecting, Step::WhileProtecting),
            Some(OrderPlan::Exit(_)) => (Step::WhileClosing, Step::WhileClosing),
            None => (self.hook.step(), self.hook.step()),
        };
        self.hook.reach(before);
        self.hook.pass(Call::Record, Side::Before).await;
        self.inner.record(cycle, entries).await?;
        self.hook.reach(after);
        self.hook.pass(Call::Record, Side::After).await;
        Ok(())
    }

    async fn close(
        &self,
        record: CycleRecord,
        entries: Vec<JournalEntry>,
    ) -> Result<(), JournalError> {
        self.around(Call::Close, self.inner.close(record, entries))
            .await
    }

    async fn unsettled(&self) -> Result<Vec<IntentRecord>, JournalError> {
        self.around(Call::Unsettled, self.inner.unsettled()).await
    }

    async fn day(&self, date: TradingDate) -> Result<Arc<DayJournal>, JournalError> {
        self.around(Call::Day, self.inner.day(date)).await
    }
}

/// Names that have reached the broker, of every run of a scene.
pub(super) type Sent = Arc<Mutex<Vec<ClientOrderId>>>;

/// The order desk, which remembers beyond the death of a run what it was sent.
pub(super) struct Desk<T> {
    pub(super) inner: T,
    pub(super) sent: Sent,
}

#[async_trait]
impl<T: OrderGateway> OrderGateway for Hooked<Desk<T>> {
    async fn submit(
        &self,
        order: ApprovedOrder,
        now: DateTime<Utc>,
    ) -> Result<OrderTicket, SubmitError> {
        self.hook.pass(Call::Submit, Side::Before).await;
        self.inner.sent.lock().unwrap().push(order.id());
        let answer = self.inner.inner.submit(order, now).await;
        let is_entry = self.hook.step() == Step::AfterIntent;
        if is_entry {
            self.hook.reach(Step::AfterSend);
        }
        self.hook.pass(Call::Submit, Side::After).await;
        if is_entry {
            self.hook.reach(Step::AfterAcknowledgement);
        }
        answer
    }

    async fn cancel(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        self.hook.pass(Call::Cancel, Side::Before).await;
        let answer = self.inner.inner.cancel(id).await;
        if id.leg() != Leg::Entry {
            self.hook.reach(Step::Uncovered);
        }
        self.hook.pass(Call::Cancel, Side::After).await;
        answer
    }

    async fn ticket(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        self.hook.pass(Call::Ticket, Side::Before).await;
        let answer = self.inner.inner.ticket(id).await;
        let is_filled = matches!(&answer, Ok(Some(ticket)) if !ticket.filled.is_zero());
        if is_filled && self.hook.step() == Step::AfterAcknowledgement {
            self.hook.reach(Step::AfterFill);
        }
        self.hook.pass(Call::Ticket, Side::After).await;
        answer
    }

    async fn working(&self) -> Result<Vec<OrderTicket>, GatewayError> {
        self.around(Call::Working, self.inner.inner.working()).await
    }

    async fn foreign(&self) -> Result<Vec<ForeignOrder>, GatewayError> {
        self.inner.inner.foreign().await
    }
}

/// An account as a run sees it.
pub(super) struct Watched(pub(super) Arc<dyn AccountBook>);

#[async_trait]
impl AccountBook for Hooked<Watched> {
    async fn snapshot(&self) -> Result<AccountSnapshot, AccountError> {
        self.around(Call::Snapshot, self.inner.0.snapshot()).await
    }

    async fn executions_since(
        &self,
        moment: DateTime<Utc>,
    ) -> Result<Vec<Execution>, AccountError> {
        self.around(Call::Executions, self.inner.0.executions_since(moment))
            .await
    }
}

/// The time as a run sees it; asking for it is no point.
#[async_trait]
impl Clock for Hooked<Arc<dyn Clock>> {
    fn now(&self) -> DateTime<Utc> {
        self.inner.now()
    }

    async fn sleep_until(&self, moment: DateTime<Utc>) {
        self.around(Call::Wait, self.inner.sleep_until(moment))
            .await;
    }
}
