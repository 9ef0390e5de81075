//! What others have at the account, what an earlier process had, and what nobody remembers.

use std::sync::Arc;

use catalyst_adapters_ibkr::IbkrGateway;
use catalyst_domain::order::Leg;
use catalyst_domain::side::Side;
use catalyst_ports::order_gateway::{GatewayError, OrderGateway as _, SubmitError};
use catalyst_testkit::builders::{a_cycle, an_order};
use catalyst_testkit::contract::order_gateway::{GatewayHarness as _, approved};

use crate::fixture::{a_desk, rest};

#[tokio::test]
async fn orders_of_another_client_are_seen_and_cannot_be_cancelled_here() {
    let desk = a_desk().await;
    let ticket = rest(&desk).await.unwrap();
    let other = IbkrGateway::new(desk.morning.session(|config| config.client_id = 18));

    let working = other.working().await.unwrap();
    let refused = other.cancel(ticket.id).await;

    assert_eq!(working.len(), 3);
    let Err(GatewayError::Malformed { source }) = refused else {
        panic!("{refused:?}");
    };
    assert!(
        source.to_string().contains("belongs to client 17"),
        "{source}"
    );
    assert_eq!(desk.morning.at_work().await.len(), 3);
}

#[tokio::test]
async fn the_owners_own_order_is_told_as_foreign() {
    let desk = a_desk().await;
    let address = desk.morning.emulator.address().to_string();
    let by_hand = ibapi::Client::connect(&address, 99).await.unwrap();
    let contract = ibapi::contracts::Contract::stock("700")
        .on_exchange("SEHK")
        .in_currency("HKD")
        .build();
    let order = ibapi::orders::Order {
        total_quantity: 100.0,
        order_type: "LMT".to_owned(),
        limit_price: Some(300.0),
        ..ibapi::orders::Order::default()
    };
    let id = by_hand.next_order_id();
    by_hand.submit_order(id, &contract, &order).await.unwrap();
    by_hand.server_time().await.unwrap();

    let foreign = desk.gateway.foreign().await.unwrap();

    let [order] = foreign.as_slice() else {
        panic!("{foreign:?}");
    };
    let told = (order.symbol.as_str(), order.side, order.shares.count());
    assert_eq!(told, ("00700", Side::Buy, 100));
    assert_eq!(desk.gateway.working().await.unwrap(), []);
    by_hand.disconnect().await;
}

#[tokio::test]
async fn what_the_broker_has_forgotten_is_out_of_sight_and_not_none() {
    let desk = a_desk().await;
    let old = an_order(a_cycle("20260911-1000.1"), 1, Leg::Stop);

    let answer = desk.gateway.ticket(old).await;

    assert!(
        matches!(answer, Err(GatewayError::OutOfSight)),
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_new_process_finds_everything_again() {
    let desk = a_desk().await;
    let again = approved(&desk, desk.trading());
    let entry = desk.bought().await;
    let before = desk.gateway.working().await.unwrap();
    desk.session.close().await;

    let next = desk.morning.session(|_| {});
    let gateway = IbkrGateway::new(Arc::clone(&next));

    assert_eq!(gateway.working().await.unwrap(), before);
    assert_eq!(gateway.ticket(entry.id).await.unwrap(), Some(entry));
    let at = again.approved_at();
    let refused = gateway.submit(again, at).await;
    assert!(
        matches!(refused, Err(SubmitError::Rejected { .. })),
        "{refused:?}"
    );
}
