//! What every order gateway promises. `order_gateway_contract!` makes a test of each promise.
//!
//! A gateway has a world behind it, so the suite asks a harness for the view of that world and for
//! orders that rest or trade in it. Every order passes the gate; there is no other way to make one.

use async_trait::async_trait;
use catalyst_domain::order::{
    ClientOrderId, EntryIntent, Leg, OrderIntent, OrderTicket, TicketStatus,
};
use catalyst_domain::risk::{ApprovedOrder, RiskDecision, RiskGate};
use catalyst_domain::side::Side;
use catalyst_ports::account::AccountBook;
use catalyst_ports::order_gateway::{OrderGateway, SubmitError};
use chrono::{DateTime, TimeDelta, Utc};

use crate::builders::{ViewBuilder, a_cycle, an_order, limits};

/// A broker in a state that the suite can count on: open for entries, nothing held, nothing at work.
#[async_trait]
pub trait GatewayHarness: Send + Sync {
    /// The gateway under test.
    fn gateway(&self) -> &dyn OrderGateway;

    /// The account behind it.
    fn account(&self) -> &dyn AccountBook;

    /// The present moment of the broker's world.
    fn now(&self) -> DateTime<Utc>;

    /// The gate's view of that world, in which `resting` and `trading` pass.
    fn view(&self) -> ViewBuilder;

    /// A limit entry below the market that does not fill before `pass_time`.
    fn resting(&self) -> EntryIntent;

    /// An entry that has filled completely after `pass_time`, its exits not.
    fn trading(&self) -> EntryIntent;

    /// Lets enough time pass in the broker's world for `trading` to fill.
    async fn pass_time(&self);
}

/// The approval of `entry` by the owner's limits, as the first order of the harness's day.
pub fn approved(harness: &dyn GatewayHarness, entry: EntryIntent) -> ApprovedOrder {
    let name = harness
        .view()
        .moment
        .date
        .as_naive()
        .format("%Y%m%d-1000.1");
    let id = an_order(a_cycle(&name.to_string()), 1, Leg::Entry);
    let gate = RiskGate::new(limits());
    let intent = OrderIntent::Entry(entry);
    match gate.review(&intent, &harness.view().view(), id) {
        RiskDecision::Approved(order) => order,
        RiskDecision::Refused(refusal) => panic!("the harness's entry is refused: {refusal}"),
    }
}

async fn sent(harness: &dyn GatewayHarness, entry: EntryIntent) -> OrderTicket {
    let order = approved(harness, entry);
    harness
        .gateway()
        .submit(order, harness.now())
        .await
        .unwrap()
}

/// A name that no order has.
fn unknown(harness: &dyn GatewayHarness) -> ClientOrderId {
    let date = harness.view().moment.date.as_naive();
    let name = date.format("%Y%m%d-1130.9").to_string();
    an_order(a_cycle(&name), 77, Leg::Entry)
}

/// The ticket of a submission is that of the first leg, as it was approved.
pub async fn a_submission_returns_the_ticket_of_its_first_leg(harness: &dyn GatewayHarness) {
    let entry = harness.resting();

    let ticket = sent(harness, entry.clone()).await;

    assert_eq!(ticket.id.leg(), Leg::Entry);
    assert_eq!(ticket.symbol, entry.idea.symbol);
    assert_eq!(ticket.side, Side::Buy);
    assert_eq!(ticket.price, Some(entry.idea.entry));
    assert_eq!(ticket.shares, entry.shares);
    assert_eq!(ticket.status, TicketStatus::Working);
    assert!(ticket.filled.is_zero());
    assert_eq!(
        harness.gateway().ticket(ticket.id).await.unwrap(),
        Some(ticket)
    );
}

/// The same id again is rejected, and the first order stays as it was.
pub async fn an_id_is_accepted_once(harness: &dyn GatewayHarness) {
    let first = sent(harness, harness.resting()).await;

    let again = approved(harness, harness.resting());
    let refused = harness.gateway().submit(again, harness.now()).await;

    assert!(
        matches!(refused, Err(SubmitError::Rejected { .. })),
        "the id is taken, found {refused:?}"
    );
    assert_eq!(
        harness.gateway().ticket(first.id).await.unwrap(),
        Some(first)
    );
}

