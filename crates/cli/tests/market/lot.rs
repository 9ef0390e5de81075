//! `market lot`: lots with their dates, their age, and names without one.

use serde_json::{Value, json};

use crate::program::{answer, answers, assert_usage, at_fault, refused};

#[test]
fn one_question_in_flags_gets_the_lot_and_where_it_is_from() {
    assert_eq!(
        answer("lot --symbol 700 --date 2026-09-15"),
        json!({
            "symbol": "00700",
            "lot": 100,
            "source": "lists of securities 2025-07-11 and 2026-09-14",
            "as_of": "2026-09-14",
            "warning": null,
        })
    );
}

#[test]
fn a_lot_is_that_of_the_date_and_nobody_has_a_hundred_by_default() {
    for (symbol, date, lot) in [
        ("00100", "2026-11-23", 20),
        ("09866", "2026-11-23", 10),
        ("00005", "2026-11-23", 400),
        ("01211", "2025-09-18", 500),
        ("01211", "2025-09-19", 100),
    ] {
        let answer = answer(&format!("lot --symbol {symbol} --date {date}"));

        assert_eq!(answer["lot"], lot, "{symbol} {date}");
    }
}

#[test]
fn a_lot_that_the_reform_replaces_is_warned_about() {
    let before = answer("lot --symbol 5 --date 2026-11-13");
    let after = answer("lot --symbol 5 --date 2026-11-16");

    assert_eq!(before["warning"], Value::Null);
    let warning = after["warning"].as_str().unwrap();
    assert!(warning.contains("no standard unit"), "{warning}");
}

#[test]
fn one_symbol_five_spellings() {
    for symbol in ["700", "0700", "00700", "HK.00700", "0700.HK"] {
        let answer = answer(&format!("lot --symbol {symbol} --date 2026-11-23"));

        assert_eq!(answer["symbol"], "00700", "{symbol}");
    }
}

#[test]
fn in_new_york_single_shares_trade() {
    let answer = answer("lot --exchange NYSE --symbol brk.b --date 2026-11-23");

    assert_eq!(
        (&answer["symbol"], &answer["lot"]),
        (&"BRK.B".into(), &1.into())
    );
}

#[test]
fn what_has_no_lot_is_refused_by_symbol_and_what_has_none_yet_by_date() {
    for (question, field, found) in [
        ("--symbol 99998 --date 2026-11-23", "symbol", "99998"),
        ("--symbol AAPL --date 2026-11-23", "symbol", "AAPL"),
        (
            "--exchange NYSE --symbol 700 --date 2026-11-23",
            "symbol",
            "00700",
        ),
        ("--symbol 700 --date 2024-01-02", "date", "2024-01-02"),
        ("--symbol 700 --date 2099-01-02", "date", "2099-01-02"),
    ] {
        let refused = refused(&format!("lot {question}"));

        assert_eq!(refused, (field.to_owned(), found.to_owned()), "{question}");
    }
}

#[test]
fn a_symbol_that_only_looks_right_is_refused() {
    for (symbol, found) in [
        ("\"700\u{200b}\"", "700\\u{200b}"),
        ("\"\u{ff17}00\"", "\u{ff17}00"),
        ("\"000700\"", "000700"),
        ("\"\"", ""),
        ("700", "700"),
    ] {
        let line = format!(r#"{{"symbol":{symbol},"date":"2026-11-23"}}"#);

        let answer = answers("lot", &[&line]).remove(0);

        assert_eq!(at_fault(&answer), ("symbol".to_owned(), found.to_owned()));
    }
    assert_usage(
        "lot --symbol 000700 --date 2026-11-23",
        "a code such as 700",
    );
    assert_usage("lot --symbol 700", "--date: found nothing");
}
