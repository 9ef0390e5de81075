//! `catalyst risk check` and `risk size` from outside: verdicts, exits, bad questions, exit codes.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of an integration test"
)]

use assert_cmd::Command;
use serde_json::{Value, json};

fn catalyst(arguments: &[&str], input: &str) -> std::process::Output {
    Command::cargo_bin("catalyst")
        .unwrap()
        .env_clear()
        .arg("risk")
        .args(arguments)
        .write_stdin(input.to_owned())
        .output()
        .unwrap()
}

fn answers(command: &str, input: &str) -> Vec<Value> {
    let output = catalyst(&[command], input);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn example() -> Value {
    let output = catalyst(&["check", "--example"], "");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The example with the value at each pointer replaced; `null` takes the key away.
fn with(changes: &[(&str, Value)]) -> Value {
    let mut question = example();
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let object = question.pointer_mut(parent).unwrap();
        if value.is_null() {
            object.as_object_mut().unwrap().remove(key).unwrap();
        } else {
            object[key] = value.clone();
        }
    }
    question
}

fn check(question: &Value) -> Value {
    answers("check", &question.to_string()).remove(0)
}

fn rules(answer: &Value) -> Vec<&str> {
    let breaches = answer["breaches"].as_array().unwrap();
    breaches
        .iter()
        .map(|breach| breach["rule"].as_str().unwrap())
        .collect()
}

fn breaches_of(changes: &[(&str, Value)]) -> (Value, Vec<String>) {
    let answer = check(&with(changes));
    let rules = rules(&answer).into_iter().map(str::to_owned).collect();
    (answer["approved"].clone(), rules)
}

#[test]
fn the_example_is_approved_with_costs_and_the_largest_size() {
    assert_eq!(
        check(&example()),
        json!({
            "approved": true,
            "breaches": [],
            "not_checked": ["cool_down", "equity_jump"],
            "warnings": [],
            "max_quantity": 400,
            "costs": {"entry": "182.85", "exit_at_target": "192.00", "exit_at_stop": "180.53"},
            "net_reward_risk": "2.36",
            "break_even_pct": "0.375",
        })
    );
}

#[test]
fn six_nonsense_trades_are_refused_each_by_its_own_rule() {
    let nan = || json!("NaN");
    let held = json!([{"symbol": "700", "quantity": 400, "price": "500"}]);
    for (changes, rule) in [
        (vec![("/trade/take_profit", nan())], "bracket"),
        (vec![("/day/pnl", nan())], "daily_loss"),
        (
            vec![
                ("/trade/side", json!("long")),
                ("/account/cash", json!(0)),
                ("/trade/stop_loss", json!("510")),
            ],
            "cash",
        ),
        (vec![("/trade/stop_loss", json!("510"))], "bracket"),
        (vec![("/trade/entry_price", json!("500.013"))], "tick"),
        (vec![("/trade/side", json!("sell"))], "short_sale"),
        (vec![("/positions", held)], "position_share"),
    ] {
        let (approved, rules) = breaches_of(&changes);

        assert_eq!(approved, json!(false), "{changes:?}");
        assert!(rules.iter().any(|found| found == rule), "{rule}: {rules:?}");
    }
}

#[test]
fn a_bare_nan_is_read_like_one_in_quotes() {
    let bare = with(&[("/day/pnl", json!("NaN"))])
        .to_string()
        .replace("\"NaN\"", "NaN");

    let answer = answers("check", &bare).remove(0);

    assert_eq!(rules(&answer), ["daily_loss"]);
}

#[test]
fn what_is_missing_is_refused_by_the_rule_that_needs_it() {
    for (pointer, rule) in [
        ("/account/equity", "equity_known"),
        ("/account/cash", "cash"),
        ("/day/pnl", "daily_loss"),
        ("/day/trades", "daily_trades"),
        ("/instrument/lot", "lot_known"),
        ("/quote", "quote_fresh"),
        ("/quote/bid", "quote_fresh"),
        ("/quote/feed", "quote_fresh"),
        ("/trade/entry_price", "bracket"),
        ("/trade/stop_loss", "bracket"),
        ("/trade/take_profit", "bracket"),
        ("/evidence/rsi", "rsi_range"),
        ("/evidence/pattern", "named_pattern"),
    ] {
        let (approved, rules) = breaches_of(&[(pointer, Value::Null)]);

        assert_eq!(approved, json!(false), "{pointer}");
        assert!(
            rules.iter().any(|found| found == rule),
            "{pointer}: {rules:?}"
        );
    }
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
fn optional_parts_that_are_left_out_are_named_and_do_not_refuse() {
    let answer = check(&with(&[
        ("/working", Value::Null),
        ("/limits", Value::Null),
        ("/evidence", Value::Null),
        ("/halt", Value::Null),
        ("/findings", Value::Null),
        ("/plan", Value::Null),
        ("/day/entries", Value::Null),
    ]));

    assert_eq!(answer["approved"], json!(true), "{answer}");
    assert_eq!(
        answer["not_checked"],
        json!([
            "halt",
            "unresolved_order",
            "entries_per_symbol",
            "findings_open",
            "news_catalyst",
            "relative_volume",
            "rsi_range",
            "named_pattern",
            "cool_down",
            "equity_jump"
        ])
    );
}

#[test]
fn optional_parts_that_are_given_are_judged() {
    let working = json!([{"symbol": "700", "side": "buy", "quantity": 100, "price": "499"}]);
    for (pointer, value, rule) in [
        ("/halt", json!("exits_only"), "halt"),
        ("/findings", json!(1), "findings_open"),
        ("/day/entries", json!(2), "entries_per_symbol"),
        ("/day/entries", json!({"0700.HK": 2}), "entries_per_symbol"),
        ("/working", working, "unresolved_order"),
        ("/evidence/rsi", json!("70.01"), "rsi_range"),
        (
            "/evidence/headline_sentiment",
            json!("unknown"),
            "news_catalyst",
        ),
        ("/limits", json!({"max_positions": 1}), "max_positions"),
        (
            "/limits",
            json!({"max_order_value": "99999"}),
            "max_order_value",
        ),
    ] {
        let (approved, rules) = breaches_of(&[(pointer, value)]);

        assert_eq!(approved, json!(false), "{pointer}");
        assert_eq!(rules, [rule], "{pointer}");
    }
}

#[test]
fn every_limit_says_what_it_allows_and_what_it_found() {
    let answer = check(&with(&[("/trade/quantity", json!(500))]));

    assert_eq!(
        answer["breaches"],
        json!([{
            "rule": "position_share",
            "limit": "200000.00 HKD",
            "found": "250000.00 HKD",
            "text": "position_share: 200000.00 HKD allowed, 250000.00 HKD found",
        }])
    );
    assert_eq!(answer["max_quantity"], json!(400));
}

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

#[test]
fn an_account_in_another_currency_needs_its_rate() {
    let aud = ("/account/currency", json!("AUD"));
    let rate = |rate: Value| check(&with(&[aud.clone(), ("/account/rate", rate)]));

    let without = check(&with(std::slice::from_ref(&aud)));
    let worthless = rate(json!(0));
    let converted = rate(json!("5.1"));

    assert_eq!(without["error"]["field"], json!("account.rate"));
    assert_eq!(worthless["error"]["found"], json!("0"));
    assert_eq!(converted["approved"], json!(true));
    assert_eq!(converted["max_quantity"], json!(2000));
}

#[test]
fn the_given_lot_counts_and_another_on_file_is_told() {
    let answer = check(&with(&[("/instrument/lot", json!(200))]));

    assert_eq!(answer["approved"], json!(true));
    assert_eq!(
        answer["warnings"],
        json!(["a lot of 200 is given, the list as of 2026-09-14 has 100"])
    );
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
fn size_finds_the_quantity_of_which_one_lot_more_is_refused() {
    let question = with(&[("/trade/quantity", Value::Null)]);

    let sized = answers("size", &question.to_string()).remove(0);

    assert_eq!(sized["approved"], json!(true));
    assert_eq!(sized["max_quantity"], json!(400));
    assert_eq!(sized["costs"]["entry"], json!("365.70"));
    assert_eq!(
        breaches_of(&[("/trade/quantity", json!(400))]).0,
        json!(true)
    );
    assert_eq!(
        breaches_of(&[("/trade/quantity", json!(500))]).0,
        json!(false)
    );
}

#[test]
fn size_is_zero_where_not_even_one_lot_passes() {
    let poor = with(&[
        ("/trade/quantity", Value::Null),
        ("/account/cash", json!(100)),
    ]);

    let sized = answers("size", &poor.to_string()).remove(0);

    assert_eq!(sized["approved"], json!(false));
    assert_eq!(sized["max_quantity"], json!(0));
}

/// The same gate and other data: New York in shares, dollars and its own hours.
#[test]
fn a_trade_in_new_york_is_judged_by_the_tables_of_new_york() {
    let question = |equity: &str, now: &str| {
        let mut question = with(&[
            ("/exchange", json!("NYSE")),
            ("/now", json!(now)),
            (
                "/instrument",
                json!({"symbol": "AAPL", "lot": 1, "kind": "equity", "currency": "USD"}),
            ),
            ("/positions", json!([])),
            (
                "/quote",
                json!({"last": "200", "bid": "199.99", "ask": "200", "at": now, "feed": "live"}),
            ),
            ("/account/equity", json!(equity)),
            ("/account/cash", json!(equity)),
            ("/account/currency", json!("USD")),
        ]);
        question["trade"]["symbol"] = json!("AAPL");
        question["trade"]["quantity"] = json!(37);
        question["trade"]["entry_price"] = json!("200");
        question["trade"]["stop_loss"] = json!("196");
        question["trade"]["take_profit"] = json!("210.01");
        check(&question)
    };

    let open = question("100000", "2026-11-24T10:30:00-05:00");
    let early_close = question("100000", "2026-11-27T13:30:00-05:00");
    let small = question("20000", "2026-11-24T10:30:00-05:00");

    assert_eq!(open["approved"], json!(true), "{open}");
    assert_eq!(open["max_quantity"], json!(100));
    assert_eq!(rules(&early_close), ["phase"]);
    assert!(
        small["not_checked"]
            .as_array()
            .unwrap()
            .contains(&json!("day_trades"))
    );
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
