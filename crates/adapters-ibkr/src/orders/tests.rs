//! The state machine and the families, fed by hand with what the wire may say.

use catalyst_domain::order::{ClientOrderId, Leg, OrderTicket, TicketStatus};
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use ibapi::Notice;
use ibapi::orders::{
    Action, Execution, ExecutionData, ExecutionSide, Executions, Order, OrderData, OrderState,
    OrderStatus, OrderStatusKind, OrderUpdate, Orders,
};
use proptest::prelude::*;

use super::book::Book;
use crate::translate::stock_contract;

const ACCOUNT: &str = "DU1234567";
const CLIENT: i32 = 17;
const ENTRY: i32 = 101;
const TARGET: i32 = 102;
const STOP: i32 = 103;

fn id(leg: Leg) -> ClientOrderId {
    let entry: ClientOrderId = "20260914-1000.1-01e".parse().unwrap();
    entry.sibling(leg)
}

fn planned(leg: Leg) -> OrderTicket {
    OrderTicket {
        id: id(leg),
        symbol: "700".parse().unwrap(),
        side: if leg == Leg::Entry {
            Side::Buy
        } else {
            Side::Sell
        },
        price: Some("500".parse().unwrap()),
        shares: Shares::new(300).unwrap(),
        filled: Shares::ZERO,
        status: TicketStatus::Working,
    }
}

/// A bracket of 300 shares, sent and not spoken of.
fn a_book() -> Book {
    let mut book = Book::new(CLIENT, ACCOUNT.to_owned());
    for (order_id, leg) in [
        (ENTRY, Leg::Entry),
        (TARGET, Leg::Target),
        (STOP, Leg::Stop),
    ] {
        book.expect(order_id, &planned(leg));
    }
    book
}

fn row(order_id: i32, leg: Leg, status: OrderStatusKind) -> OrderData {
    let is_entry = leg == Leg::Entry;
    OrderData {
        order_id,
        contract: stock_contract("700".parse().unwrap()),
        order: Order {
            client_id: CLIENT,
            perm_id: 900 + i64::from(order_id),
            parent_id: if is_entry { 0 } else { ENTRY },
            action: if is_entry { Action::Buy } else { Action::Sell },
            total_quantity: 300.0,
            order_type: if leg == Leg::Stop { "STP" } else { "LMT" }.to_owned(),
            limit_price: (leg != Leg::Stop).then_some(500.0),
            aux_price: (leg == Leg::Stop).then_some(490.0),
            account: ACCOUNT.to_owned(),
            order_ref: id(leg).to_string(),
            ..Order::default()
        },
        order_state: OrderState {
            status,
            ..OrderState::default()
        },
    }
}

fn status(order_id: i32, kind: OrderStatusKind, filled: f64) -> OrderUpdate {
    OrderUpdate::OrderStatus(OrderStatus {
        order_id,
        status: kind,
        filled,
        remaining: 300.0 - filled,
        client_id: CLIENT,
        parent_id: if order_id == ENTRY { 0 } else { ENTRY },
        ..OrderStatus::default()
    })
}

fn notice(order_id: i32, code: i32) -> Notice {
    Notice {
        request_id: Some(order_id),
        code,
        message: "words".to_owned(),
        error_time: None,
        advanced_order_reject_json: String::new(),
    }
}

fn execution(name: &str, shares: f64, cumulative: f64) -> ExecutionData {
    ExecutionData {
        request_id: -1,
        contract: stock_contract("700".parse().unwrap()),
        execution: Execution {
            order_id: ENTRY,
            execution_id: name.to_owned(),
            time: "20260914-02:00:05".to_owned(),
            account_number: ACCOUNT.to_owned(),
            side: ExecutionSide::Bought,
            shares,
            cumulative_quantity: cumulative,
            price: 500.0,
            order_reference: id(Leg::Entry).to_string(),
            ..Execution::default()
        },
    }
}

