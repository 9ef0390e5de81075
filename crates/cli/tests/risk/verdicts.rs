//! Purchases: what is approved, refused, not checked and warned about.

use serde_json::{Value, json};

use crate::question::{breaches_of, check, example, rules, with};

#[test]
fn the_example_is_approved_with_costs_and_the_largest_size() {
    assert_eq!(
        check(&example()),
        json!({
            "approved": true,
            "breaches": [],
            "not_checked": ["cool_down", "equity_jump", "data_doubted", "limits_not_accepted", "universe"],
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
        ("/evidence/headline_sentiment", "news_catalyst"),
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
            "equity_jump",
            "data_doubted",
            "limits_not_accepted",
            "universe"
        ])
    );
}

#[test]
fn a_headline_of_unknown_kind_passes_for_as_long_as_the_limit_lets_it() {
    for (changes, expected) in [
        (
            vec![("/evidence/headline_sentiment", json!("unknown"))],
            true,
        ),
        (
            vec![(
                "/evidence/headline_published",
                json!("2026-11-23T09:30:00+08:00"),
            )],
            true,
        ),
        (
            vec![
                (
                    "/evidence/headline_published",
                    json!("2026-11-23T09:29:59+08:00"),
                ),
                ("/limits", json!({"max_news_age_hours": 1})),
            ],
            false,
        ),
    ] {
        let (approved, rules) = breaches_of(&changes);

        assert_eq!(approved, json!(expected), "{changes:?} {rules:?}");
    }
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
            json!("neutral"),
            "news_catalyst",
        ),
        (
            "/evidence/headline_sentiment",
            json!("negative"),
            "news_catalyst",
        ),
        (
            "/evidence/headline_published",
            json!("2026-11-22T10:29:59+08:00"),
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
