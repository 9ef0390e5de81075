//! A rehearsed day with the brain: the program asks over real HTTP, from an empty folder, and what comes
//! out is the very day that the brain's script leads to by itself, and that its recording leads to.

use serde_json::Value;

use super::brain::Brain;
use super::server::KEY;
use crate::program::{Ended, Program};

/// Looks, calls a tool that does not exist, buys, leaves.
const SCRIPT: &str = include_str!("day.jsonl");

/// A rehearsal from an empty folder.
pub(super) fn rehearse(program: &Program, advisor: &str, more: &[&str]) -> Ended {
    let flags = [
        "rehearse",
        "--json",
        "--entry-criteria",
        "report",
        "--advisor",
        advisor,
    ];
    program.catalyst(&[&flags, more].concat())
}

/// A program that asks `brain`.
pub(super) fn asking(brain: &Brain) -> Program {
    Program::in_scratch_home()
        .with("ANTHROPIC_API_KEY", KEY)
        .with("ANTHROPIC_BASE_URL", &brain.server.address())
}

/// The document without what the model cost, which a script does not.
fn unpriced(ended: &Ended) -> Value {
    let mut document = ended.json();
    for day in document["days"].as_array_mut().unwrap() {
        day.as_object_mut().unwrap().remove("model_cost");
    }
    document
}

#[test]
fn a_day_through_the_stand_in_is_the_day_of_its_script_and_so_is_its_recording() {
    let brain = Brain::new(SCRIPT);
    let program = asking(&brain);
    let alone = Program::in_scratch_home();
    alone.file("day.jsonl", SCRIPT);

    let asked = rehearse(
        &program,
        "claude",
        &["--record", "answers", "--journal", "j"],
    );
    let answers = std::fs::read_to_string(program.home().join("answers")).unwrap();
    alone.file("answers", &answers);
    let scripted = rehearse(&alone, "script:day.jsonl", &[]);
    let replayed = rehearse(&alone, "cassette:answers", &[]);

    assert_eq!(asked.code, Some(0), "{}", asked.err);
    let document = asked.json();
    assert_eq!(document["days"][0]["trades"][0]["reason_out"], "enough");
    assert_eq!(unpriced(&asked), unpriced(&scripted));
    assert_eq!(asked.out, replayed.out);
    assert_eq!(brain.rewritten(), Vec::<String>::new());
    assert!(brain.server.asked().iter().all(|one| one.keys == 1));
    assert!(!answers.contains(KEY));
}

#[test]
fn without_a_key_a_rehearsal_says_what_is_missing() {
    let rehearsal = rehearse(&Program::in_scratch_home(), "claude", &[]);

    assert_eq!(rehearsal.code, Some(2));
    assert!(
        rehearsal.err.contains("ANTHROPIC_API_KEY"),
        "{}",
        rehearsal.err
    );
}

#[test]
fn a_model_without_a_price_is_not_asked() {
    let brain = Brain::new(SCRIPT);
    let program = asking(&brain).with("CATALYST__CLAUDE__MODEL", "claude-sonnet-4-5-20250514");

    let ended = rehearse(&program, "claude", &[]);

    assert_eq!((ended.code, brain.server.asked().len()), (Some(2), 0));
    let told = "no price of model claude-sonnet-4-5-20250514";
    assert!(ended.err.contains(told), "{}", ended.err);
}
