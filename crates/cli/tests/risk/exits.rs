//! Sales: nothing but their own few rules stands in their way.

use serde_json::{Value, json};

use crate::question::{check, rules, with};

fn an_exit(quantity: u64) -> Value {
    json!({
        "exchange": "HKEX",
        "now": "2026-11-23T10:30:00+08:00",
        "positions": [{"symbol": "0700.HK", "quantity": 400, "price": "NaN"}],
        "quote": {"last": "500", "bid": "499.8"},
        "trade": {"symbol": "700", "side": "sell", "quantity": quantity},
    })
}

#[test]
fn an_exit_needs_no_more_than_what_it_sells_and_a_price() {
    let answer = check(&an_exit(400));

    assert_eq!(answer["approved"], json!(true), "{answer}");
    assert_eq!(answer["max_quantity"], json!(400));
}

#[test]
fn an_exit_passes_halted_over_every_limit_and_without_figures() {
    let mut question = with(&[
        ("/account/equity", Value::Null),
        ("/account/cash", json!("NaN")),
        ("/day/pnl", json!("NaN")),
        ("/day/trades", json!(99)),
        ("/halt", json!("halted")),
        ("/findings", json!(7)),
        ("/trade/side", json!("sell")),
    ]);
    let six =
        (1..=6).map(|code| json!({"symbol": code.to_string(), "quantity": 9000, "price": "500"}));
    let mut positions: Vec<Value> = six.collect();
    positions.push(json!({"symbol": "700", "quantity": 200, "price": "500"}));
    question["positions"] = json!(positions);

    assert_eq!(check(&question)["approved"], json!(true));
    question["trade"]["quantity"] = json!(201);
    let one_more = check(&question);
    assert_eq!(one_more["approved"], json!(false));
    assert_eq!(rules(&one_more), ["short_sale", "exceeds_holding"]);
}

#[test]
fn an_exit_waits_for_a_phase_that_matches() {
    let at = |time: &str| {
        let mut question = an_exit(400);
        question["now"] = json!(format!("2026-11-23T{time}+08:00"));
        let answer = check(&question);
        rules(&answer).join(" ")
    };

    assert_eq!(at("12:30:00"), "phase");
    assert_eq!(at("16:03:00"), "");
    assert_eq!(at("16:00:30"), "phase");
    assert_eq!(at("17:00:00"), "phase");
}

#[test]
fn an_exit_names_the_sales_that_are_at_work_already() {
    let mut question = an_exit(400);
    question["working"] =
        json!([{"symbol": "700", "side": "sell", "quantity": 400, "price": "490"}]);

    let answer = check(&question);

    assert_eq!(answer["approved"], json!(true));
    assert_eq!(
        answer["warnings"],
        json!(["400 shares are at work to be sold already, cancel these orders first"])
    );
}
