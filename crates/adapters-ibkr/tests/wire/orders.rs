//! Orders over the wire: what is sent, and in which words it is refused.

use catalyst_adapters_ibkr::{IbkrGateway, OrderExchange};
use catalyst_domain::order::{Leg, OrderTicket, TicketStatus};
use catalyst_domain::side::Side;
use catalyst_ports::account::AccountBook as _;
use catalyst_ports::order_gateway::{OrderGateway as _, SubmitError};
use catalyst_testkit::builders::{a_cycle, an_order};
use catalyst_testkit::contract::order_gateway::{GatewayHarness as _, approved};
use catalyst_tws_emulator::{Access, Effect, LotFields, RequestKind, SentOrder, Trigger};

use crate::fixture::{Desk, a_desk, a_desk_with, a_morning, nth, once, rest, spoken};

pub(crate) const PLACED: Trigger = Trigger::Request(RequestKind::PlaceOrder);

pub(crate) fn sent(desk: &Desk) -> Vec<SentOrder> {
    let log = desk.morning.emulator.log().into_iter();
    let placed = log.filter(|received| received.kind == RequestKind::PlaceOrder);
    placed.filter_map(|received| received.order).collect()
}

#[tokio::test]
async fn a_bracket_is_three_orders_that_the_last_one_releases() {
    let desk = a_desk().await;

    rest(&desk).await.unwrap();

    let sent = sent(&desk);
    let shown: Vec<_> = sent
        .iter()
        .map(|order| {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            [
                text(&order.order_ref),
                text(&order.action),
                text(&order.order_type),
                text(&order.tif),
                text(&order.account),
                text(&order.exchange),
            ]
            .join(" ")
        })
        .collect();
    assert_eq!(
        shown,
        [
            "20260914-1000.1-01e BUY LMT DAY DU1234567 SEHK",
            "20260914-1000.1-01t SELL LMT GTC DU1234567 SEHK",
            "20260914-1000.1-01s SELL STP GTC DU1234567 SEHK",
        ]
    );
    let first = sent[0].order_id;
    let links: Vec<_> = sent
        .iter()
        .map(|order| (order.order_id, order.parent_id))
        .collect();
    assert_eq!(
        links,
        [
            (first, None),
            (first + 1, Some(first)),
            (first + 2, Some(first))
        ]
    );
    let released: Vec<_> = sent.iter().map(|order| order.transmit).collect();
    assert_eq!(released, [false, false, true]);
    assert_eq!((sent[0].aux_price, sent[2].limit_price), (None, None));
}

#[tokio::test]
async fn orders_go_by_the_router_where_that_is_configured() {
    let desk = a_desk().await;
    let session = desk.morning.session(|config| {
        config.client_id = 18;
        config.order_exchange = OrderExchange::Smart;
    });
    let gateway = IbkrGateway::new(session);

    let order = approved(&desk, desk.resting());
    gateway.submit(order, desk.now()).await.unwrap();

    assert_eq!(sent(&desk)[0].exchange.as_deref(), Some("SMART"));
}

#[tokio::test]
async fn a_refused_stop_is_missing_among_the_orders_at_work() {
    let desk = a_desk().await;
    desk.morning
        .emulator
        .set_faults(nth(PLACED, 2, Effect::RejectStop));

    let ticket = rest(&desk).await.unwrap();

    let working = desk.gateway.working().await.unwrap();
    assert_eq!(ticket.status, TicketStatus::Working);
    assert!(
        working.iter().all(|ticket| ticket.id.leg() != Leg::Stop),
        "{working:?}"
    );
    let stop = desk
        .gateway
        .ticket(ticket.id.sibling(Leg::Stop))
        .await
        .unwrap();
    assert_eq!(stop.map(|stop| stop.status), Some(TicketStatus::Rejected));
}

