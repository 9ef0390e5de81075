//! A question that cost more than the day may: no other is asked, today or in the next cycle, protection
//! goes on, the owner is told once, and the status and the watch say what was spent.

use serde_json::json;

use super::scene::{Finds, HELD, Scene};
use super::server::{Reply, Server};
use super::words::{ends, look};

/// The slot after that of the scene.
const NEXT_SLOT: &str = "2026-09-18T11:00:00+08:00";

/// A message that wants one look and says that it took so many tokens at the full price.
fn dear(tokens: u32) -> Reply {
    let content = format!("[{}]", look(0));
    Reply::ok(format!(
        r#"{{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5-5","content":{content},"stop_reason":"tool_use","stop_sequence":null,"usage":{{"input_tokens":{tokens},"output_tokens":7}}}}"#
    ))
}

#[test]
fn a_day_that_is_overspent_has_no_further_question_and_one_alert() {
    // 800 000 tokens at 2 USD a million, and 7 at 10: 1.60007 USD of the 1.5 that a day may cost.
    let server = Server::new(|_, _| dear(800_000));
    let scene = Scene::new(Finds::APositionWithoutStop, &server.address());

    let first = scene.cycle(&[]);
    let next = ["cycle", "--advisor", "claude", "--at", NEXT_SLOT];
    let second = scene.program.catalyst(&next);

    assert_eq!(first.code, Some(0), "{}{}", first.out, first.err);
    assert!(first.out.contains("bounded, "), "{}", first.out);
    assert!(first.out.contains("ran out of money"), "{}", first.out);
    assert_eq!(second.code, Some(75), "{}{}", second.out, second.err);
    assert!(second.out.contains("budget is spent"), "{}", second.out);
    assert_eq!(server.asked().len(), 1);
    assert_eq!(scene.held_and_guarded(), (HELD, HELD));
    let told = |err: &str| err.matches("alert (").count();
    assert_eq!(
        told(&first.err) + told(&second.err),
        1,
        "{}{}",
        first.err,
        second.err
    );

    let model = &scene.story()["runs"][0]["model"];
    assert_eq!(
        *model,
        json!({"questions": 1, "cost": "1.60007 USD", "per_decision": "1.60007 USD"})
    );
    let why = scene.program.catalyst(&["why", "20260918-1030.2"]).out;
    assert!(
        why.contains("1 question, 1.60007 USD, 1.60007 USD a decision"),
        "{why}"
    );

    let status = scene.program.catalyst(&["status", "--json"]).json();
    let claude = &status["claude"];
    assert_eq!(claude["day"], "1.60007 USD", "{status}");
    assert_eq!(claude["day_max"], "1.5 USD");
    assert_eq!(claude["month"], "1.60007 USD");
    assert_eq!(claude["month_max"], "25 USD");
    assert_eq!(
        status["last_run"]["ending"],
        json!("protective"),
        "{status}"
    );
    let screen = scene.program.catalyst(&["status"]).out;
    assert!(
        screen.contains("Claude    1.60 USD of 1.50 USD today"),
        "{screen}"
    );
    let watched = scene.program.catalyst(&["watch", "--at", NEXT_SLOT]);
    assert_eq!(watched.code, Some(6), "{}", watched.err);
    assert!(
        watched
            .out
            .contains("ALARM money_short: 1.60 USD of 1.50 USD for the day is spent"),
        "{}",
        watched.out
    );
}

#[test]
fn a_rehearsed_day_tells_what_its_questions_cost_and_one_without_a_model_does_not() {
    // 10 000 tokens at 2 USD a million and 7 at 10: 0.02007 USD, and the last answer has 9 for 0.000088.
    let server = Server::new(|number, _| match number {
        0 => dear(10_000),
        _ => ends("nothing to do"),
    });
    let scene = Scene::new(Finds::Nothing, &server.address());
    let advised = ["rehearse", "--advisor", "claude", "--json"];
    let text = ["rehearse", "--advisor", "claude"];

    let costly = scene.program.catalyst(&advised).json();
    let words = scene.program.catalyst(&text).out;
    let free = scene.program.catalyst(&["rehearse", "--json"]).json();

    let told = costly["days"][0]["model_cost"].as_str();
    assert!(
        told.is_some_and(|cost| cost.starts_with("0.0") && cost.ends_with(" USD")),
        "{told:?}"
    );
    assert!(words.contains("Questions to the model cost "), "{words}");
    assert!(free["days"][0].get("model_cost").is_none(), "{free}");
}
