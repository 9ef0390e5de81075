//! Doubt: words that are no end, ends without words, and answers that are not believed.

use std::time::Duration;

use catalyst_adapters_ibkr::IbkrGateway;
use catalyst_domain::order::{Leg, TicketStatus};
use catalyst_ports::account::AccountBook as _;
use catalyst_ports::order_gateway::{GatewayError, OrderGateway as _, SubmitError};
use catalyst_testkit::builders::{a_cycle, an_order};
use catalyst_testkit::contract::order_gateway::{GatewayHarness as _, approved};
use catalyst_tws_emulator::{Effect, Fault, FaultScript, ReplyKind, RequestKind, Trigger};

use crate::fixture::{Desk, a_desk, nth, once, rest, spoken};
use crate::orders::{PLACED, sent};

fn asked(desk: &Desk, kind: RequestKind) -> usize {
    let log = desk.morning.emulator.log().into_iter();
    log.filter(|received| received.kind == kind).count()
}

/// An entry is told cancelled although it works, and so many rows of orders asked for are kept back after
/// the entry was told of twice and its exits once.
fn falsely_cancelled(unseen: u32) -> FaultScript {
    let mut script = once(PLACED, Effect::FalseCancel(spoken(10349)));
    script.faults.extend(
        [(ReplyKind::OpenOrder, 4), (ReplyKind::OrderStatus, 5)].map(|(kind, after)| Fault {
            on: Trigger::Reply(kind),
            after,
            times: unseen,
            effect: Effect::NeverAnswer,
        }),
    );
    script
}

#[tokio::test]
async fn scary_words_and_a_false_cancellation_are_no_end() {
    for code in [399, 404, 481, 10311, 10349] {
        for effect in [
            Effect::Warn(spoken(code)),
            Effect::FalseCancel(spoken(code)),
        ] {
            let desk = a_desk().await;
            desk.morning
                .emulator
                .set_faults(once(PLACED, effect.clone()));

            let order = approved(&desk, desk.trading());
            let ticket = desk.gateway.submit(order, desk.now()).await;

            let ticket = ticket.unwrap_or_else(|error| panic!("{effect:?}: {error:?}"));
            desk.pass_time().await;
            let filled = desk.gateway.ticket(ticket.id).await.unwrap().unwrap();
            assert_eq!(filled.status, TicketStatus::Filled, "{effect:?}");
            assert_eq!(sent(&desk).len(), 3, "sent once");
        }
    }
}

