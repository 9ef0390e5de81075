//! `catalyst why` as the owner asks it, of a rehearsal's journal.
#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be made has to stop the test"
)]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The purchase of the default rehearsal, and the guard's first sale.
const BOUGHT: &str = "20260918-1030.1-01e";
const SOLD: &str = "g20260918-1150.1-01x";

/// How a run ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

fn catalyst(home: &Path, arguments: &[&str]) -> Ended {
    let output = Command::cargo_bin("catalyst")
        .unwrap()
        .env_clear()
        .env("HOME", home)
        .current_dir(home)
        .args(arguments)
        .output()
        .unwrap();
    Ended {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A home with the journal of the default rehearsal in `j`.
fn rehearsed() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let ended = catalyst(home.path(), &["rehearse", "--journal", "j"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    home
}

fn told(home: &TempDir, arguments: &[&str]) -> String {
    let ended = catalyst(
        home.path(),
        &[&["why", "--journal", "j"], arguments].concat(),
    );
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    ended.out
}

fn document_of(home: &TempDir, subject: &str) -> Value {
    serde_json::from_str(&told(home, &[subject, "--json"])).unwrap()
}

#[test]
fn an_order_is_told_from_its_result_to_the_words_that_caused_it() {
    let home = rehearsed();

    let out = told(&home, &[BOUGHT]);

    let lines = [
        "order 20260918-1030.1-01e: buy 3000 shares of 02318",
        "  result    net -1140.55 HKD: gross -450.00 HKD, fees 690.55 HKD",
        "  reason    bull_flag, relative volume 2.36, RSI 68.6, Positive profit alert",
        "  plan      limit 63.00, entry 63.00, stop 61.95, target 66.10, in HKD",
        "  gate      2026-09-18 10:30:00 buy 3000 02318: passed",
        "  broker    2026-09-18 11:50:00 stop, sell 3000 at 61.95: cancelled, 0 filled",
        "  fill      2026-09-18 10:30:59 entry, bought 3000 at 62.95 HKD, fees 345.46 HKD (reported)",
        "  left by   g20260918-1150.1-01x",
        "  result    counted with the purchase 20260918-1030.1-01e",
        "run 20260918-1030.1: slot 10:30 of 2026-09-18, advisor rules",
        "  call 14   get_quote: symbols [02318]",
    ];
    let mut rest = out.lines();
    for line in lines {
        assert!(rest.any(|found| found == line), "{line} in {out}");
    }
    assert!(out.contains("h Positive"), "the headline is told: {out}");
    assert!(!out.contains("get_news: symbol 00700"), "{out}");
    assert!(out.lines().all(|line| line.len() <= 100), "{out}");
    assert_eq!(
        told(&home, &["20260918-1030.1-01t"]),
        out,
        "any leg names it"
    );
}

#[test]
fn an_order_in_json_embeds_what_its_tools_were_asked_and_answered() {
    let home = rehearsed();

    let document = document_of(&home, SOLD);

    assert_eq!(document["schema"], 1);
    assert_eq!(document["families"][0]["order"], SOLD);
    assert_eq!(document["families"][0]["result"]["kind"], "of_another");
    let bought = &document["families"][1];
    assert_eq!(bought["order"], BOUGHT);
    assert_eq!(bought["result"]["net"], "-1140.55");
    assert_eq!(bought["plan"]["stop"], "61.95");
    assert_eq!(document["runs"][0]["run"], "g20260918-1150.1");
    let morning = document_of(&home, BOUGHT);
    let calls = morning["runs"][0]["calls"].as_array().unwrap();
    assert_eq!(calls.len(), 9, "those about 02318 alone");
    assert_eq!(calls[4]["request"]["input"]["symbols"][1], "00700");
    let quotes = calls[4]["reply"]["q"].as_array().unwrap();
    assert_eq!(quotes.len(), 4, "a reply is whole");
}

#[test]
fn a_symbol_lists_its_orders_and_says_how_many_more_there_are() {
    let home = rehearsed();

    let out = told(&home, &["2318.HK", "--limit", "1"]);

    assert!(
        out.starts_with("order g20260918-1150.1-01x: sell 3000"),
        "{out}"
    );
    assert!(
        out.contains("\n1 older orders are not shown, --limit N shows more\n"),
        "{out}"
    );
    assert!(
        out.contains("buy 500 02318: REFUSED, session_edge: at least 300 s allowed, 0 s"),
        "{out}"
    );
    let all = document_of(&home, "2318");
    assert_eq!(all["families"].as_array().unwrap().len(), 2);
    assert_eq!(all["families_left_out"], 0);
}

#[test]
fn a_symbol_that_was_only_looked_at_says_why_nothing_was_bought() {
    let home = rehearsed();

    let out = told(&home, &["0005.HK"]);

    assert!(
        out.contains("10:00:00 skip, run 20260918-1000.1: 00005: relative volume 0.5 ..\n"),
        "{out}"
    );
    assert!(out.starts_with("no order of 00005 is kept\n"), "{out}");
}

#[test]
fn a_symbol_that_a_tool_only_named_says_where() {
    let home = tempfile::tempdir().unwrap();
    let script = r#"{"at":"10:00","tool":"get_quote","input":{"symbol":"700"}}"#;
    std::fs::write(home.path().join("script"), script).unwrap();
    let play = ["rehearse", "--journal", "j", "--advisor", "script:script"];
    let ended = catalyst(home.path(), &play);
    assert_eq!(ended.code, Some(0), "{}", ended.err);

    let out = told(&home, &["700"]);

    assert_eq!(
        out,
        "no order of 00700 is kept\n\
         nothing was refused or decided about 00700; a tool named it last on 2026-09-18, in \
         20260918-1000.1\n"
    );
}

#[test]
fn a_cycle_tells_every_call_and_what_it_sent() {
    let home = rehearsed();

    let out = told(&home, &["20260918-1030.1"]);

    assert!(out.contains("get_news: symbol 00700"), "{out}");
    assert!(
        out.contains("\norder 20260918-1030.1-01e: buy 3000"),
        "{out}"
    );
    let document = document_of(&home, "20260918-1030.1");
    assert_eq!(document["runs"][0]["calls"].as_array().unwrap().len(), 18);
}

#[test]
fn nothing_kept_is_one_line_and_in_json_null() {
    let home = rehearsed();

    assert_eq!(told(&home, &["9999"]), "nothing is kept about 09999\n");
    assert_eq!(told(&home, &["20260918-1030.2", "--json"]), "null\n");
}

#[test]
fn a_missing_journal_is_named_and_not_made() {
    let home = tempfile::tempdir().unwrap();

    let ended = catalyst(home.path(), &["why", "700", "--journal", "none"]);

    assert_eq!(ended.code, Some(2), "{}", ended.err);
    assert!(
        ended.err.contains("there is no journal at none"),
        "{}",
        ended.err
    );
    assert!(!home.path().join("none").exists());
}

#[test]
fn what_names_nothing_is_usage() {
    let home = tempfile::tempdir().unwrap();

    let ended = catalyst(home.path(), &["why", "20260918-1030"]);

    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
    assert!(
        ended
            .err
            .contains("`20260918-1030` names nothing that a journal keeps"),
        "{}",
        ended.err
    );
}
