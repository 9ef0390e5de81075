//! What goes wrong on purpose, each fault once and only as often as it was written.

use catalyst_tws_emulator::{FaultScript, RequestKind};

use crate::client::{Client, errors, kinds, of, statuses};
use crate::fields::Fields;
use crate::scene::{Scene, bracket, buy, tencent};

fn words(told: &[crate::client::Message]) -> Vec<String> {
    statuses(told).into_iter().map(|status| status.1).collect()
}

fn open_orders(scene: &Scene) -> usize {
    let mut client = scene.client(99);
    client.ask(16);
    of(&client.settled(), 5).len()
}

#[test]
fn an_answer_can_be_kept_back_although_the_request_is_handled() {
    let scene = Scene::faulty(r#"{"request": "place_order", "do": "never_answer"}"#);
    let mut client = scene.client(17);

    buy(1, "100", 390.0).release(&mut client);
    let told = client.settled();

    assert_eq!(kinds(&told), Vec::<i32>::new());
    assert_eq!(open_orders(&scene), 1);
}

#[test]
fn a_placement_can_be_lost_and_the_next_one_not() {
    let scene = Scene::faulty(r#"{"request": "place_order", "after": 1, "do": "lose"}"#);
    let mut client = scene.client(17);

    for id in 1..=3 {
        buy(id, "100", 390.0).release(&mut client);
    }
    let told = client.settled();

    assert_eq!(statuses(&told).last().unwrap().0, 3);
    assert_eq!(open_orders(&scene), 2);
    let sent = scene.emulator.log();
    let placed = sent
        .iter()
        .filter(|one| one.kind == RequestKind::PlaceOrder);
    assert_eq!(placed.count(), 3);
}

#[test]
fn a_connection_can_close_before_an_order_is_handled_or_after() {
    for (verb, orders) in [("close_before", 0), ("close_after", 1)] {
        let scene = Scene::faulty(&format!(r#"{{"request": "place_order", "do": "{verb}"}}"#));
        let mut client = scene.client(17);

        buy(1, "100", 390.0).release(&mut client);

        assert_eq!(client.next(), None);
        assert_eq!(open_orders(&scene), orders, "{verb}");
    }
}

#[test]
fn nothing_behind_the_end_of_a_connection_is_handled() {
    let scene = Scene::faulty(r#"{"request": "place_order", "do": "close_before"}"#);
    let mut client = scene.client(17);

    client.write_together(|client| {
        buy(1, "100", 390.0).release(client);
        buy(2, "100", 390.0).release(client);
    });

    assert_eq!(client.next(), None);
    assert_eq!(open_orders(&scene), 0);
}

#[test]
fn a_delay_holds_up_its_own_client_only() {
    let scene = Scene::faulty(r#"{"request": "contract_data", "do": "delay", "ms": 60000}"#);
    let mut client = scene.client(17);
    let mut other = scene.client(18);
    let asked = Fields::new().int(1, 7).inner(2, &tencent());

    client.send(9, &asked);
    while !scene
        .emulator
        .log()
        .iter()
        .any(|one| one.kind == RequestKind::ContractData)
    {}
    other.send(9, &asked);

    assert_eq!(kinds(&other.settled()), [10, 52]);
    assert!(client.is_silent());
}

#[test]
fn a_frame_can_be_cut_off() {
    let scene = Scene::faulty(r#"{"reply": "contract_data", "do": "close_mid_frame"}"#);
    let mut client = scene.client(17);

    client.send(9, &Fields::new().int(1, 7).inner(2, &tencent()));
    let rest = client.rest();

    let announced = u32::from_be_bytes(rest[..4].try_into().unwrap());
    assert!(rest.len() > 8);
    assert!(rest.len() < usize::try_from(announced).unwrap());
}

#[test]
fn a_frame_can_be_noise_or_announced_too_long() {
    let noise = Scene::faulty(r#"{"reply": "contract_data", "do": "garbage"}"#);
    let long = Scene::faulty(r#"{"reply": "contract_data", "do": "oversize"}"#);
    let asked = Fields::new().int(1, 7).inner(2, &tencent());
    let mut client = noise.client(17);
    client.send(9, &asked);
    let frame = client.raw(4 + 4 + 9);
    let mut client = long.client(17);
    client.send(9, &asked);
    let announced = client.raw(4);

    assert_eq!(
        frame,
        [&[0, 0, 0, 13, 0, 0, 0, 210][..], &[0xFF; 9]].concat()
    );
    assert_eq!(announced, [1, 0, 0, 0]);
}

#[test]
fn frames_can_come_twice_in_other_order_or_not_at_all() {
    for (fault, expected) in [
        (
            r#"{"reply": "order_status", "do": "duplicate"}"#,
            vec![5, 3, 3, 5, 3],
        ),
        (
            r#"{"reply": "open_order", "do": "reorder"}"#,
            vec![3, 5, 5, 3],
        ),
        (
            r#"{"reply": "order_status", "do": "never_answer", "times": 2}"#,
            vec![5, 5],
        ),
    ] {
        let scene = Scene::faulty(fault);
        let mut client = scene.client(17);

        buy(1, "100", 390.0).release(&mut client);

        assert_eq!(kinds(&client.settled()), expected, "{fault}");
    }
}

#[test]
fn numbers_can_be_unset_or_no_numbers() {
    for (verb, expected) in [("unset", f64::MAX), ("not_a_number", f64::NAN)] {
        let scene = Scene::faulty(&format!(
            r#"{{"reply": "tick_price", "do": "{verb}", "times": 100}}"#
        ));
        let mut client = scene.client(17);

        client.send(1, &Fields::new().int(1, 9).inner(2, &tencent()).int(4, 1));
        let told = client.settled();

        let price = of(&told, 1)[0].real(3);
        assert_eq!(price.to_bits(), expected.to_bits());
    }
}

#[test]
fn an_error_takes_the_place_of_an_order() {
    let scene =
        Scene::faulty(r#"{"request": "place_order", "do": "error", "code": 201, "text": "no"}"#);
    let mut client = scene.client(17);

    buy(1, "100", 390.0).release(&mut client);
    let told = client.settled();

    assert_eq!(errors(&told), [(1, 201)]);
    assert_eq!(told[0].fields.string(4), "no");
    assert_eq!(open_orders(&scene), 0);
}

#[test]
fn a_competing_session_takes_the_place_of_a_quote() {
    let scene = Scene::faulty(r#"{"request": "market_data", "do": "error", "code": 10197}"#);
    let mut client = scene.client(17);

    client.send(1, &Fields::new().int(1, 9).inner(2, &tencent()).int(4, 1));
    let told = client.settled();

    assert_eq!(errors(&told), [(9, 10197)]);
    assert_eq!(
        told[0].fields.string(4),
        "No market data during competing live session"
    );
}

#[test]
fn a_frightening_error_before_a_fill_changes_nothing() {
    for code in [399, 404, 481, 10349] {
        let scene = Scene::faulty(&format!(
            r#"{{"request": "place_order", "do": "warn", "code": {code}}}"#
        ));
        let mut client = scene.client(17);

        buy(1, "100", 400.2).release(&mut client);
        let taken = client.settled();
        scene.pass("10:01");
        let filled = client.settled();

        assert_eq!(errors(&taken), [(1, code)]);
        assert_eq!(words(&taken), ["PreSubmitted", "Submitted"]);
        assert_eq!(words(&filled), ["Filled"]);
    }
}

#[test]
fn a_cancel_that_was_none_is_followed_by_the_fill() {
    let scene = Scene::faulty(r#"{"request": "place_order", "do": "false_cancel", "code": 10349}"#);
    let mut client = scene.client(17);

    buy(1, "100", 400.2).release(&mut client);
    let taken = client.settled();
    scene.pass("10:01");
    let filled = client.settled();

    assert_eq!(
        words(&taken),
        ["PreSubmitted", "Submitted", "Cancelled", "Submitted"]
    );
    assert_eq!(errors(&taken), [(1, 10349)]);
    assert_eq!(words(&filled), ["Filled"]);
}

#[test]
fn a_stop_can_be_refused_after_its_family_was_taken() {
    let scene = Scene::faulty(r#"{"request": "place_order", "after": 2, "do": "reject_stop"}"#);
    let mut client = scene.client(17);

    bracket(&mut client, 1, "200");
    let taken = client.settled();
    scene.pass("10:01");
    let bought = client.settled();

    assert_eq!(errors(&taken), [(3, 201)]);
    assert_eq!(statuses(&taken).last().unwrap().1, "Inactive");
    let after: Vec<(i64, String)> = statuses(&bought)
        .into_iter()
        .map(|status| (status.0, status.1))
        .collect();
    assert_eq!(
        after,
        [(1, "Filled".to_owned()), (2, "Submitted".to_owned())]
    );
}

#[test]
fn a_client_id_can_be_said_to_be_in_use() {
    let scene = Scene::faulty(r#"{"request": "start_api", "do": "client_id_in_use"}"#);
    let (mut client, _) = Client::greet(scene.emulator.address());

    client.start(17);

    assert_eq!(client.next().unwrap().fields.number(3), 326);
    assert_eq!(client.next(), None);
    drop(scene.client(17));
}

#[test]
fn a_broken_line_to_the_broker_is_told_to_everybody() {
    let scene = Scene::faulty(
        "{\"request\": \"all_open_orders\", \"do\": \"notice\", \"code\": 1100}\n\
         {\"request\": \"all_open_orders\", \"after\": 1, \"do\": \"notice\", \"code\": 1102}",
    );
    let mut client = scene.client(17);
    let mut other = scene.client(18);

    client.ask(16);
    client.ask(16);
    let told = client.settled();
    let heard = other.settled();

    assert_eq!(kinds(&told), [4, 53, 4, 53]);
    assert_eq!(errors(&heard), [(-1, 1100), (-1, 1102)]);
}

#[test]
fn a_restart_closes_every_connection_and_refuses_some_and_keeps_the_orders() {
    let scene = Scene::faulty(r#"{"request": "positions", "do": "restart", "refused": 2}"#);
    let mut client = scene.client(17);
    let mut other = scene.client(18);
    buy(1, "100", 390.0).release(&mut client);
    client.settled();

    other.ask(61);
    while client.next().is_some() {}
    while other.next().is_some() {}
    let hellos: Vec<bool> = (0..3)
        .map(|_| Client::greet(scene.emulator.address()).1.is_empty())
        .collect();

    assert_eq!(hellos, [true, true, false]);
    assert_eq!(open_orders(&scene), 1);
}

#[test]
fn a_greeting_can_stay_without_an_answer_or_get_noise() {
    let silent = Scene::faulty(r#"{"connection": "greeting", "do": "never_answer"}"#);
    let garbled = Scene::faulty(r#"{"connection": "greeting", "do": "garbage"}"#);
    let closed = Scene::faulty(r#"{"connection": "greeting", "do": "close_before"}"#);

    let mut waiting = Client::knock(silent.emulator.address());
    drop(silent.client(17));
    let (_, noise) = Client::greet(garbled.emulator.address());
    let (_, nothing) = Client::greet(closed.emulator.address());

    assert!(waiting.is_silent());
    assert!(!noise.starts_with("225"), "{noise}");
    assert_eq!(nothing, "");
}

#[test]
fn other_faults_can_be_set_later() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    let script = r#"{"request": "positions", "do": "error", "code": 100}"#;

    client.ask(61);
    let before = client.settled();
    scene
        .emulator
        .set_faults(FaultScript::parse(script).unwrap());
    client.ask(61);
    let after = client.settled();

    assert_eq!(kinds(&before), [62]);
    assert_eq!(errors(&after), [(-1, 100)]);
}

#[test]
fn a_script_that_does_not_read_names_line_field_and_what_is_allowed() {
    let cases = [
        (
            r#"{"request": "place_orders", "do": "lose"}"#,
            "line 1, field `request`: unknown variant `place_orders`, expected one of `market_data`",
        ),
        (
            r#"{"request": "positions", "do": "reject_stop"}"#,
            "line 1, field `do`: `reject_stop` does not happen there, allowed are never_answer, lose",
        ),
        (
            r#"{"request": "positions", "do": "lose", "often": 2}"#,
            "line 1, field `often`: unknown field `often`, expected one of",
        ),
        (
            r#"{"request": "positions", "do": "lose", "times": 0}"#,
            "line 1, field `times`: 0 is never, allowed are counts from 1",
        ),
        (
            r#"{"do": "lose"}"#,
            "line 1, field `request`: one of `request`, `reply` and `connection`",
        ),
        (
            "\n# a comment\n{\"request\": \"positions\", \"do\": \"error\"}",
            "line 3, field `code`: an error needs a code such as 201",
        ),
    ];
    for (text, expected) in cases {
        let error = FaultScript::parse(text).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}
