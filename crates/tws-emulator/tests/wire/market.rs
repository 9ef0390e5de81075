//! Contracts, price bands, quotes and bars.

use catalyst_tws_emulator::{FaultScript, LotFields, QuoteFeed};

use crate::client::{Client, errors, kinds, of};
use crate::fields::Fields;
use crate::scene::{DAY, Scene, at, tencent};

fn details(client: &mut Client, contract: &Fields) -> Vec<crate::client::Message> {
    client.send(9, &Fields::new().int(1, 7).inner(2, contract));
    client.settled()
}

#[test]
fn a_contract_has_lot_rule_and_hours() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    let told = details(&mut client, &tencent());

    assert_eq!(kinds(&told), [10, 52]);
    let contract = told[0].fields.message(2);
    let found = told[0].fields.message(3);
    assert_eq!(
        (contract.number(1), contract.string(2), contract.string(8)),
        (1_000_700, "700".to_owned(), "SEHK".to_owned())
    );
    assert_eq!([24, 25, 26].map(|tag| found.string(tag)), ["100"; 3]);
    assert_eq!(found.string(4), "SMART,SEHK");
    assert_eq!(found.string(21), "3001,3001");
    let hours = found.string(14);
    assert!(
        hours.starts_with("20260914:0930-20260914:1200;20260914:1300-20260914:1610;20260915:0930"),
        "{hours}"
    );
    assert!(
        hours.ends_with("20260919:CLOSED;20260920:CLOSED"),
        "{hours}"
    );
}

#[test]
fn lots_can_be_left_out() {
    let scene = Scene::with(
        DAY,
        |config| config.lot_fields = LotFields::Absent,
        FaultScript::none(),
    );
    let mut client = scene.client(17);

    let told = details(&mut client, &tencent());

    let found = told[0].fields.message(3);
    assert_eq!([24, 25, 26].map(|tag| found.has(tag)), [false; 3]);
}

#[test]
fn zeros_other_currencies_and_strange_symbols_are_unknown() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    let named = |symbol: &str, currency: &str| {
        Fields::new()
            .text(2, symbol)
            .text(3, "STK")
            .text(8, "SEHK")
            .text(10, currency)
    };

    for contract in [
        named("0700", "HKD"),
        named("700", "USD"),
        named("99999", "HKD"),
    ] {
        assert_eq!(errors(&details(&mut client, &contract)), [(7, 200)]);
    }
}

#[test]
fn a_contract_can_be_named_by_its_id() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    let told = details(
        &mut client,
        &Fields::new().int(1, 1_000_700).text(8, "SEHK"),
    );

    assert_eq!(told[0].fields.message(2).string(2), "700");
}

#[test]
fn a_rule_has_the_bands_of_the_day() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    client.send(91, &Fields::new().int(1, 3001));
    let told = client.until(93).pop().unwrap();

    let bands: Vec<(f64, f64)> = told
        .fields
        .messages(2)
        .iter()
        .map(|band| (band.real(1), band.real(2)))
        .collect();
    assert_eq!(bands[0], (0.0, 0.001));
    assert!(bands.contains(&(200.0, 0.2)), "{bands:?}");
    assert!(bands.is_sorted_by(|one, next| one.0 < next.0));
}

fn snapshot(client: &mut Client) -> Vec<crate::client::Message> {
    let asked = Fields::new().int(1, 9).inner(2, &tencent()).int(4, 1);
    client.send(1, &asked);
    client.settled()
}

fn price(told: &[crate::client::Message], tick: i64) -> Option<f64> {
    let ticks = of(told, 1);
    let found = ticks.iter().find(|fields| fields.number(2) == tick);
    found.map(|fields| fields.real(3))
}

#[test]
fn a_snapshot_has_prices_sizes_and_the_time_of_the_last_trade() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    scene.pass("10:01");

    let told = snapshot(&mut client);

    assert_eq!(told.first().map(|message| message.id), Some(81));
    assert_eq!(told.last().map(|message| message.id), Some(57));
    let prices = [1, 2, 4, 6, 7, 9, 14].map(|tick| price(&told, tick).unwrap());
    assert_eq!(prices, [399.4, 399.6, 399.4, 400.0, 399.0, 400.0, 400.0]);
    let sizes = of(&told, 2);
    let volume = sizes.iter().find(|fields| fields.number(2) == 8).unwrap();
    assert_eq!(volume.string(3), "300000");
    let time = of(&told, 46).pop().unwrap();
    assert_eq!(
        (time.number(2), time.string(3)),
        (45, at("10:01").timestamp().to_string())
    );
}

