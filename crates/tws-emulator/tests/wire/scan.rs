//! Scanner, news, profit, and the other questions that lists answer.

use std::sync::Arc;

use catalyst_adapters_sim::config::SimConfig;
use catalyst_adapters_sim::generator::Generator;
use catalyst_adapters_sim::headlines::parse_headlines;
use catalyst_adapters_sim::world::{SimWorld, Tape, WorldSetup};
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::money::{Currency, Money};
use catalyst_tws_emulator::{Emulator, EmulatorConfig, FaultScript};

use crate::client::{Client, Message, errors, kinds, of};
use crate::fields::Fields;
use crate::scene::{RULES, Scene, at, buy};

/// A gateway over a generated market of eight names, with one headline.
fn market() -> Emulator {
    let item =
        r#"{"symbol":"700","published":"2026-09-14T09:45:00+08:00","headline":"Profit alert"}"#;
    let cash = Money::parse("1000000", Currency::Hkd).unwrap();
    let world = SimWorld::begin(WorldSetup {
        rules: Arc::clone(&RULES),
        tape: Tape::Generated(Generator::of_first(Arc::clone(&RULES), 5, 8).unwrap()),
        news: parse_headlines(item).unwrap(),
        config: SimConfig::pessimistic(cash, CommissionPlan::IbkrFixed),
        account: None,
        start: at("10:30"),
    });
    let config = EmulatorConfig::paper(([127, 0, 0, 1], 0).into());
    Emulator::start(config, world.unwrap(), FaultScript::none()).unwrap()
}

fn scan(client: &mut Client, change: impl FnOnce(Fields) -> Fields) -> Vec<Message> {
    let wanted = change(Fields::new().text(3, "STK.HK.SEHK").text(4, "MOST_ACTIVE"));
    client.send(22, &Fields::new().int(1, 6).inner(2, &wanted));
    client.settled()
}

#[test]
fn the_most_active_come_by_rank_and_no_more_than_asked() {
    let gateway = market();
    let mut client = Client::begin(gateway.address(), 17);

    let all = scan(&mut client, |wanted| wanted.int(1, 50).text(2, "STOCK.HK"));
    let three = scan(&mut client, |wanted| wanted.int(1, 3).text(2, "STOCK.HK"));
    let none = scan(&mut client, |wanted| {
        wanted.text(2, "STOCK.HK").double(5, 1e6)
    });
    let wrong = scan(&mut client, |wanted| wanted.text(2, "STK"));

    let rows = of(&all, 20)[0].messages(2);
    let ranks: Vec<i64> = rows.iter().map(|row| row.number(1)).collect();
    assert_eq!(ranks, (0..8).collect::<Vec<_>>());
    assert_eq!(of(&three, 20)[0].messages(2), rows[..3]);
    assert_eq!(errors(&none), [(6, 165)]);
    assert_eq!(errors(&wrong), [(6, 162)]);
}

#[test]
fn headlines_are_listed_and_read() {
    let gateway = market();
    let mut client = Client::begin(gateway.address(), 17);
    client.ask(85);
    let provider = client.until(85)[0].fields.message(1).string(1);
    let asked = Fields::new()
        .int(1, 3)
        .int(2, 1_000_700)
        .text(3, &provider)
        .int(6, 10);

    client.send(86, &asked);
    let told = client.settled();
    let row = of(&told, 86)[0].clone();
    let wanted = Fields::new()
        .int(1, 4)
        .text(2, &provider)
        .text(3, &row.string(4));
    client.send(84, &wanted);
    let article = client.until(83).pop().unwrap();

    assert_eq!(kinds(&told).last(), Some(&87));
    assert_eq!(row.string(5), "Profit alert");
    assert_eq!(row.string(2), "2026-09-14 01:45:00.0");
    assert_eq!(article.fields.string(3), "Profit alert");
}

#[test]
fn profit_of_account_and_holding_and_lists_under_a_request_id() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    buy(1, "200", 400.2).release(&mut client);
    client.settled();
    scene.pass("10:01");
    client.settled();
    let asked = Fields::new().int(1, 3).text(2, "DU1234567");

    client.send(92, &asked);
    let account = client.until(94).pop().unwrap();
    client.send(94, &asked.clone().int(4, 1_000_700));
    let holding = client.until(95).pop().unwrap();
    client.send(74, &asked);
    let positions = client.settled();
    client.send(76, &asked);
    let values = client.settled();

    assert!(account.fields.real(3) < -120.0);
    assert_eq!(holding.fields.string(2), "200");
    assert_eq!(kinds(&positions), [71, 72]);
    assert_eq!(values.last().map(|message| message.id), Some(74));
}

#[test]
fn everything_can_be_cancelled_at_once() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    let mut other = scene.client(18);
    buy(1, "100", 390.0).release(&mut client);
    client.settled();
    buy(1, "100", 390.0).release(&mut other);
    other.settled();

    other.ask(58);
    other.settled();
    client.ask(16);
    let told = client.settled();

    assert_eq!(errors(&told), [(1, 202)]);
    assert_eq!(told.last().map(|message| message.id), Some(53));
    assert_eq!(of(&told, 5).len(), 1, "the cancelled order of this client");
}