#[tokio::test]
async fn a_false_cancellation_is_looked_into_until_the_order_works() {
    let desk = a_desk().await;
    desk.morning.emulator.set_faults(falsely_cancelled(3));

    let entry = rest(&desk).await.unwrap();

    assert_eq!(entry.status, TicketStatus::Working);
    assert_eq!(asked(&desk, RequestKind::AllOpenOrders), 3, "one look more");
    assert_eq!(asked(&desk, RequestKind::CancelOrder), 0);
    assert_eq!(desk.gateway.working().await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_cancellation_without_words_of_an_end_is_unknown_and_nothing_is_taken_away() {
    let desk = a_desk().await;
    let hurried = desk.morning.session(|config| {
        config.client_id = 18;
        config.submit_timeout = Duration::from_millis(700);
    });
    let gateway = IbkrGateway::new(hurried);
    desk.morning
        .emulator
        .set_faults(falsely_cancelled(u32::MAX));

    let order = approved(&desk, desk.resting());
    let ending = gateway.submit(order, desk.now()).await;

    let Err(SubmitError::OutcomeUnknown { source }) = ending else {
        panic!("{ending:?}");
    };
    assert_eq!(
        source.to_string(),
        "no answer to an order within 700ms; the broker's last words: words of 10349 (code 10349)"
    );
    assert_eq!(asked(&desk, RequestKind::CancelOrder), 0);
    assert_eq!(desk.morning.at_work().await.len(), 3);
}

#[tokio::test]
async fn a_false_cancellation_that_comes_late_does_not_outdo_the_open_orders() {
    let desk = a_desk().await;
    let mut faults = nth(PLACED, 2, Effect::FalseCancel(spoken(10349)));
    let late = Effect::Delay(Duration::from_millis(100));
    let told = Trigger::Reply(ReplyKind::OrderStatus);
    faults.faults.extend(nth(told, 3, late).faults);
    desk.morning.emulator.set_faults(faults);
    let entry = rest(&desk).await.unwrap();

    let stop = desk.gateway.ticket(entry.id.sibling(Leg::Stop)).await;

    let stop = stop.unwrap().unwrap();
    assert_eq!(stop.status, TicketStatus::Held);
}

#[tokio::test]
async fn a_line_that_breaks_after_the_order_is_unknown_and_found_by_its_name() {
    for after in 0..3 {
        let desk = a_desk().await;
        desk.morning
            .emulator
            .set_faults(nth(PLACED, after, Effect::CloseAfter));

        let ending = rest(&desk).await;

        assert!(
            matches!(ending, Err(SubmitError::OutcomeUnknown { .. })),
            "{after}: {ending:?}"
        );
        let id = an_order(a_cycle("20260914-1000.1"), 1, Leg::Entry);
        let found = desk.gateway.ticket(id).await.unwrap();
        let at_work = desk.morning.at_work().await;
        assert_eq!(found.is_some(), !at_work.is_empty(), "{after}: {found:?}");
        assert_eq!(found.is_some(), after == 2, "{after}");
        assert_eq!(sent(&desk).len(), usize::try_from(after).unwrap() + 1);
    }
}

#[tokio::test]
async fn an_order_that_is_lost_is_unknown_and_then_known_never_to_have_been() {
    let desk = a_desk().await;
    let hurried = desk.morning.session(|config| {
        config.client_id = 18;
        config.submit_timeout = Duration::from_millis(150);
    });
    let gateway = IbkrGateway::new(hurried);
    desk.morning.emulator.set_faults(once(PLACED, Effect::Lose));

    let order = approved(&desk, desk.resting());
    let id = order.id();
    let ending = gateway.submit(order, desk.now()).await;

    // The exits follow a parent that never came, so they are refused; only the entry is silent.
    assert!(
        matches!(ending, Err(SubmitError::OutcomeUnknown { .. })),
        "{ending:?}"
    );
    assert_eq!(gateway.ticket(id).await.unwrap(), None);
    assert_eq!(desk.morning.at_work().await, []);
}

#[tokio::test]
async fn nothing_is_sent_while_the_gateway_has_lost_the_broker() {
    let desk = a_desk().await;
    let on = Trigger::Request(RequestKind::AccountData);
    desk.morning
        .emulator
        .set_faults(once(on, Effect::Notice(spoken(1100))));
    assert!(desk.account.snapshot().await.is_err());

    let ending = rest(&desk).await;

    assert!(
        matches!(ending, Err(SubmitError::NotSent { .. })),
        "{ending:?}"
    );
    assert_eq!(sent(&desk), []);
    desk.morning
        .emulator
        .set_faults(once(on, Effect::Notice(spoken(1102))));
    desk.account.snapshot().await.unwrap();
    assert_eq!(rest(&desk).await.unwrap().status, TicketStatus::Working);
}

#[tokio::test]
async fn nothing_is_believed_of_a_gateway_that_has_lost_the_broker() {
    let desk = a_desk().await;
    let entry = rest(&desk).await.unwrap();
    let on = Trigger::Request(RequestKind::AllOpenOrders);
    let cut_off = once(on, Effect::Notice(spoken(2110)));
    desk.morning.emulator.set_faults(cut_off);

    let working = desk.gateway.working().await;

    let Err(GatewayError::Unavailable { source }) = working else {
        panic!("{working:?}");
    };
    assert_eq!(
        source.to_string(),
        "the gateway has lost its link to the broker"
    );
    let unknown = an_order(a_cycle("20260914-1000.1"), 9, Leg::Entry);
    assert!(desk.gateway.ticket(unknown).await.is_err());
    assert!(desk.account.snapshot().await.is_err());
    assert!(desk.account.executions_since(desk.now()).await.is_err());
    let restored = once(on, Effect::Notice(spoken(1101)));
    desk.morning.emulator.set_faults(restored);
    assert_eq!(desk.gateway.working().await.unwrap().len(), 3);
    assert_eq!(desk.gateway.ticket(entry.id).await.unwrap(), Some(entry));
    assert_eq!(desk.gateway.ticket(unknown).await.unwrap(), None);
}
