//! What every account book promises, with a gateway beside it to make things happen.
//! `account_contract!` makes a test of each promise.

use std::collections::BTreeSet;

use catalyst_domain::order::{Fill, OrderTicket};
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use chrono::{DateTime, TimeDelta, Utc};

use super::order_gateway::{GatewayHarness, approved};

/// Buys what the harness says trades, and returns the ticket of the entry with its fills.
async fn bought(harness: &dyn GatewayHarness) -> (OrderTicket, Vec<Fill>) {
    let begin = harness.now();
    let order = approved(harness, harness.trading());
    let ticket = harness.gateway().submit(order, begin).await.unwrap();
    harness.pass_time().await;
    (ticket, fills_since(harness, begin).await)
}

/// What changed hands at or after `moment`.
async fn fills_since(harness: &dyn GatewayHarness, moment: DateTime<Utc>) -> Vec<Fill> {
    let told = harness.account().executions_since(moment).await.unwrap();
    told.into_iter().map(|one| one.fill).collect()
}

/// Nothing held: no position, and equity is the cash.
pub async fn a_flat_account_is_its_cash(harness: &dyn GatewayHarness) {
    let account = harness.account().snapshot().await.unwrap();

    assert_eq!(account.positions, []);
    assert_eq!(account.equity, account.cash);
}

/// An order at work moves no shares and no cash.
pub async fn a_resting_order_changes_no_position(harness: &dyn GatewayHarness) {
    let before = harness.account().snapshot().await.unwrap();
    let order = approved(harness, harness.resting());
    let _ticket = harness
        .gateway()
        .submit(order, harness.now())
        .await
        .unwrap();

    let after = harness.account().snapshot().await.unwrap();

    assert_eq!(after.positions, []);
    assert_eq!(after.cash, before.cash);
}

/// The fills of an order name it, add up to it, and keep its worst price.
pub async fn fills_add_up_to_their_order(harness: &dyn GatewayHarness) {
    let (ticket, fills) = bought(harness).await;

    let total = fills
        .iter()
        .fold(Shares::ZERO, |sum, fill| sum.plus(fill.shares));
    assert_eq!(total, ticket.shares);
    for fill in &fills {
        assert_eq!((fill.order, fill.symbol), (ticket.id, ticket.symbol));
        assert_eq!(fill.side, Side::Buy);
        assert!(
            Some(fill.price) <= ticket.price,
            "a limit is a limit: {fill:?}"
        );
    }
}

/// Positions and cash move by exactly what the fills say, fees counted.
pub async fn positions_and_cash_follow_the_fills(harness: &dyn GatewayHarness) {
    let before = harness.account().snapshot().await.unwrap();

    let (ticket, fills) = bought(harness).await;

    let after = harness.account().snapshot().await.unwrap();
    let held: Vec<_> = after
        .positions
        .iter()
        .map(|position| (position.symbol, position.shares))
        .collect();
    assert_eq!(held, [(ticket.symbol, ticket.shares)]);
    let cash = fills.iter().fold(before.cash, |cash, fill| {
        cash.plus(fill.cash_effect().unwrap()).unwrap()
    });
    assert_eq!(after.cash, cash);
}

/// The same execution has the same name whenever it is reported, and no other has it.
pub async fn fills_are_reported_again_under_the_same_name(harness: &dyn GatewayHarness) {
    let (_, fills) = bought(harness).await;
    let first = fills.first().map(|fill| fill.at).unwrap();

    let again = fills_since(harness, first).await;

    assert_eq!(again, fills);
    let names: BTreeSet<_> = fills.iter().map(|fill| &fill.execution).collect();
    assert_eq!(names.len(), fills.len());
    assert!(fills.is_sorted_by_key(|fill| fill.at));
}

/// A fill at the moment asked about is told, one before it is not.
pub async fn fills_since_a_moment_include_it(harness: &dyn GatewayHarness) {
    let (_, fills) = bought(harness).await;
    let last = fills.last().map(|fill| fill.at).unwrap();
    let later = last + TimeDelta::microseconds(1);

    let from_last = fills_since(harness, last).await;
    let from_later = fills_since(harness, later).await;

    assert_eq!(from_last.last(), fills.last());
    assert_eq!(from_later, []);
}

/// Makes a test of each promise of [`catalyst_ports::account::AccountBook`].
///
/// `$fresh` is a path to an async function that returns a [`GatewayHarness`].
#[macro_export]
macro_rules! account_contract {
    ($fresh:path) => {
        $crate::account_contract! { @each $fresh:
            a_flat_account_is_its_cash
            a_resting_order_changes_no_position
            fills_add_up_to_their_order
            positions_and_cash_follow_the_fills
            fills_are_reported_again_under_the_same_name
            fills_since_a_moment_include_it
        }
    };
    (@each $fresh:path: $($promise:ident)+) => {$(
        #[tokio::test]
        async fn $promise() {
            let harness = $fresh().await;
            $crate::contract::account::$promise(&harness).await;
        }
    )+};
}
