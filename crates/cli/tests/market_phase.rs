//! `catalyst market phase` from outside: the built program, its answers and its exit codes.
#![expect(clippy::unwrap_used, reason = "helpers of an integration test")]

use std::process::Output;

use assert_cmd::Command;
use serde_json::{Value, json};

fn catalyst(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::cargo_bin("catalyst").unwrap();
    command
        .env_clear()
        .args(["market", "phase"])
        .args(arguments)
        .write_stdin(input.to_owned())
        .output()
        .unwrap()
}

fn answers(output: &Output) -> Vec<Value> {
    let text = str::from_utf8(&output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn phase_at(local: &str) -> Value {
    let at = format!("{local}+08:00");
    let output = catalyst(&["--exchange", "HKEX", "--at", &at], "");
    assert_eq!(output.status.code(), Some(0), "{local}");
    let mut answers = answers(&output);
    assert_eq!(answers.len(), 1, "{local}");
    answers.remove(0)
}

#[test]
fn one_question_in_flags_gets_the_one_object() {
    assert_eq!(
        phase_at("2026-11-23T10:00:00"),
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
    ] {
        let answer = phase_at(local);

        assert_eq!(answer["phase"], phase, "{local}");
        assert_eq!(answer["accepts_entries"], entries, "{local}");
        assert_eq!(answer["accepts_exits"], exits, "{local}");
    }
}

#[test]
fn the_offset_of_the_question_does_not_move_the_answer() {
    let output = catalyst(&["--at", "2026-11-22T20:00:00-06:00"], "");

    assert_eq!(answers(&output)[0]["local"], "2026-11-23T10:00:00+08:00");
}

#[test]
fn beyond_the_calendar_nothing_is_known_and_nothing_is_guessed() {
    let last = phase_at("2027-12-31T23:00:00");
    assert_eq!(last["phase"], "closed");
    assert_eq!(last["next_change"], Value::Null);
    assert_eq!(last["next_phase"], Value::Null);

    for local in ["2014-12-31T10:00:00", "2028-01-01T00:00:00"] {
        let answer = phase_at(local);

        assert_eq!(answer["error"]["field"], "at", "{local}");
        assert_eq!(answer["error"]["found"], format!("{local}+08:00"));
        assert_eq!(
            answer["error"]["allowed"],
            "an exchange date from 2015-01-01 to 2027-12-31"
        );
    }
}

#[test]
fn lines_are_answered_in_their_order_and_bad_ones_in_their_place() {
    let input = format!(
        "{}\nnot json\n{}\n\n{{\"at\":\"{}\n[1]\n{}\n{}",
        r#"{"exchange":"HKEX","at":"2026-11-23T12:00:00+08:00"}"#,
        r#"{"exchange":"NYSE","at":"2026-11-23T12:00:00+08:00"}"#,
        "x".repeat(1_000_000),
        r#"{"exchange":"HKEX","at":"2031-01-01T12:00:00+08:00"}"#,
        r#"{"at":"2026-11-23T13:00:00+08:00"}"#,
    );

    let output = catalyst(&["--json"], &input);

    assert_eq!(output.status.code(), Some(0));
    let said: Vec<_> = answers(&output)
        .iter()
        .map(|answer| {
            let word = answer.get("phase").unwrap_or(&answer["error"]["field"]);
            word.as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(
        said,
        [
            "lunch",
            "line",
            "exchange",
            "line",
            "line",
            "line",
            "at",
            "continuous_afternoon"
        ]
    );
    assert_eq!(answers(&output)[2]["error"]["allowed"], "HKEX");
    assert_eq!(answers(&output)[4]["error"]["found"], "1000007 bytes");
}

#[test]
fn bytes_that_are_no_text_are_answered_too() {
    let mut command = Command::cargo_bin("catalyst").unwrap();

    let output = command
        .args(["market", "phase"])
        .write_stdin(b"\xff\xfe{}\n{\"at\":\"2026-11-23T13:00:00+08:00\"}\n".as_slice())
        .output()
        .unwrap();

    let answers = answers(&output);
    assert_eq!(answers[0]["error"]["field"], "line");
    assert_eq!(answers[1]["phase"], "continuous_afternoon");
}

#[test]
fn no_questions_are_no_answers() {
    let output = catalyst(&[], "");

    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, b"");
}

#[test]
fn wrong_flags_are_usage_and_name_what_is_allowed() {
    for (arguments, told) in [
        (
            &["--exchange", "NYSE", "--at", "2026-11-23T12:00:00Z"][..],
            "HKEX",
        ),
        (&["--at", "noon"], "--at"),
        (&["--when", "noon"], "--when"),
    ] {
        let output = catalyst(arguments, "");

        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(output.stdout, b"", "{arguments:?}");
        let said = str::from_utf8(&output.stderr).unwrap();
        assert!(said.contains(told), "{said}");
    }
}