fn standing(book: &Book, leg: Leg) -> (TicketStatus, u64) {
    let ticket = book.ticket(id(leg)).unwrap();
    (ticket.status, ticket.filled.count())
}

#[test]
fn exits_are_held_until_the_entry_fills_and_then_at_work_though_the_stop_is_presubmitted() {
    let mut book = a_book();
    for (order_id, kind) in [
        (ENTRY, OrderStatusKind::Submitted),
        (TARGET, OrderStatusKind::PreSubmitted),
        (STOP, OrderStatusKind::PreSubmitted),
    ] {
        book.take(&status(order_id, kind, 0.0));
    }
    assert_eq!(standing(&book, Leg::Entry), (TicketStatus::Working, 0));
    assert_eq!(standing(&book, Leg::Stop), (TicketStatus::Held, 0));
    assert_eq!(standing(&book, Leg::Target), (TicketStatus::Held, 0));

    book.take(&status(ENTRY, OrderStatusKind::Submitted, 100.0));

    assert_eq!(standing(&book, Leg::Entry), (TicketStatus::Working, 100));
    assert_eq!(standing(&book, Leg::Stop), (TicketStatus::Working, 0));
    assert_eq!(standing(&book, Leg::Target), (TicketStatus::Working, 0));
}

#[test]
fn scary_words_before_a_fill_change_nothing() {
    for code in [399, 404, 481, 2109, 10311, 10349, 10999] {
        let mut book = a_book();
        book.take(&status(ENTRY, OrderStatusKind::Submitted, 0.0));

        book.note(&notice(ENTRY, code));

        assert_eq!(
            standing(&book, Leg::Entry).0,
            TicketStatus::Working,
            "{code}"
        );
        book.take(&status(ENTRY, OrderStatusKind::Filled, 300.0));
        assert_eq!(standing(&book, Leg::Entry), (TicketStatus::Filled, 300));
    }
}

#[test]
fn a_false_cancellation_is_undone_by_the_open_orders_and_by_a_fill() {
    let mut book = a_book();
    book.take(&status(ENTRY, OrderStatusKind::Cancelled, 0.0));
    assert_eq!(standing(&book, Leg::Entry).0, TicketStatus::Cancelled);

    let open = row(ENTRY, Leg::Entry, OrderStatusKind::Submitted);
    book.answer_open(&[Orders::OrderData(open)]);
    assert_eq!(standing(&book, Leg::Entry).0, TicketStatus::Working);

    book.take(&status(ENTRY, OrderStatusKind::Cancelled, 0.0));
    book.take(&status(ENTRY, OrderStatusKind::Filled, 300.0));
    assert_eq!(standing(&book, Leg::Entry), (TicketStatus::Filled, 300));
}

#[test]
fn a_rejection_needs_a_word_of_rejection_and_an_end() {
    let mut book = a_book();
    book.note(&notice(ENTRY, 201));
    book.take(&status(ENTRY, OrderStatusKind::Inactive, 0.0));
    assert_eq!(standing(&book, Leg::Entry).0, TicketStatus::Rejected);

    let mut silent = a_book();
    silent.take(&status(STOP, OrderStatusKind::Inactive, 0.0));
    assert_eq!(
        standing(&silent, Leg::Stop).0,
        TicketStatus::Held,
        "guards nothing"
    );
}

#[test]
fn a_cancelled_order_keeps_what_it_filled() {
    let mut book = a_book();
    book.take(&status(ENTRY, OrderStatusKind::Submitted, 100.0));
    book.note(&notice(ENTRY, 202));
    book.take(&status(ENTRY, OrderStatusKind::Cancelled, 0.0));

    assert_eq!(standing(&book, Leg::Entry), (TicketStatus::Cancelled, 100));
}

