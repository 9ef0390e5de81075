//! How questions are asked, and what is wrong with bad ones.

use serde_json::{Value, json};

use crate::question::{answers, breaches_of, catalyst, check, example, rules, with};

#[test]
fn a_bare_nan_is_read_like_one_in_quotes() {
    let bare = with(&[("/day/pnl", json!("NaN"))])
        .to_string()
        .replace("\"NaN\"", "NaN");

    let answer = answers("check", &bare).remove(0);

    assert_eq!(rules(&answer), ["daily_loss"]);
}

#[test]
fn what_is_needed_and_no_figure_is_named() {
    for pointer in [
        "/exchange",
        "/now",
        "/instrument",
        "/instrument/symbol",
        "/instrument/kind",
        "/instrument/currency",
        "/account",
        "/account/currency",
        "/day",
        "/positions",
        "/trade",
        "/trade/symbol",
        "/trade/side",
        "/trade/quantity",
        "/trade/order_type",
        "/trade/reason",
    ] {
        let answer = check(&with(&[(pointer, Value::Null)]));

        let field = pointer.trim_start_matches('/').replace('/', ".");
        assert_eq!(answer["error"]["field"], json!(field), "{answer}");
        assert_eq!(answer["error"]["found"], json!("nothing"), "{pointer}");
        assert_eq!(answer["approved"], json!(false));
        assert_eq!(answer["breaches"], json!([]));
    }
}

#[test]
fn bad_input_is_answered_with_its_field() {
    for (pointer, value, field) in [
        ("/trade/quantity", json!(0.5), "trade.quantity"),
        ("/trade/quantity", json!(-100), "trade.quantity"),
        (
            "/trade/quantity",
            json!(9_223_372_036_854_775_808_u64),
            "trade.quantity",
        ),
        ("/trade/quantity", json!("1e2"), "trade.quantity"),
        ("/trade/side", json!("hold"), "trade.side"),
        ("/trade/side", json!(""), "trade.side"),
        ("/trade/symbol", json!("7\u{200b}00"), "trade.symbol"),
        ("/trade/symbol", json!("5"), "instrument.symbol"),
        ("/trade/entry_price", json!("5e2"), "trade.entry_price"),
        ("/trade/entry_price", json!("1,000"), "trade.entry_price"),
        (
            "/trade/entry_price",
            json!("\u{ff15}00"),
            "trade.entry_price",
        ),
        ("/trade/entry_price", json!("0"), "trade.entry_price"),
        ("/trade/entry_price", json!("-500"), "trade.entry_price"),
        ("/trade/order_type", json!("stop"), "trade.order_type"),
        ("/trade/colour", json!("red"), "trade.colour"),
        ("/now", json!("1999-01-04T10:00:00+08:00"), "now"),
        ("/now", json!("2099-01-05T10:00:00+08:00"), "now"),
        ("/now", json!("2026-11-23T10:30:00"), "now"),
        ("/exchange", json!("XHKG"), "exchange"),
        ("/instrument/currency", json!("USD"), "instrument.currency"),
        ("/instrument/lot", json!(0), "instrument.lot"),
        ("/account/equity", json!("1e309"), "account.equity"),
        (
            "/limits",
            json!({"max_position_pct": 0}),
            "limits.max_position_pct",
        ),
        (
            "/limits",
            json!({"max_position_pct": "1.5"}),
            "limits.max_position_pct",
        ),
        (
            "/limits",
            json!({"max_daily_loss_pct": "-0.02"}),
            "limits.max_daily_loss_pct",
        ),
        ("/limits", json!({"max_pos": 3}), "limits.max_pos"),
        (
            "/positions",
            json!([{"symbol": "700", "quantity": -1}]),
            "positions[0].quantity",
        ),
        (
            "/evidence/pattern",
            json!("head_and_shoulders"),
            "evidence.pattern",
        ),
        ("/halt", json!("off"), "halt"),
    ] {
        let answer = check(&with(&[(pointer, value.clone())]));

        assert_eq!(answer["error"]["field"], json!(field), "{value}: {answer}");
        assert_eq!(answer["approved"], json!(false), "{value}");
        assert_eq!(answer["breaches"], json!([]), "{value}");
    }
}

#[test]
fn a_price_between_ticks_or_past_the_table_is_refused_by_the_tick_rule() {
    for price in ["500.000000001", "9996", "0.0001"] {
        let (approved, rules) = breaches_of(&[("/trade/entry_price", json!(price))]);

        assert_eq!(approved, json!(false));
        assert!(
            rules.iter().any(|rule| rule == "tick"),
            "{price}: {rules:?}"
        );
    }
}

#[test]
fn lines_are_answered_in_order_and_bad_ones_in_their_place() {
    let good = example().to_string();
    let input = format!(
        "{good}\n{{\"exchange\":\n[1]\n{}\n{good}\n",
        "x".repeat(1_000_000)
    );

    let answers = answers("check", &input);

    let said: Vec<_> = answers
        .iter()
        .map(|answer| (answer["approved"].clone(), answer["error"]["field"].clone()))
        .collect();
    let line = || (json!(false), json!("line"));
    let yes = || (json!(true), Value::Null);
    assert_eq!(said, [yes(), line(), line(), line(), yes()]);
}

#[test]
fn flags_ask_the_same_question() {
    let question = example();
    let mut arguments = vec!["check".to_owned()];
    for (key, value) in question.as_object().unwrap() {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        arguments.extend([format!("--{key}"), text]);
    }
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();

    let output = catalyst(&arguments, "");

    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer, check(&question));
}

#[test]
fn wrong_flags_are_usage() {
    for arguments in [
        &["check", "--colour", "red"][..],
        &["check", "--trade", "{\"symbol\":"],
        &["size", "--example", "--plan", "none"],
        &[],
    ] {
        let output = catalyst(arguments, "");

        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(output.stdout, b"", "{arguments:?}");
    }
}