#[test]
fn delayed_quotes_are_old_and_only_for_those_who_ask_for_them() {
    let scene = Scene::with(
        DAY,
        |config| config.feed = QuoteFeed::Delayed,
        FaultScript::none(),
    );
    let mut client = scene.client(17);
    scene.pass("10:16");

    let refused = snapshot(&mut client);
    client.send(59, &Fields::new().int(1, 3));
    let told = snapshot(&mut client);

    assert_eq!(errors(&refused), [(9, 354)]);
    assert_eq!(errors(&told), [(9, 10167)]);
    assert_eq!(of(&told, 58)[0].number(2), 3);
    assert_eq!((price(&told, 68), price(&told, 4)), (Some(399.4), None));
    assert_eq!(of(&told, 46)[0].number(2), 88);
}

#[test]
fn quotes_that_go_on_come_again_when_the_world_moves_until_they_are_cancelled() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    client.send(1, &Fields::new().int(1, 9).inner(2, &tencent()));
    client.settled();

    scene.pass("10:02");
    let moved = client.settled();
    client.send(2, &Fields::new().int(1, 9));
    client.settled();
    scene.pass("10:03");
    let after = client.settled();

    assert_eq!(price(&moved, 4), Some(398.4));
    assert_eq!(kinds(&after), Vec::<i32>::new());
}

fn bars(client: &mut Client, size: &str, duration: &str) -> Vec<Fields> {
    let asked = Fields::new()
        .int(1, 5)
        .inner(2, &tencent())
        .text(4, size)
        .text(5, duration)
        .int(6, 1)
        .text(7, "TRADES")
        .int(8, 2);
    client.send(20, &asked);
    let told = client.settled();
    assert_eq!(kinds(&told), [17, 108], "{told:?}");
    told[0].fields.messages(2)
}

#[test]
fn minutes_come_as_epoch_seconds_with_the_one_that_runs() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    scene.pass("10:01");

    let one_day = bars(&mut client, "1 min", "1 D");
    let two_days = bars(&mut client, "1 min", "2 D");

    let last = one_day.last().unwrap();
    assert_eq!((one_day.len(), two_days.len()), (4, 5));
    assert_eq!(last.string(1), at("10:01").timestamp().to_string());
    assert_eq!((last.real(2), last.string(6)), (399.4, "0".to_owned()));
    let closed = &one_day[2];
    let prices = [2, 3, 4, 5].map(|tag| closed.real(tag));
    assert_eq!(prices, [399.8, 400.0, 399.0, 399.4]);
    assert_eq!(closed.string(6), "100000");
}

#[test]
fn days_come_by_date_with_today_as_far_as_it_has_come() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    let days = bars(&mut client, "1 day", "5 D");

    let dates: Vec<String> = days.iter().map(|bar| bar.string(1)).collect();
    assert_eq!(dates, ["20260911", "20260914"]);
    assert_eq!(days[1].string(6), "200000");
}

#[test]
fn minutes_join_to_longer_bars() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    scene.pass("10:04");

    let joined = bars(&mut client, "15 mins", "1 D");

    let last = joined.last().unwrap();
    assert_eq!(last.string(1), at("10:00").timestamp().to_string());
    assert_eq!([3, 4, 5].map(|tag| last.real(tag)), [414.0, 393.0, 394.0]);
}

#[test]
fn bars_of_an_unknown_size_or_kind_are_errors() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    for (size, what, code) in [("7 mins", "TRADES", 321), ("1 min", "BID_ASK", 162)] {
        let asked = Fields::new()
            .int(1, 5)
            .inner(2, &tencent())
            .text(4, size)
            .text(5, "1 D")
            .text(7, what);
        client.send(20, &asked);

        assert_eq!(errors(&client.settled()), [(5, code)]);
    }
}
