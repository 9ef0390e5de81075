//! Single orders: what is refused and with which code, fills, cancelling, changing, lists.

use catalyst_tws_emulator::{Access, FaultScript, LotRefusal, RequestKind};

use crate::client::{errors, kinds, of, statuses};
use crate::fields::Fields;
use crate::scene::{DAY, Scene, buy, sell, stop, tencent};

fn status(id: i64, word: &str, filled: &str, left: &str) -> (i64, String, String, String) {
    (id, word.to_owned(), filled.to_owned(), left.to_owned())
}

#[test]
fn a_purchase_is_taken_filled_and_charged_in_that_order() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    buy(1, "200", 400.2).named("my-order").release(&mut client);
    let taken = client.settled();
    scene.pass("10:01");
    let filled = client.settled();

    assert_eq!(kinds(&taken), [5, 3, 5, 3]);
    assert_eq!(
        statuses(&taken),
        [
            status(1, "PreSubmitted", "0", "200"),
            status(1, "Submitted", "0", "200")
        ]
    );
    assert_eq!(kinds(&filled), [11, 5, 3, 59]);
    assert_eq!(statuses(&filled), [status(1, "Filled", "200", "0")]);
    let details = &filled[0].fields;
    let execution = details.message(3);
    assert_eq!(details.number(1), -1);
    assert_eq!(execution.string(14), "my-order");
    assert_eq!(execution.string(6), "BOT");
    assert_eq!(
        (execution.string(7), execution.real(8)),
        ("200".to_owned(), 400.0)
    );
    assert_eq!(execution.string(3), "20260914-02:00:59");
    let id = execution.string(2);
    assert!(id.ends_with("/1.01"), "{id}");
    let costs = &filled[3].fields;
    assert_eq!((costs.string(1), costs.string(3)), (id, "HKD".to_owned()));
    assert!(costs.real(2) > 18.0);
}

#[test]
fn each_fault_of_an_order_has_its_code() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    let cases = [
        (buy(1, "150", 400.2), 355),
        (buy(2, "0", 400.2), 434),
        (buy(3, "100", 400.1), 110),
        (buy(4, "100000", 400.2), 201),
        (sell(5, "100", 400.2, "DAY"), 426),
        (stop(6, "100", 390.0), 426),
        (stop(7, "100", 390.0).under(99), 10006),
        (
            buy(8, "100", 400.2).with(|fields| fields.text(8, "REL")),
            387,
        ),
        (
            buy(9, "100", 400.2).with(|fields| fields.text(12, "DU7")),
            321,
        ),
        (buy(9, "100", 400.2), 103),
    ];

    for (order, code) in cases {
        let id = order.id;
        order.release(&mut client);
        let told = client.settled();
        assert_eq!(errors(&told), [(id, code)], "{told:?}");
    }
}

#[test]
fn an_order_without_a_route_or_for_an_unknown_symbol_is_refused() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    let order = Fields::new()
        .text(5, "BUY")
        .text(6, "100")
        .text(8, "MKT")
        .int(66, 1);
    let unrouted = Fields::new().text(2, "700").text(3, "STK").text(10, "HKD");
    for (id, contract, code) in [(1, unrouted, 321), (2, tencent().text(2, "0700"), 200)] {
        client.send(
            3,
            &Fields::new()
                .int(1, id)
                .inner(2, &contract)
                .inner(3, &order),
        );

        assert_eq!(errors(&client.settled()), [(id, code)]);
    }
}

#[test]
fn the_lot_can_be_refused_with_the_other_code_and_orders_altogether() {
    let other_code = Scene::with(
        DAY,
        |config| config.lot_refusal = LotRefusal::Rejected,
        FaultScript::none(),
    );
    let read_only = Scene::with(
        DAY,
        |config| config.access = Access::ReadOnly,
        FaultScript::none(),
    );
    for (scene, shares, code) in [(other_code, "150", 201), (read_only, "100", 321)] {
        let mut client = scene.client(17);

        buy(1, shares, 400.2).release(&mut client);

        assert_eq!(errors(&client.settled()), [(1, code)]);
    }
}

#[test]
fn cancelling_ends_an_order_and_tells_why_it_cannot() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    let mut other = scene.client(18);
    buy(1, "100", 390.0).release(&mut client);
    client.settled();
    let cancel = Fields::new().int(1, 1);

    other.send(4, &cancel);
    let strange = other.settled();
    client.send(4, &cancel);
    let cancelled = client.settled();
    client.send(4, &cancel);
    let again = client.settled();

    assert_eq!(errors(&strange), [(1, 10147)]);
    assert_eq!(kinds(&cancelled), [5, 3, 4]);
    assert_eq!(statuses(&cancelled), [status(1, "Cancelled", "0", "100")]);
    assert_eq!(errors(&cancelled), [(1, 202)]);
    assert_eq!(errors(&again), [(1, 10148)]);
}

