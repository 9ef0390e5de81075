//! `market phase`: the traps of the day, both exchanges, and the ends of the calendar.

use serde_json::{Value, json};

use crate::program::{answer, answers, assert_usage, at_fault};

fn phase_at(exchange: &str, at: &str) -> Value {
    answer(&format!("phase --exchange {exchange} --at {at}"))
}

#[test]
fn one_question_in_flags_gets_the_one_object() {
    assert_eq!(
        phase_at("HKEX", "2026-11-23T10:00:00+08:00"),
        json!({
            "exchange": "HKEX",
            "local": "2026-11-23T10:00:00+08:00",
            "phase": "continuous_morning",
            "accepts_entries": true,
            "accepts_exits": true,
            "next_change": "2026-11-23T12:00:00+08:00",
            "next_phase": "lunch",
        })
    );
}

#[test]
fn the_traps_of_the_calendar_are_answered_right() {
    for (local, phase, entries, exits) in [
        // The eve of the lunar new year 2026 is a half day.
        ("2026-02-16T11:59:59", "continuous_morning", true, true),
        ("2026-02-16T12:05:00", "auction_input", false, true),
        ("2026-02-16T12:30:00", "closed", false, false),
        ("2026-02-16T13:30:00", "closed", false, false),
        ("2026-11-23T12:00:00", "lunch", false, false),
        ("2026-11-23T12:59:59", "lunch", false, false),
        ("2026-11-23T13:00:00", "continuous_afternoon", true, true),
        ("2026-11-23T16:00:00", "auction_reference", false, false),
        ("2026-11-23T16:10:00", "closed", false, false),
        ("2026-11-22T10:00:00", "closed", false, false),
        ("2027-12-28T10:00:00", "continuous_morning", true, true),
        // The typhoon of 2020-08-19 took the morning.
        ("2020-08-19T10:00:00", "closed", false, false),
        ("2020-08-19T13:30:00", "continuous_afternoon", true, true),
    ] {
        let answer = phase_at("HKEX", &format!("{local}+08:00"));

        assert_eq!(answer["phase"], phase, "{local}");
        assert_eq!(answer["accepts_entries"], entries, "{local}");
        assert_eq!(answer["accepts_exits"], exits, "{local}");
    }
}

#[test]
fn new_york_has_no_lunch_and_moves_its_clock() {
    for (at, local, phase) in [
        (
            "2026-07-02T16:30:00Z",
            "2026-07-02T12:30:00-04:00",
            "continuous_morning",
        ),
        (
            "2026-11-23T14:29:59Z",
            "2026-11-23T09:29:59-05:00",
            "closed",
        ),
        (
            "2026-11-23T14:30:00Z",
            "2026-11-23T09:30:00-05:00",
            "continuous_morning",
        ),
        (
            "2026-11-27T18:30:00Z",
            "2026-11-27T13:30:00-05:00",
            "closed",
        ),
        (
            "2026-02-16T15:00:00Z",
            "2026-02-16T10:00:00-05:00",
            "closed",
        ),
    ] {
        let answer = phase_at("NYSE", at);

        assert_eq!(answer["local"], local, "{at}");
        assert_eq!(answer["phase"], phase, "{at}");
        assert_eq!(answer["accepts_entries"], phase != "closed", "{at}");
    }
}

#[test]
fn the_offset_of_the_question_does_not_move_the_answer() {
    let answer = phase_at("HKEX", "2026-11-22T20:00:00-06:00");

    assert_eq!(answer["local"], "2026-11-23T10:00:00+08:00");
}

#[test]
fn beyond_the_calendar_nothing_is_known_and_nothing_is_guessed() {
    let last = phase_at("HKEX", "2027-12-31T23:00:00+08:00");
    assert_eq!(last["phase"], "closed");
    assert_eq!(last["next_change"], Value::Null);
    assert_eq!(last["next_phase"], Value::Null);

    for at in ["2014-12-31T10:00:00+08:00", "2028-01-01T00:00:00+08:00"] {
        let answer = phase_at("HKEX", at);

        assert_eq!(at_fault(&answer), ("at".to_owned(), at.to_owned()));
        assert_eq!(
            answer["error"]["allowed"],
            "an exchange date from 2015-01-01 to 2027-12-31"
        );
    }
}

#[test]
fn what_is_wrong_is_named_by_its_key_or_flag() {
    for (line, field, found) in [
        (r#"{"exchange":"LSE","at":"x"}"#, "exchange", "LSE"),
        (r#"{"exchange":7}"#, "exchange", "7"),
        (r#"{"at":"2026-11-23"}"#, "at", "2026-11-23"),
        (
            r#"{"at":"2026-11-23T10:00:00"}"#,
            "at",
            "2026-11-23T10:00:00",
        ),
        (r#"{"at":1}"#, "at", "1"),
        ("{}", "at", "nothing"),
        (r#"{"when":"x"}"#, "when", "an unknown key"),
    ] {
        let answer = answers("phase", &[line]).remove(0);

        assert_eq!(at_fault(&answer), (field.to_owned(), found.to_owned()));
    }
    assert_usage(
        "phase --exchange LSE --at 2026-11-23T12:00:00Z",
        "HKEX or NYSE",
    );
    assert_usage("phase --at noon", "RFC 3339");
    assert_usage("phase --when noon", "--when");
}