#[tokio::test]
async fn a_refusal_is_told_in_the_brokers_words() {
    for code in [110, 201, 203, 321, 355, 387, 434, 460] {
        let desk = a_desk().await;
        let refusal = Effect::Error(spoken(code));
        desk.morning.emulator.set_faults(once(PLACED, refusal));

        let ending = rest(&desk).await;

        let Err(SubmitError::Rejected { reason }) = ending else {
            panic!("{code}: {ending:?}");
        };
        assert_eq!(reason, format!("words of {code} (code {code})"));
        assert_eq!(desk.morning.at_work().await, []);
        assert_eq!(desk.gateway.working().await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_gateway_that_only_reads_refuses() {
    let desk = a_desk_with(a_morning(|config| config.access = Access::ReadOnly)).await;

    let ending = rest(&desk).await;

    let Err(SubmitError::Rejected { reason }) = ending else {
        panic!("{ending:?}");
    };
    assert!(reason.contains("Read-Only"), "{reason}");
}

#[tokio::test]
async fn a_lot_that_gateway_and_table_disagree_on_is_not_traded() {
    let desk = a_desk_with(a_morning(|config| config.lot_fields = LotFields::Absent)).await;
    assert_eq!(rest(&desk).await.unwrap().status, TicketStatus::Working);

    let mut entry = desk.resting();
    entry.shares = catalyst_testkit::builders::shares(200);
    let mut view = desk.view();
    let instrument = view.instrument.as_mut().unwrap();
    instrument.lot_size = catalyst_domain::quantity::LotSize::new(200).unwrap();
    let strict = a_desk().await;
    let gate = catalyst_domain::risk::RiskGate::new(catalyst_testkit::builders::limits());
    let id = an_order(a_cycle("20260914-1000.1"), 1, Leg::Entry);
    let intent = catalyst_domain::order::OrderIntent::Entry(entry);
    let catalyst_domain::risk::RiskDecision::Approved(order) =
        gate.review(&intent, &view.view(), id)
    else {
        panic!("refused by the gate");
    };

    let ending = strict.gateway.submit(order, strict.now()).await;

    let Err(SubmitError::NotSent { source }) = ending else {
        panic!("{ending:?}");
    };
    assert_eq!(
        source.to_string(),
        "00700 is not traded: the board lot is 200 by the table and 100 by the gateway"
    );
    assert_eq!(sent(&strict), []);
}

#[tokio::test]
async fn a_run_sends_only_so_many_entries_and_they_stop_no_exit() {
    let desk = a_desk().await;
    let (more, at) = (approved(&desk, desk.resting()), desk.now());
    let entry = desk.bought().await;
    for leg in [Leg::Stop, Leg::Target] {
        desk.gateway.cancel(entry.id.sibling(leg)).await.unwrap();
    }
    let bounded = desk.morning.session(|config| {
        config.client_id = 18;
        config.orders_max = 0;
        config.repairs_max = 1;
    });
    let gateway = IbkrGateway::new(bounded);

    let more = gateway.submit(more, at).await;
    let sold = gateway.submit(desk.exit(), desk.now()).await;
    let again = gateway.submit(desk.protection(), desk.now()).await;

    assert_eq!(why_not_sent(more), "a run may send 0 entries, and has");
    assert_eq!(sold.unwrap().status, TicketStatus::Working);
    assert_eq!(
        why_not_sent(again),
        "a run may send 1 exits and protections, and has"
    );
}

fn why_not_sent(ending: Result<OrderTicket, SubmitError>) -> String {
    let Err(SubmitError::NotSent { source }) = ending else {
        panic!("{ending:?}");
    };
    source.to_string()
}

#[tokio::test]
async fn a_protection_is_a_pair_of_which_one_reduces_the_other() {
    let desk = a_desk().await;
    let entry = desk.bought().await;
    for leg in [Leg::Stop, Leg::Target] {
        desk.gateway.cancel(entry.id.sibling(leg)).await.unwrap();
    }

    let stop = desk
        .gateway
        .submit(desk.protection(), desk.now())
        .await
        .unwrap();

    assert_eq!(
        (stop.id.leg(), stop.status),
        (Leg::Stop, TicketStatus::Working)
    );
    let pair = sent(&desk).split_off(3);
    let groups: Vec<_> = pair
        .iter()
        .map(|order| order.oca_group.as_deref())
        .collect();
    assert_eq!(groups, [Some("20260914-1000.1-02"); 2]);
    assert_eq!(desk.gateway.working().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_position_is_left_after_its_exits_are_gone() {
    let desk = a_desk().await;
    let entry = desk.bought().await;
    let stop = desk
        .gateway
        .cancel(entry.id.sibling(Leg::Stop))
        .await
        .unwrap();
    desk.gateway
        .cancel(entry.id.sibling(Leg::Target))
        .await
        .unwrap();
    assert_eq!(stop.map(|stop| stop.status), Some(TicketStatus::Cancelled));

    let sold = desk.gateway.submit(desk.exit(), desk.now()).await.unwrap();
    desk.pass_time().await;

    let sold = desk.gateway.ticket(sold.id).await.unwrap().unwrap();
    assert_eq!((sold.side, sold.status), (Side::Sell, TicketStatus::Filled));
    assert_eq!(desk.account.snapshot().await.unwrap().positions, []);
}
