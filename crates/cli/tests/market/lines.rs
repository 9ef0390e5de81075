//! What holds for the lines of every question, and for its help.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::program::{answers, at_fault, market};

/// Each question with a line that has an answer, and a key of that answer.
const GOOD: [(&str, &str, &str); 6] = [
    (
        "calendar",
        r#"{"from":"2026-11-23","to":"2026-11-23"}"#,
        "rows",
    ),
    ("phase", r#"{"at":"2026-11-23T13:00:00+08:00"}"#, "phase"),
    ("tick", r#"{"date":"2026-11-23","price":"5"}"#, "legal"),
    (
        "fees",
        r#"{"date":"2026-11-23","side":"buy","quantity":100,"price":5}"#,
        "total",
    ),
    ("lot", r#"{"symbol":"700","date":"2026-11-23"}"#, "lot"),
    ("settlement", r#"{"date":"2026-11-23"}"#, "settlement_date"),
];

fn says(field: &str, found: &str) -> (String, String) {
    (field.to_owned(), found.to_owned())
}

#[test]
fn bad_lines_are_answered_in_their_place_and_the_good_ones_after_them() {
    let long = "x".repeat(1_000_000);
    for (question, good, key) in GOOD {
        let cut = good.trim_end_matches('}');
        let bad = ["", "not json", "[1]", "null", "7", cut, &long];
        let mut lines = vec![good];
        lines.extend(bad);
        lines.push(good);

        let answers = answers(question, &lines);

        let faults: Vec<_> = answers[1..=bad.len()].iter().map(at_fault).collect();
        let expected: Vec<_> = [&bad[..6], &["1000000 bytes"]]
            .concat()
            .iter()
            .map(|found| says("line", found))
            .collect();
        assert_eq!(faults, expected, "{question}");
        assert!(!answers[0][key].is_null(), "{question}: {}", answers[0]);
        assert_eq!(answers.last(), answers.first(), "{question}");
    }
}

#[test]
fn keys_are_the_flags_and_each_stands_once() {
    for (question, good, _) in GOOD {
        let lines = [
            good.replacen('{', r#"{"when":1,"#, 1),
            good.replacen('{', r#"{"exchange":"HKEX","exchange":"HKEX","#, 1),
            good.replacen('{', r#"{"exchange":"hkex","#, 1),
            good.replacen('{', r#"{"exchange":"HKEX\u200b","#, 1),
        ];

        let answers = answers(question, &lines.each_ref().map(String::as_str));

        let faults: Vec<_> = answers.iter().map(at_fault).collect();
        assert_eq!(
            faults,
            [
                says("when", "an unknown key"),
                says("exchange", "the key twice"),
                says("exchange", "hkex"),
                says("exchange", "HKEX\\u{200b}"),
            ],
            "{question}"
        );
    }
}

#[test]
fn an_exchange_alone_is_that_of_the_lines_that_name_none() {
    let silent = r#"{"symbol":"AAPL","date":"2026-11-23"}"#;
    let named = r#"{"exchange":"HKEX","symbol":"AAPL","date":"2026-11-23"}"#;

    let answers = answers("lot --exchange NYSE --json", &[silent, named]);

    assert_eq!(answers[0]["lot"], 1);
    assert_eq!(at_fault(&answers[1]), says("symbol", "AAPL"));
}

#[test]
fn bytes_that_are_no_text_are_answered_too() {
    let ended = market(
        "phase",
        b"\xff\xfe{}\n{\"at\":\"2026-11-23T13:00:00+08:00\"}\r\n",
    );

    let answers = ended.answers();
    assert_eq!(answers[0]["error"]["field"], "line");
    assert_eq!(answers[1]["phase"], "continuous_afternoon");
}

#[test]
fn no_questions_are_no_answers() {
    for (question, ..) in GOOD {
        let ended = market(question, "");

        assert_eq!((ended.code, &*ended.out), (Some(0), ""), "{question}");
    }
}

#[test]
fn ten_thousand_questions_keep_their_order() {
    let prices: Vec<String> = (1..=10_000).map(|cents| format!("{cents}e0")).collect();
    let lines: Vec<String> = prices
        .iter()
        .map(|price| format!(r#"{{"date":"2026-11-23","price":"{price}"}}"#))
        .collect();

    let ended = market("tick", lines.join("\n"));

    let found: Vec<String> = ended
        .answers()
        .iter()
        .map(|answer| at_fault(answer).1)
        .collect();
    assert_eq!(found, prices);
}

#[test]
fn an_answer_comes_before_the_next_question_is_asked() {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("catalyst"))
        .args(["market", "tick"])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut questions = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());

    let mut legal = Vec::new();
    for price in ["9.995", "9.993"] {
        let question = format!("{{\"date\":\"2026-11-23\",\"price\":\"{price}\"}}\n{{\"date\"");
        questions.write_all(question.as_bytes()).unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        legal.push(serde_json::from_str::<Value>(&answer).unwrap()["legal"] == true);
        questions.write_all(b"\n").unwrap();
        answers.read_line(&mut String::new()).unwrap();
    }
    drop(questions);

    assert_eq!(legal, [true, false]);
    assert!(child.wait().unwrap().success());
}

#[test]
fn help_names_every_flag_and_how_lines_are_asked() {
    for (question, flags) in [
        (
            "calendar",
            &["--exchange", "--from", "--to", "--format"][..],
        ),
        ("phase", &["--exchange", "--at"]),
        ("tick", &["--exchange", "--date", "--kind", "--price"]),
        (
            "fees",
            &[
                "--date",
                "--side",
                "--quantity",
                "--price",
                "--kind",
                "--plan",
            ],
        ),
        ("lot", &["--exchange", "--symbol", "--date"]),
        ("settlement", &["--exchange", "--date"]),
    ] {
        let ended = market(&format!("{question} --help"), "");

        assert_eq!(ended.code, Some(0), "{question}");
        let about_lines = ["standard input", "one JSON object a line"];
        for told in flags.iter().chain(&about_lines) {
            let text = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(told), "{question} {told}: {}", ended.out);
        }
    }
}
