//! Orders that belong together: brackets, pairs, strays, and what becomes of them.

use catalyst_tws_emulator::{FaultScript, Revision};

use crate::client::{Client, errors, kinds, of, statuses};
use crate::fields::Fields;
use crate::scene::{DAY, Scene, bracket, buy, sell, stop};

fn status(id: i64, word: &str, filled: &str, left: &str) -> (i64, String, String, String) {
    (id, word.to_owned(), filled.to_owned(), left.to_owned())
}

/// A client that holds 200 shares since 10:01.
fn holder(scene: &Scene) -> Client {
    let mut client = scene.client(17);
    buy(1, "200", 400.2).release(&mut client);
    client.settled();
    scene.pass("10:01");
    client.settled();
    client
}

#[test]
fn nothing_of_a_bracket_reaches_the_market_before_its_last_order() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    buy(1, "200", 400.2).hold(&mut client);
    sell(2, "200", 412.0, "GTC").under(1).hold(&mut client);
    let held = client.settled();
    client.ask(16);
    let open = client.settled();
    scene.pass("10:01");
    let after = client.settled();

    assert_eq!(kinds(&held), Vec::<i32>::new());
    assert_eq!(kinds(&open), [53]);
    assert_eq!(kinds(&after), Vec::<i32>::new());
}

#[test]
fn a_bracket_waits_fills_and_ends_with_its_target() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    bracket(&mut client, 1, "200");
    let taken = client.settled();
    scene.pass("10:01");
    let bought = client.settled();
    scene.pass("10:03");
    let sold = client.settled();

    assert_eq!(
        statuses(&taken),
        [
            status(1, "PreSubmitted", "0", "200"),
            status(1, "Submitted", "0", "200"),
            status(2, "PreSubmitted", "0", "200"),
            status(3, "PreSubmitted", "0", "200"),
        ]
    );
    assert_eq!(
        statuses(&bought),
        [
            status(1, "Filled", "200", "0"),
            status(2, "Submitted", "0", "200"),
        ]
    );
    assert_eq!(
        statuses(&sold),
        [
            status(2, "Filled", "200", "0"),
            status(3, "Cancelled", "0", "200"),
        ]
    );
    assert_eq!(errors(&sold), [(3, 202)]);
    let profit = of(&sold, 59)[0].real(4);
    assert!(profit > 2_000.0, "{profit}");
}

#[test]
fn orders_under_a_parent_are_grouped_by_the_broker() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    bracket(&mut client, 1, "200");
    let taken = client.settled();

    let open = of(&taken, 5);
    let parent = open[0].message(3);
    let stop = open.last().unwrap().message(3);
    assert_eq!(parent.string(27), "");
    assert_eq!(stop.string(27), parent.number(3).to_string());
    assert_eq!((stop.number(30), stop.number(4)), (3, 1));
    assert_eq!(stop.string(28), "20260914-1000.1-01s");
}

#[test]
fn the_agents_own_names_are_the_names_of_its_executions() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    bracket(&mut client, 1, "200");
    client.settled();
    scene.pass("10:01");
    client.send(7, &Fields::new().int(1, 5));
    let told = client.settled();

    let asked = of(&told, 11).pop().unwrap();
    let execution = asked.message(3);
    assert_eq!(execution.string(2), "20260914-1000.1-01e/1.01");
}

#[test]
fn a_partly_filled_parent_has_exits_for_what_it_bought() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    bracket(&mut client, 1, "30000");
    let refused = client.settled();
    bracket(&mut client, 4, "2000");
    client.settled();
    scene.pass("10:01");
    client.send(4, &Fields::new().int(1, 4));
    client.settled();
    client.ask(5);
    let open = client.settled();

    assert_eq!(errors(&refused)[0], (1, 201));
    let totals: Vec<(i64, String)> = of(&open, 5)
        .iter()
        .map(|open| (open.number(1), open.message(3).string(6)))
        .collect();
    assert_eq!(totals, [(5, "2000".to_owned()), (6, "2000".to_owned())]);
}

#[test]
fn a_parent_cancelled_before_it_fills_takes_its_family_along() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    buy(1, "200", 390.0).hold(&mut client);
    stop(2, "200", 380.0).under(1).release(&mut client);
    client.settled();

    client.send(4, &Fields::new().int(1, 1));
    let told = client.settled();

    assert_eq!(
        statuses(&told),
        [
            status(1, "Cancelled", "0", "200"),
            status(2, "Cancelled", "0", "200"),
        ]
    );
}

