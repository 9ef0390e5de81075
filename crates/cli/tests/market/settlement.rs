//! `market settlement`: two days in Hong Kong, one in New York, and what lies between.

use serde_json::json;

use crate::program::{answer, answers, assert_usage, at_fault, refused};

#[test]
fn one_question_in_flags_gets_both_dates() {
    assert_eq!(
        answer("settlement --exchange HKEX --date 2026-11-23"),
        json!({"trade_date": "2026-11-23", "settlement_date": "2026-11-25"})
    );
}

#[test]
fn half_days_holidays_and_weekends_do_not_count() {
    for (exchange, traded, settled) in [
        // The Monday is the half day before Lunar New Year, and three holidays follow it.
        ("HKEX", "2026-02-13", "2026-02-23"),
        ("HKEX", "2026-02-16", "2026-02-23"),
        ("HKEX", "2026-11-20", "2026-11-24"),
        ("NYSE", "2026-11-20", "2026-11-23"),
        ("NYSE", "2026-11-25", "2026-11-27"),
        ("NYSE", "2024-05-24", "2024-05-29"),
        ("NYSE", "2024-05-28", "2024-05-29"),
        // Banks are closed on Veterans Day.
        ("NYSE", "2026-11-10", "2026-11-12"),
    ] {
        let answer = answer(&format!("settlement --exchange {exchange} --date {traded}"));

        assert_eq!(answer["trade_date"], traded, "{exchange}");
        assert_eq!(answer["settlement_date"], settled, "{exchange} {traded}");
    }
}

#[test]
fn a_date_that_nothing_is_settled_from_is_refused_with_the_reason() {
    for (question, date, reason) in [
        (
            "--date 2026-11-22",
            "2026-11-22",
            "a trading day, and this is none: weekend",
        ),
        (
            "--date 2026-12-25",
            "2026-12-25",
            "this is none: Christmas Day",
        ),
        (
            "--date 2027-12-31",
            "2027-12-31",
            "from 2015-01-01 to 2027-12-31",
        ),
        (
            "--date 2014-12-31",
            "2014-12-31",
            "from 2015-01-01 to 2027-12-31",
        ),
        (
            "--exchange NYSE --date 2025-01-08",
            "2025-01-08",
            "whether 2025-01-09 counts",
        ),
    ] {
        let question = format!("settlement {question}");

        assert_eq!(refused(&question), ("date".to_owned(), date.to_owned()));
        let answer = answer(&question);
        let allowed = answer["error"]["allowed"].as_str().unwrap();
        assert!(allowed.contains(reason), "{allowed}");
    }
}

#[test]
fn what_is_no_date_is_named() {
    let answer = answers("settlement", &[r#"{"date":"tomorrow"}"#]).remove(0);

    assert_eq!(
        at_fault(&answer),
        ("date".to_owned(), "tomorrow".to_owned())
    );
    assert_usage("settlement --date tomorrow", "a date such as 2026-11-23");
}