/// An approval that is too old is refused by the gateway itself, and nothing is sent.
pub async fn a_lapsed_approval_is_refused(harness: &dyn GatewayHarness) {
    let order = approved(harness, harness.resting());
    let (id, late) = (order.id(), order.until() + TimeDelta::microseconds(1));

    let refused = harness.gateway().submit(order, late).await;

    assert!(
        matches!(refused, Err(SubmitError::Lapsed)),
        "found {refused:?}"
    );
    assert_eq!(harness.gateway().ticket(id).await.unwrap(), None);
    assert_eq!(harness.gateway().working().await.unwrap(), []);
}

/// All that may still fill is at work: the entry, and its exits that are held until it fills.
pub async fn working_is_complete(harness: &dyn GatewayHarness) {
    assert_eq!(harness.gateway().working().await.unwrap(), []);
    let entry = sent(harness, harness.resting()).await;

    let working = harness.gateway().working().await.unwrap();

    let status_of = |leg| {
        let id = entry.id.sibling(leg);
        let ticket = working.iter().find(|ticket| ticket.id == id);
        ticket.map(|ticket| ticket.status)
    };
    assert_eq!(working.len(), 3);
    assert_eq!(status_of(Leg::Entry), Some(TicketStatus::Working));
    assert_eq!(status_of(Leg::Stop), Some(TicketStatus::Held));
    assert_eq!(status_of(Leg::Target), Some(TicketStatus::Held));
}

/// A filled entry is no longer at work, and its exits guard exactly what was bought.
pub async fn exits_go_to_work_when_their_entry_fills(harness: &dyn GatewayHarness) {
    let entry = sent(harness, harness.trading()).await;

    harness.pass_time().await;

    let filled = harness.gateway().ticket(entry.id).await.unwrap().unwrap();
    assert_eq!(filled.status, TicketStatus::Filled);
    assert_eq!(filled.filled, entry.shares);
    let working = harness.gateway().working().await.unwrap();
    let stop = working
        .iter()
        .find(|ticket| ticket.id == entry.id.sibling(Leg::Stop))
        .unwrap();
    assert_eq!(stop.status, TicketStatus::Working);
    assert_eq!(stop.side, Side::Sell);
    assert_eq!(stop.remaining(), entry.shares);
    assert!(working.iter().all(|ticket| ticket.id != entry.id));
}

/// Asking twice for the end of an order changes nothing the second time; with an entry that has not
/// filled its exits end too.
pub async fn cancelling_twice_is_cancelling_once(harness: &dyn GatewayHarness) {
    let entry = sent(harness, harness.resting()).await;

    let first = harness.gateway().cancel(entry.id).await.unwrap();
    let second = harness.gateway().cancel(entry.id).await.unwrap();

    let status = first.map(|ticket| ticket.status);
    assert_eq!(status, Some(TicketStatus::Cancelled));
    assert_eq!(second, first);
    assert_eq!(harness.gateway().working().await.unwrap(), []);
}

/// An order that has filled answers a cancellation with its ticket.
pub async fn a_filled_order_is_not_cancelled(harness: &dyn GatewayHarness) {
    let entry = sent(harness, harness.trading()).await;
    harness.pass_time().await;

    let answer = harness.gateway().cancel(entry.id).await.unwrap();

    let status = answer.map(|ticket| ticket.status);
    assert_eq!(status, Some(TicketStatus::Filled));
}

/// What never arrived is `None`, to a question and to a cancellation.
pub async fn an_unknown_id_is_none(harness: &dyn GatewayHarness) {
    let id = unknown(harness);

    assert_eq!(harness.gateway().ticket(id).await.unwrap(), None);
    assert_eq!(harness.gateway().cancel(id).await.unwrap(), None);
}

/// Makes a test of each promise of [`catalyst_ports::order_gateway::OrderGateway`].
///
/// `$fresh` is a path to an async function that returns a [`GatewayHarness`].
#[macro_export]
macro_rules! order_gateway_contract {
    ($fresh:path) => {
        $crate::order_gateway_contract! { @each $fresh:
            a_submission_returns_the_ticket_of_its_first_leg
            an_id_is_accepted_once
            a_lapsed_approval_is_refused
            working_is_complete
            exits_go_to_work_when_their_entry_fills
            cancelling_twice_is_cancelling_once
            a_filled_order_is_not_cancelled
            an_unknown_id_is_none
        }
    };
    (@each $fresh:path: $($promise:ident)+) => {$(
        #[tokio::test]
        async fn $promise() {
            let harness = $fresh().await;
            $crate::contract::order_gateway::$promise(&harness).await;
        }
    )+};
}
