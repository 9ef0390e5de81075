//! Gateways of other kinds: too old, too new, silent, in another currency, read-only, late quotes.

use std::sync::Arc;

use catalyst_adapters_sim::faces::SimMarketData;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::money::Currency;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::market_data::MarketData as _;
use catalyst_tws_emulator::{
    Access, BaseCurrency, EmulatorConfig, Fault, FaultScript, QuoteFeed, RequestKind, Trigger,
};
use rust_decimal::Decimal;
use serde_json::json;

use crate::kill::journal::Engine;
use crate::kill::stand::Stand;

fn paper() -> EmulatorConfig {
    EmulatorConfig::paper(([127, 0, 0, 1], 0).into())
}

async fn stand(config: EmulatorConfig) -> Stand {
    let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
    let stand = Stand::with(&rules, &Engine::Sqlite, 1, config).await;
    stand.write_purchase("buy").await;
    stand
}

#[tokio::test]
async fn a_gateway_that_is_too_old_or_too_new_says_so() {
    for server_version in [212, 227] {
        let stand = stand(EmulatorConfig {
            server_version,
            ..paper()
        })
        .await;

        let ended = stand.cycle("buy");
        let doctor = stand.program.catalyst(&["doctor"]);

        let told = format!("the gateway speaks version {server_version}, allowed are 213 to 226");
        assert!(ended.err.contains(&told), "{}", ended.err);
        assert_eq!(ended.code, Some(4), "{}", ended.err);
        assert!(doctor.out.contains(&told), "{}", doctor.out);
        assert_eq!(doctor.code, Some(6));
    }
}

/// The clock's line still answers: what stands still is the broker.
#[tokio::test]
async fn a_gateway_that_does_not_answer_is_code_75_and_an_alert_in_the_journal() {
    let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
    let engine = Engine::postgres();
    let stand = Stand::new(&rules, &engine, 1).await;
    stand.write_purchase("buy").await;
    let settings = stand.program.home().join("config/settings.yaml");
    let text = std::fs::read_to_string(&settings).unwrap();
    let quick = text.replace("account:", "connect_timeout_seconds: 0.3, account:");
    stand.program.file("config/settings.yaml", &quick);
    let silent = Fault {
        on: Trigger::Request(RequestKind::StartApi),
        after: 0,
        times: u32::MAX,
        effect: catalyst_tws_emulator::Effect::NeverAnswer,
    };
    stand.gateway.set_faults(FaultScript {
        faults: vec![silent],
    });

    let begun = std::time::Instant::now();
    let ended = stand.cycle("buy");

    assert_eq!(ended.code, Some(75), "{}", ended.err);
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    assert!(
        ended.err.contains("did not answer within 300ms"),
        "{}",
        ended.err
    );
    let Engine::Postgres(database) = &engine else {
        panic!("not the server");
    };
    let alerts = database.psql("select subject from kill_1.alerts").unwrap();
    assert_eq!(alerts.trim(), "cycle failed");
}

/// A million HKD and 100,000 AUD at 5.1 are 1,510,000 HKD: a purchase of 290,000 HKD is less than a fifth
/// of them, one of 310,000 is more, and a fifth of the million alone would be far less than either.
#[tokio::test]
async fn an_account_in_australian_dollars_is_sized_in_hong_kong_dollars() {
    let stand = stand(EmulatorConfig {
        base: BaseCurrency {
            currency: Currency::Aud,
            hkd_per_unit: Decimal::new(51, 1),
            cash: Decimal::from(100_000),
        },
        ..paper()
    })
    .await;
    let market = SimMarketData::new(Arc::clone(&stand.world));
    let ask = market.quote("700".parse().unwrap()).await.unwrap().ask;
    let shares = |value: u32| {
        let lots = Decimal::from(value) / ask.value() / Decimal::from(100);
        u64::try_from(lots.trunc() * Decimal::from(100)).unwrap()
    };
    let enough = shares(290_000);
    stand.write_purchase_of("enough", enough).await;
    stand.write_purchase_of("too_much", enough + 100).await;
    assert!(Decimal::from(enough) * ask.value() > Decimal::from(205_000));
    assert!(Decimal::from(enough + 100) * ask.value() > Decimal::from(302_000));

    let refused = stand.cycle("too_much");
    let bought = stand.cycle("enough");
    let status = stand.program.catalyst(&["status", "--json"]);

    assert_eq!(refused.code, Some(0), "{}", refused.err);
    assert!(refused.out.contains(" 0 approved, "), "{}", refused.out);
    assert_eq!(bought.code, Some(0), "{}", bought.err);
    assert!(bought.out.contains(" 1 approved, "), "{}", bought.out);
    let account = status.json();
    let equity: Decimal = account["equity"]
        .as_str()
        .unwrap()
        .trim_end_matches(" HKD")
        .parse()
        .unwrap();
    let around = Decimal::from(1_505_000)..Decimal::from(1_515_000);
    assert!(around.contains(&equity), "{account}");
}

#[tokio::test]
async fn positions_whose_exchange_is_empty_are_closed_by_close_all() {
    let stand = stand(paper()).await;
    stand.program.file(
        "leave.jsonl",
        &format!(
            "{}\n{{\"finish\":\"done\"}}\n",
            json!({"tool": "close_all", "input": {"reason": "for the test"}})
        ),
    );
    let bought = stand.cycle("buy");
    assert_eq!(bought.code, Some(0), "{}", bought.err);
    stand.later(2);

    stand.cycle("leave");

    let left = stand.program.catalyst(&["status", "--json"]);
    assert_eq!(left.json()["positions"], json!([]), "{}", left.out);
    stand.assert_whole("close_all").await;
}

#[tokio::test]
async fn a_read_only_gateway_is_found_by_the_doctor() {
    let stand = stand(EmulatorConfig {
        access: Access::ReadOnly,
        ..paper()
    })
    .await;

    let doctor = stand.program.catalyst(&["doctor"]);

    assert_eq!(doctor.code, Some(6));
    let told = "switch Read-Only API off in the gateway's API settings";
    assert!(doctor.out.contains(told), "{}", doctor.out);
}

#[tokio::test]
async fn delayed_quotes_buy_nothing_until_they_are_accepted() {
    let stand = stand(EmulatorConfig {
        feed: QuoteFeed::Delayed,
        ..paper()
    })
    .await;

    let ended = stand.cycle("buy");

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.out.contains(" 0 approved, "), "{}", ended.out);
    let doctor = stand.program.catalyst(&["doctor"]);
    assert!(doctor.out.contains("WARNING quote"), "{}", doctor.out);
}