#[test]
fn a_lone_order_can_be_changed_and_keeps_its_id() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    buy(1, "100", 390.0).release(&mut client);
    client.settled();

    buy(1, "300", 400.2).release(&mut client);
    let changed = client.settled();
    scene.pass("10:01");
    let filled = client.settled();

    let order = of(&changed, 5).pop().unwrap().message(3);
    assert_eq!((order.string(6), order.real(9)), ("300".to_owned(), 400.2));
    assert_eq!(statuses(&filled), [status(1, "Filled", "300", "0")]);
}

#[test]
fn a_market_order_takes_what_is_offered() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    buy(1, "100", 0.0)
        .with(|fields| fields.text(8, "MKT"))
        .release(&mut client);
    client.settled();
    scene.pass("10:01");
    let told = client.settled();

    assert_eq!(
        statuses(&told).last(),
        Some(&status(1, "Filled", "100", "0"))
    );
}

#[test]
fn lists_show_open_orders_of_one_client_or_all_and_ended_ones() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    let mut other = scene.client(18);
    buy(1, "100", 400.2).named("filled").release(&mut client);
    buy(2, "100", 390.0).named("open").release(&mut client);
    client.settled();
    scene.pass("10:01");
    client.settled();

    client.ask(5);
    let own = client.settled();
    other.ask(5);
    let none = other.settled();
    other.ask(16);
    let all = other.settled();
    other.send(99, &Fields::new());
    let ended = other.settled();

    assert_eq!(kinds(&own), [5, 3, 53]);
    assert_eq!(kinds(&none), [53]);
    assert_eq!(of(&all, 5)[0].message(3).string(28), "open");
    assert_eq!(kinds(&ended), [101, 102]);
    let order = ended[0].fields.message(2);
    let state = ended[0].fields.message(3);
    assert_eq!(order.string(28), "filled");
    assert_eq!(
        (order.string(6), order.string(115)),
        ("0".to_owned(), "100".to_owned())
    );
    assert_eq!(
        (state.string(1), state.string(30)),
        ("Filled".to_owned(), "Filled Size: 100".to_owned())
    );
}

#[test]
fn executions_can_be_asked_for_again_by_anybody() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    buy(1, "100", 400.2).release(&mut client);
    client.settled();
    scene.pass("10:01");
    drop(client);
    let mut other = scene.client(18);

    other.send(7, &Fields::new().int(1, 77));
    let told = other.settled();
    other.send(
        7,
        &Fields::new()
            .int(1, 78)
            .inner(2, &Fields::new().text(4, "5")),
    );
    let filtered = other.settled();

    assert_eq!(kinds(&told), [11, 59, 55]);
    assert_eq!(told[0].fields.number(1), 77);
    assert_eq!(told[0].fields.message(3).number(10), 17);
    assert_eq!(kinds(&filtered), [55]);
}

#[test]
fn what_was_sent_is_in_the_log() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    buy(1, "100", 390.0).named("x").hold(&mut client);
    client.settled();

    let log = scene.emulator.log();
    let placed = log
        .iter()
        .find(|one| one.kind == RequestKind::PlaceOrder)
        .unwrap();
    let order = placed.order.clone().unwrap();
    assert_eq!((placed.client_id, order.order_id), (Some(17), 1));
    assert_eq!(order.order_ref.as_deref(), Some("x"));
    assert_eq!((order.limit_price, order.transmit), (Some(390.0), false));
}

#[test]
fn asking_for_the_cost_places_nothing_and_uses_up_the_id() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    buy(1, "100", 400.0)
        .with(|fields| fields.int(65, 1))
        .release(&mut client);
    let told = client.settled();
    client.ask(16);
    let open = client.settled();
    client.ask(8);
    let next = client.until(9).pop().unwrap();

    assert_eq!(kinds(&told), [5]);
    let state = told[0].fields.message(4);
    assert_eq!(state.real(5), 40_000.0);
    assert_eq!(state.string(14), "HKD");
    assert!(state.real(11) > 18.0);
    assert_eq!(kinds(&open), [53]);
    assert_eq!(next.fields.number(1), 2);
}
