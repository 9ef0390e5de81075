//! `market fees`: worked examples of both exchanges, plans, exemptions, and questions that are none.

use serde_json::{Value, json};

use crate::program::{answer, answers, assert_usage, at_fault, refused};

fn fees(arguments: &str) -> Value {
    answer(&format!("fees {arguments}"))
}

fn amount<'a>(answer: &'a Value, item: &str) -> Option<&'a str> {
    let items = answer["items"].as_array().unwrap();
    let named = items.iter().find(|found| found["item"] == item);
    named.map(|found| found["amount"].as_str().unwrap())
}

#[test]
fn one_question_in_flags_gets_every_charge_and_the_total() {
    let answer = fees("--date 2026-11-23 --side buy --quantity 100 --price 500");

    let hkd = |item, amount| json!({"item": item, "amount": amount, "currency": "HKD"});
    assert_eq!(
        answer,
        json!({
            "items": [
                hkd("stamp_duty", "50.00"),
                hkd("sfc_levy", "1.35"),
                hkd("afrc_levy", "0.08"),
                hkd("trading_fee", "2.83"),
                hkd("settlement_fee", "2.10"),
            ],
            "total": "56.36",
        })
    );
}

#[test]
fn the_stamp_goes_up_to_a_dollar_on_both_sides_and_spares_funds() {
    for side in ["buy", "sell", "long", "short"] {
        let trade = format!("--date 2026-11-23 --side {side} --quantity 3000 --price 16.67");

        assert_eq!(amount(&fees(&trade), "stamp_duty"), Some("51.00"), "{side}");
        assert_eq!(
            amount(&fees(&format!("{trade} --kind etf")), "stamp_duty"),
            None
        );
        assert_eq!(
            amount(&fees(&format!("{trade} --kind reit")), "stamp_duty"),
            None
        );
    }
}

#[test]
fn charges_are_those_of_the_trade_date() {
    let trade = "--side buy --quantity 1000 --price 100";
    for (date, stamp, tariff, settlement) in [
        ("2021-07-30", "100.00", Some("0.50"), "2.00"),
        ("2022-12-30", "130.00", Some("0.50"), "2.00"),
        ("2023-11-17", "100.00", None, "2.00"),
        ("2025-06-30", "100.00", None, "4.20"),
    ] {
        let answer = fees(&format!("--date {date} {trade}"));

        assert_eq!(amount(&answer, "stamp_duty"), Some(stamp), "{date}");
        assert_eq!(amount(&answer, "trading_tariff"), tariff, "{date}");
        assert_eq!(
            amount(&answer, "settlement_fee"),
            Some(settlement),
            "{date}"
        );
    }
}

#[test]
fn the_plan_of_the_broker_adds_its_commission_and_pays_what_it_includes() {
    let trade = "--date 2026-11-23 --side buy --quantity 100 --price 100";

    let none = fees(&format!("{trade} --plan none"));
    let fixed = fees(&format!("{trade} --plan ibkr-fixed"));
    let tiered = fees(&format!("{trade} --plan ibkr-tiered"));

    assert_eq!(none, fees(trade));
    assert_eq!(amount(&none, "commission"), None);
    assert_eq!(amount(&fixed, "commission"), Some("18.00"));
    assert_eq!(amount(&fixed, "trading_fee"), None);
    assert_eq!(amount(&tiered, "commission"), Some("18.00"));
    assert_eq!(amount(&tiered, "trading_fee"), amount(&none, "trading_fee"));
}

#[test]
fn new_york_charges_sales_only_and_in_dollars() {
    let trade = "--exchange NYSE --date 2026-06-01 --quantity 100 --price 150";

    let sale = fees(&format!("{trade} --side sell"));
    let purchase = fees(&format!("{trade} --side buy"));

    assert_eq!(sale["total"], "0.33");
    assert_eq!(sale["items"][0]["currency"], "USD");
    assert_eq!(purchase, json!({"items": [], "total": "0.00"}));
    let unresearched = "fees --exchange NYSE --date 2020-06-01 --side sell --quantity 1 --price 9";
    assert_eq!(refused(unresearched).0, "date");
}

#[test]
fn what_is_wrong_in_a_line_is_named() {
    let line = |key: &str, value: &str| {
        let mut trade = vec![
            ("date", r#""2026-11-23""#),
            ("side", r#""buy""#),
            ("quantity", "100"),
            ("price", r#""500""#),
        ];
        trade.retain(|(name, _)| *name != key);
        trade.push((key, value));
        let pairs: Vec<_> = trade
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        format!("{{{}}}", pairs.join(","))
    };
    for (key, value, found) in [
        ("side", r#""hold""#, "hold"),
        ("side", "null", "nothing"),
        ("quantity", "0", "0"),
        ("quantity", "-100", "-100"),
        ("quantity", "100.5", "100.5"),
        ("quantity", "100.0", "100.0"),
        ("quantity", "9223372036854775808", "9223372036854775808"),
        ("quantity", "1e2", "1e2"),
        ("quantity", r#""1,000""#, "1,000"),
        ("price", "0", "0"),
        ("price", r#""-5""#, "-5"),
        ("price", "1e309", "1e309"),
        ("price", r#""500.000000001""#, "500.000000001"),
        ("price", "NaN", "NaN"),
        ("plan", r#""ibkr""#, "ibkr"),
        ("kind", r#""warrant""#, "warrant"),
        ("date", r#""1999-11-23""#, "1999-11-23"),
        ("date", r#""2099-11-23""#, "2099-11-23"),
        ("symbol", r#""700""#, "an unknown key"),
    ] {
        let answer = answers("fees", &[&line(key, value)]).remove(0);

        assert_eq!(at_fault(&answer), (key.to_owned(), found.to_owned()));
    }
    assert_eq!(
        answers("fees", &[&line("price", "500")])[0]["total"],
        "56.36"
    );
}

#[test]
fn wrong_flags_are_usage_and_name_what_is_allowed() {
    let trade = "fees --date 2026-11-23 --side buy";
    assert_usage(trade, "--quantity: found nothing");
    assert_usage(&format!("{trade} --quantity 100"), "--price: found nothing");
    assert_usage(
        &format!("{trade} --quantity 0 --price 5"),
        "at least 1 share",
    );
    assert_usage(
        &format!("{trade} --quantity -1 --price 5"),
        "a whole number of shares",
    );
    assert_usage("fees --side hold", "buy, sell");
    assert_usage("fees --plan ibkr", "none, ibkr-fixed or ibkr-tiered");
}
