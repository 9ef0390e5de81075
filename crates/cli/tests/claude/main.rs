//! A rehearsed day with Claude's stand-in: the program asks over real HTTP, and a brain that plays a
//! script there leads to the very day that the script leads to by itself.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a fixture that cannot be made has to stop the test"
)]

mod brain;

use std::path::Path;

use assert_cmd::Command;
use brain::{Brain, KEY};
use serde_json::Value;

/// Looks, calls a tool that does not exist, buys, leaves.
const SCRIPT: &str = include_str!("day.jsonl");

/// How a run ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

fn catalyst(home: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Ended {
    let output = Command::cargo_bin("catalyst")
        .unwrap()
        .env_clear()
        .env("HOME", home)
        .envs(variables.iter().copied())
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

fn rehearse(home: &Path, variables: &[(&str, &str)], advisor: &str, more: &[&str]) -> Ended {
    let flags = [
        "rehearse",
        "--json",
        "--entry-criteria",
        "report",
        "--advisor",
        advisor,
    ];
    catalyst(home, variables, &[&flags, more].concat())
}

#[test]
fn a_day_through_the_stand_in_is_the_day_of_its_script_and_so_is_its_recording() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("day.jsonl"), SCRIPT).unwrap();
    let brain = Brain::new(SCRIPT);
    let address = brain.address();
    let variables = [
        ("ANTHROPIC_API_KEY", KEY),
        ("ANTHROPIC_BASE_URL", address.as_str()),
    ];

    let asked = rehearse(
        home.path(),
        &variables,
        "claude",
        &["--record", "answers", "--journal", "j"],
    );
    let scripted = rehearse(home.path(), &[], "script:day.jsonl", &[]);
    let replayed = rehearse(home.path(), &[], "cassette:answers", &[]);

    assert_eq!(asked.code, Some(0), "{}", asked.err);
    let document: Value = serde_json::from_str(&asked.out).unwrap();
    assert_eq!(document["days"][0]["trades"][0]["reason_out"], "enough");
    assert_eq!(asked.out, scripted.out);
    assert_eq!(asked.out, replayed.out);
    assert_eq!(brain.rewritten(), Vec::<String>::new());
    assert!(brain.share_read() >= 0.8, "{}", brain.share_read());
    for entry in std::fs::read_dir(home.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(KEY.len()).any(|part| part == KEY.as_bytes());
            assert!(!found, "the key is in {}", path.display());
        }
    }
    assert!(![asked.out, asked.err].concat().contains(KEY));
}

#[test]
fn without_a_key_a_cycle_protects_and_a_rehearsal_says_what_is_missing() {
    let home = tempfile::tempdir().unwrap();
    let at = [
        "cycle",
        "--advisor",
        "claude",
        "--at",
        "2026-09-18T10:00:00+08:00",
    ];

    let cycle = catalyst(home.path(), &[], &at);
    let rehearsal = rehearse(home.path(), &[], "claude", &[]);

    assert_eq!(cycle.code, Some(0), "{}", cycle.err);
    assert!(cycle.err.contains("no key for Claude"), "{}", cycle.err);
    assert!(
        cycle.out.contains("protective, 0 tool calls"),
        "{}",
        cycle.out
    );
    assert_eq!(rehearsal.code, Some(2));
    assert!(
        rehearsal.err.contains("ANTHROPIC_API_KEY"),
        "{}",
        rehearsal.err
    );
}

#[test]
fn a_model_without_a_price_is_not_asked() {
    let home = tempfile::tempdir().unwrap();
    let variables = [
        ("ANTHROPIC_API_KEY", KEY),
        ("CATALYST__CLAUDE__MODEL", "claude-sonnet-4-5-20250514"),
    ];

    let ended = rehearse(home.path(), &variables, "claude", &[]);

    assert_eq!(ended.code, Some(2));
    assert!(
        ended
            .err
            .contains("no price of model claude-sonnet-4-5-20250514"),
        "{}",
        ended.err
    );
}
