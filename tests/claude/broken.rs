//! Answers that are none: other people's pages, halves, silence, and nobody there.

use super::rows::{LATER, Outcome, Row, play_all};
use super::scene::{Finds, Scene};
use super::server::{KEY, Reply, Server};
use super::words::{failure, message};
use crate::program::Program;

const ATTEMPTS: Outcome = Outcome { asked: 4, ..LATER };

/// The answer may have been paid for and is booked so, and the cycle's cap holds three of them.
const LOST: Outcome = Outcome {
    asked: 3,
    paid: 3,
    ..LATER
};

#[test]
fn an_answer_that_cannot_be_read_is_asked_for_again() {
    let cut = r#"{"id":"msg_1","type":"message","content":[{"type":"te"#;
    let no_usage = r#"{"id":"a","type":"message","content":[],"stop_reason":"end_turn"}"#;

    play_all(&[
        Row::new("a page", vec![Reply::ok("<html>hello</html>")], LOST).says("is no message"),
        Row::new("nothing", vec![Reply::ok("")], LOST).says("is no message"),
        Row::new("JSON that is cut", vec![Reply::ok(cut)], LOST).says("is no message"),
        Row::new("a body that is cut", vec![Reply::Cut(cut.to_owned())], LOST)
            .says("the answer broke off"),
        Row::new("a message without usage", vec![Reply::ok(no_usage)], LOST).says("is no message"),
        Row::new(
            "silence",
            vec![Reply::Silence],
            Outcome { paid: 1, ..LATER },
        )
        .says("no answer within"),
    ]);
}

#[test]
fn a_connection_that_is_reset_is_tried_again() {
    let row = Row::new("reset", Vec::new(), ATTEMPTS).says("attempts: 4");

    assert_eq!(row.play_at(&Server::resetting()), None);
}

#[test]
fn where_nobody_listens_a_cycle_protects() {
    let scene = Scene::new(Finds::APositionWithoutStop, "http://127.0.0.1:1");

    let ended = scene.cycle(&[]);

    assert_eq!(ended.code, Some(75), "{}", ended.err);
    assert!(ended.out.contains("it cannot be reached"), "{}", ended.out);
    assert_eq!(scene.held_and_guarded(), (3_000, 3_000));
    assert_eq!(scene.rows("alerts"), 1);
}

#[test]
fn without_a_key_a_cycle_says_so_protects_and_calls_the_owner() {
    let scene = Scene::of(Finds::APositionWithoutStop, Program::in_scratch_home());

    let ended = scene.cycle(&[]);

    assert_eq!(ended.code, Some(4), "{}", ended.err);
    assert!(ended.err.contains("no key for Claude"), "{}", ended.err);
    let alert = "alert (critical): no advice: the advisor is not accepted: there is no key";
    assert!(ended.err.contains(alert), "{}", ended.err);
    let story = scene.story();
    assert_eq!(story["runs"][0]["ending"], "protective");
    assert_eq!(story["runs"][0]["advisor"], "claude");
    assert_eq!(scene.held_and_guarded(), (3_000, 3_000));
}

#[test]
fn a_halt_is_told_before_a_missing_advice() {
    let server = Server::new(|_, _| Reply::status(401, failure("authentication_error", None)));
    let scene = Scene::new(Finds::APositionWithoutStop, &server.address());
    scene
        .program
        .file("state/catalyst/halt", "halted by hand\n");

    let ended = scene.cycle(&[]);

    assert_eq!(
        (ended.code, server.asked().len()),
        (Some(3), 0),
        "{}",
        ended.err
    );
    assert_eq!(scene.held_and_guarded(), (3_000, 3_000));
}

#[test]
fn an_answer_of_a_key_in_the_wrong_place_stays_out_of_the_record() {
    let said = format!(r#"[{{"type":"text","text":"{KEY}"}}]"#);
    let server = Server::new(move |_, _| message("refusal", &said));
    let scene = Scene::new(Finds::Nothing, &server.address());

    let ended = scene.cycle(&[]);

    assert_eq!(ended.code, Some(75), "{}", ended.err);
    assert!(!format!("{}{}{}", ended.out, ended.err, scene.story()).contains(KEY));
}