#[test]
fn a_refused_parent_is_inactive_and_its_family_cancelled() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    bracket(&mut client, 1, "100000");
    let told = client.settled();

    assert_eq!(errors(&told)[0], (1, 201));
    let words: Vec<(i64, String)> = statuses(&told).into_iter().map(|s| (s.0, s.1)).collect();
    assert_eq!(
        words,
        [
            (1, "Inactive".to_owned()),
            (2, "Cancelled".to_owned()),
            (3, "Cancelled".to_owned())
        ]
    );
}

#[test]
fn a_pair_in_a_group_is_one_sale() {
    let scene = Scene::open();
    let mut client = holder(&scene);

    stop(2, "200", 390.0).in_group("pair").release(&mut client);
    sell(3, "200", 412.0, "GTC")
        .in_group("pair")
        .release(&mut client);
    let taken = client.settled();
    sell(4, "100", 420.0, "GTC").release(&mut client);
    let beyond = client.settled();
    scene.pass("10:03");
    let sold = client.settled();

    assert_eq!(errors(&taken), []);
    assert_eq!(errors(&beyond), [(4, 201)]);
    assert_eq!(
        statuses(&sold),
        [
            status(3, "Filled", "200", "0"),
            status(2, "Cancelled", "0", "200"),
        ]
    );
}

#[test]
fn names_alone_pair_nothing() {
    let scene = Scene::open();
    let mut client = holder(&scene);
    let name = "g20260914-1002.1-01";

    stop(2, "100", 390.0)
        .named(&format!("{name}s"))
        .release(&mut client);
    sell(3, "100", 412.0, "GTC")
        .named(&format!("{name}t"))
        .release(&mut client);
    client.settled();
    scene.pass("10:03");
    let sold = client.settled();
    client.ask(5);
    let open = client.settled();

    assert_eq!(statuses(&sold), [status(3, "Filled", "100", "0")]);
    assert_eq!(of(&open, 5)[0].message(3).string(28), format!("{name}s"));
}

#[test]
fn a_name_that_was_used_is_taken_again_as_the_real_broker_does() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    let name = "20260914-1000.1-01e";

    buy(1, "100", 400.2).named(name).release(&mut client);
    buy(2, "100", 400.2).named(name).release(&mut client);
    client.settled();
    scene.pass("10:01");
    client.settled();
    client.send(7, &Fields::new().int(1, 5));
    let told = client.settled();

    let executions = of(&told, 11);
    let names: Vec<String> = executions
        .iter()
        .map(|one| one.message(3).string(14))
        .collect();
    assert_eq!(names, [name, name]);
}

#[test]
fn an_order_under_a_parent_that_has_bought_works_at_once() {
    let scene = Scene::open();
    let mut client = holder(&scene);

    stop(2, "200", 390.0).under(1).release(&mut client);
    sell(3, "200", 412.0, "GTC").under(1).release(&mut client);
    let told = client.settled();
    stop(4, "200", 391.0).under(1).release(&mut client);
    let second = client.settled();

    assert_eq!(
        statuses(&told).last(),
        Some(&status(3, "Submitted", "0", "200"))
    );
    assert_eq!(errors(&second), [(4, 201)]);
}

#[test]
fn a_stop_of_the_day_ends_with_the_day_and_one_till_cancelled_does_not() {
    let scene = Scene::open();
    let mut client = holder(&scene);
    stop(2, "100", 380.0)
        .with(|fields| fields.text(11, "DAY"))
        .release(&mut client);
    stop(3, "100", 380.0).release(&mut client);
    client.settled();

    scene.pass("16:30");
    let told = client.settled();

    assert_eq!(statuses(&told), [status(2, "Cancelled", "0", "100")]);
}

#[test]
fn an_order_of_a_family_cannot_be_changed_and_is_kept_or_cancelled() {
    for (revision, words) in [
        (Revision::Kept, vec![]),
        (Revision::Cancelled, vec!["Cancelled"]),
    ] {
        let scene = Scene::with(
            DAY,
            |config| config.revision = revision,
            FaultScript::none(),
        );
        let mut client = scene.client(17);
        bracket(&mut client, 1, "200");
        client.settled();

        stop(3, "200", 393.0).under(1).release(&mut client);
        let told = client.settled();

        assert_eq!(errors(&told)[0], (3, 10326));
        let found: Vec<String> = statuses(&told).into_iter().map(|status| status.1).collect();
        assert_eq!(found, words);
    }
}
