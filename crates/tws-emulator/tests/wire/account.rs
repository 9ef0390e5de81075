//! Account, portfolio and positions, in any base currency.

use catalyst_domain::money::Currency;
use catalyst_tws_emulator::{BaseCurrency, FaultScript};

use crate::client::{Client, Message, kinds, of};
use crate::fields::Fields;
use crate::scene::{DAY, Scene, buy};

fn account(client: &mut Client) -> Vec<Message> {
    client.send(6, &Fields::new().int(1, 1).text(2, "DU1234567"));
    client.until(54)
}

fn figure(told: &[Message], key: &str, currency: &str) -> String {
    let rows = of(told, 6);
    let row = rows
        .iter()
        .find(|row| row.string(1) == key && row.string(3) == currency);
    row.map_or_else(|| panic!("no {key} in {currency}"), |row| row.string(2))
}

fn bought(scene: &Scene) -> Client {
    let mut client = scene.client(17);
    buy(1, "200", 400.2).release(&mut client);
    client.settled();
    scene.pass("10:01");
    client.settled();
    client
}

#[test]
fn a_fresh_account_is_its_cash() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    let told = account(&mut client);

    assert_eq!(figure(&told, "AccountReady", ""), "true");
    assert_eq!(figure(&told, "CashBalance", "HKD"), "1000000");
    assert_eq!(figure(&told, "NetLiquidation", "HKD"), "1000000");
    assert_eq!(figure(&told, "ExchangeRate", "HKD"), "1");
    assert_eq!(kinds(&told).iter().filter(|id| **id == 7).count(), 0);
}

#[test]
fn a_holding_has_no_exchange_and_its_market_value() {
    let scene = Scene::open();
    let mut client = bought(&scene);

    let told = account(&mut client);

    let row = of(&told, 7).pop().unwrap();
    let contract = row.message(1);
    assert_eq!(
        (contract.has(8), contract.string(9)),
        (false, "SEHK".to_owned())
    );
    assert_eq!(row.string(2), "200");
    assert_eq!((row.real(3), row.real(4)), (399.4, 79_880.0));
    assert!(row.real(5) > 400.0, "fees are part of the cost");
    assert!(row.real(6) < -120.0);
    let cash: f64 = figure(&told, "CashBalance", "HKD").parse().unwrap();
    let net: f64 = figure(&told, "NetLiquidation", "HKD").parse().unwrap();
    assert!((net - cash - 79_880.0).abs() < 1e-6);
}

#[test]
fn the_account_is_told_again_after_a_trade_until_nobody_follows_it() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    account(&mut client);
    buy(1, "200", 400.2).release(&mut client);
    client.settled();

    scene.pass("10:01");
    let told = client.settled();
    client.send(6, &Fields::new().text(2, "DU1234567"));
    buy(2, "100", 400.2).release(&mut client);
    client.settled();
    scene.pass("10:02");
    let after = client.settled();

    assert_eq!(of(&told, 7)[0].string(2), "200");
    assert!(kinds(&after).contains(&11) && !kinds(&after).contains(&6));
}

#[test]
fn positions_end_and_come_again_on_change() {
    let scene = Scene::open();
    let mut client = scene.client(17);
    client.ask(61);
    let none = client.settled();
    buy(1, "200", 400.2).release(&mut client);
    client.settled();

    scene.pass("10:01");
    let told = client.settled();

    assert_eq!(kinds(&none), [62]);
    let row = of(&told, 61).pop().unwrap();
    assert_eq!(row.string(3), "200");
    assert!(!row.message(2).has(8));
}

#[test]
fn an_account_in_another_currency_has_sums_in_it_and_balances_by_currency() {
    for (currency, code, rate, stated) in [
        (Currency::Aud, "AUD", "5", "0.2"),
        (Currency::Usd, "USD", "7.8", "0.1282051"),
    ] {
        let base = BaseCurrency {
            currency,
            hkd_per_unit: rate.parse().unwrap(),
            cash: "1000".parse().unwrap(),
        };
        let scene = Scene::with(DAY, |config| config.base = base, FaultScript::none());
        let mut client = scene.client(17);

        let told = account(&mut client);

        assert_eq!(figure(&told, "CashBalance", "HKD"), "1000000");
        assert_eq!(figure(&told, "CashBalance", code), "1000");
        assert_eq!(figure(&told, "ExchangeRate", "HKD"), stated);
        assert_eq!(figure(&told, "ExchangeRate", code), "1");
        let net: f64 = figure(&told, "NetLiquidation", code).parse().unwrap();
        let expected = 1_000_000.0 / rate.parse::<f64>().unwrap() + 1_000.0;
        assert!((net - expected).abs() < 0.01, "{net}");
        assert_eq!(
            figure(&told, "CashBalance", "BASE"),
            figure(&told, "TotalCashValue", code)
        );
    }
}

#[test]
fn a_summary_has_the_tags_that_were_asked_for() {
    let scene = Scene::open();
    let mut client = scene.client(17);

    let asked = Fields::new()
        .int(1, 8)
        .text(2, "All")
        .text(3, "NetLiquidation,$LEDGER:HKD");
    client.send(62, &asked);
    let told = client.settled();

    let tags: Vec<String> = of(&told, 63).iter().map(|row| row.string(3)).collect();
    assert_eq!(tags[0], "NetLiquidation");
    assert!(tags.contains(&"CashBalance".to_owned()));
    assert_eq!(tags.len(), 8);
    assert_eq!(told.last().map(|message| message.id), Some(64));
}