#[test]
fn what_is_not_among_the_open_orders_is_gone_until_the_completed_ones_say_how() {
    let mut book = a_book();
    book.answer_open(&[]);
    assert_eq!(book.ticket(id(Leg::Entry)), None);
    assert_eq!(book.alive(), []);

    let mut ended = row(-1, Leg::Entry, OrderStatusKind::Cancelled);
    ended.order.total_quantity = 200.0;
    ended.order.filled_quantity = 100.0;
    book.answer_completed(&[Orders::OrderData(ended.clone())]);
    assert_eq!(standing(&book, Leg::Entry), (TicketStatus::Cancelled, 100));

    let mut stranger = Book::new(CLIENT, ACCOUNT.to_owned());
    stranger.answer_completed(&[Orders::OrderData(ended)]);
    let ticket = stranger.ticket(id(Leg::Entry)).unwrap();
    assert_eq!((ticket.shares.count(), ticket.filled.count()), (300, 100));
}

#[test]
fn orders_of_others_are_told_apart_and_those_of_other_accounts_are_not_seen() {
    let mut book = Book::new(CLIENT, ACCOUNT.to_owned());
    let mut by_hand = row(0, Leg::Exit, OrderStatusKind::Submitted);
    by_hand.order.order_ref = String::new();
    by_hand.order.client_id = 0;
    let mut elsewhere = row(7, Leg::Exit, OrderStatusKind::Submitted);
    elsewhere.order.account = "DU9999999".to_owned();
    elsewhere.order.perm_id = 1;

    book.answer_open(&[Orders::OrderData(by_hand), Orders::OrderData(elsewhere)]);

    let foreign = super::foreign_of(&book);
    assert_eq!(foreign.len(), 1);
    assert_eq!(
        (foreign[0].side, foreign[0].shares.count()),
        (Side::Sell, 300)
    );
    assert_eq!(book.alive(), []);
}

#[test]
fn a_name_is_known_again_on_a_new_connection_under_another_number() {
    let mut book = Book::new(CLIENT, ACCOUNT.to_owned());
    let open = row(ENTRY, Leg::Entry, OrderStatusKind::Submitted);

    book.answer_open(&[Orders::OrderData(open.clone()), Orders::OrderData(open)]);

    assert_eq!(book.alive().len(), 1);
    assert_eq!(book.order_id(id(Leg::Entry)), Some(Ok(ENTRY)));
    let mut of_another = row(5, Leg::Exit, OrderStatusKind::Submitted);
    of_another.order.client_id = 18;
    book.answer_open(&[Orders::OrderData(of_another)]);
    assert_eq!(book.order_id(id(Leg::Exit)), Some(Err(18)));
}

#[test]
fn executions_tell_of_an_order_that_nothing_else_remembers() {
    let mut book = Book::new(CLIENT, ACCOUNT.to_owned());
    let rows = [
        Executions::ExecutionData(execution("1.01", 100.0, 100.0)),
        Executions::ExecutionData(execution("2.01", 200.0, 300.0)),
        Executions::ExecutionData(execution("2.01", 200.0, 300.0)),
    ];
    book.answer_executions(&rows);

    let ticket = book.ticket_by_deals(id(Leg::Entry)).unwrap();

    assert_eq!(
        (ticket.status, ticket.filled.count()),
        (TicketStatus::Filled, 300)
    );
    assert_eq!(book.deals().unwrap().len(), 2);
    assert_eq!(book.ticket_by_deals(id(Leg::Stop)), None);
}

#[test]
fn an_order_with_a_figure_that_is_none_is_not_told_as_if_it_were_sound() {
    let spoil: [fn(&mut OrderData); 3] = [
        |row| row.order.total_quantity = f64::NAN,
        |row| row.order.limit_price = Some(f64::MAX),
        |row| row.order.filled_quantity = f64::NAN,
    ];
    for spoil in spoil {
        let mut book = Book::new(CLIENT, ACCOUNT.to_owned());
        let mut open = row(ENTRY, Leg::Entry, OrderStatusKind::Submitted);
        spoil(&mut open);
        book.answer_open(&[Orders::OrderData(open)]);

        assert_eq!(book.ticket(id(Leg::Entry)), None);
        assert!(book.is_unreadable(id(Leg::Entry)));
        assert_eq!(book.unreadable(), Some(id(Leg::Entry)));
    }
}

fn any_kind() -> impl Strategy<Value = OrderStatusKind> {
    prop_oneof![
        Just(OrderStatusKind::ApiPending),
        Just(OrderStatusKind::PendingSubmit),
        Just(OrderStatusKind::PreSubmitted),
        Just(OrderStatusKind::Submitted),
        Just(OrderStatusKind::PendingCancel),
        Just(OrderStatusKind::Inactive),
        Just(OrderStatusKind::Cancelled),
        Just(OrderStatusKind::ApiCancelled),
        Just(OrderStatusKind::Filled),
        ".{0,12}".prop_map(OrderStatusKind::Unknown),
    ]
}

/// Anything at all, numbers that are none included.
fn any_update() -> impl Strategy<Value = OrderUpdate> {
    let numbers = (any::<f64>(), any::<f64>(), any::<i32>(), any::<i64>());
    let legs = prop_oneof![Just(ENTRY), Just(TARGET), Just(STOP), any::<i32>()];
    (legs, any_kind(), numbers, ".{0,24}", any::<bool>()).prop_map(
        |(order_id, kind, (one, other, number, perm_id), text, is_row)| {
            if is_row {
                let mut row = row(order_id, Leg::Entry, kind);
                row.order.total_quantity = one;
                row.order.limit_price = Some(other);
                row.order.filled_quantity = other;
                row.order.perm_id = perm_id;
                row.order.parent_id = number;
                row.order.order_ref.clone_from(&text);
                row.contract.symbol = text.as_str().into();
                return OrderUpdate::OpenOrder(row);
            }
            OrderUpdate::OrderStatus(OrderStatus {
                order_id,
                status: kind,
                filled: one,
                remaining: other,
                perm_id,
                client_id: CLIENT,
                parent_id: number,
                ..OrderStatus::default()
            })
        },
    )
}

/// What an honest gateway may say of an entry, in the order it would say it.
fn honest() -> Vec<OrderUpdate> {
    let open = row(ENTRY, Leg::Entry, OrderStatusKind::Submitted);
    vec![
        status(ENTRY, OrderStatusKind::PendingSubmit, 0.0),
        OrderUpdate::OpenOrder(open),
        status(ENTRY, OrderStatusKind::Submitted, 0.0),
        OrderUpdate::ExecutionData(execution("1.01", 100.0, 100.0)),
        status(ENTRY, OrderStatusKind::Submitted, 100.0),
        OrderUpdate::ExecutionData(execution("2.01", 200.0, 300.0)),
        status(ENTRY, OrderStatusKind::Filled, 300.0),
    ]
}

proptest! {
    #[test]
    fn nothing_on_the_wire_panics(updates in proptest::collection::vec(any_update(), 0..40)) {
        let mut book = a_book();
        for update in &updates {
            book.take(update);
        }
        let rows = updates.into_iter().filter_map(|update| match update {
            OrderUpdate::OpenOrder(row) => Some(Orders::OrderData(row)),
            OrderUpdate::OrderStatus(status) => Some(Orders::OrderStatus(status)),
            OrderUpdate::OrderBound(_)
            | OrderUpdate::ExecutionData(_)
            | OrderUpdate::CommissionReport(_) => None,
        });
        let rows: Vec<Orders> = rows.collect();
        book.answer_open(&rows);
        book.answer_completed(&rows);
        for ticket in book.alive() {
            prop_assert!(ticket.filled <= ticket.shares);
        }
    }

    #[test]
    fn repeated_and_reordered_words_end_in_the_same_place(
        order in proptest::collection::vec(0_usize..7, 0..30),
        shuffled in Just((0_usize..7).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let words = honest();
        let mut book = a_book();
        for place in order.into_iter().chain(shuffled) {
            book.take(&words[place]);
        }
        prop_assert_eq!(standing(&book, Leg::Entry), (TicketStatus::Filled, 300));
        prop_assert_eq!(book.deals().unwrap().len(), 2);
    }
}
