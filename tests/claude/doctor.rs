//! What the doctor says of Claude, for each state of key, model, instructions and network.

use serde_json::Value;

use super::server::{KEY, Reply, Server};
use super::words::failure;
use crate::program::{Ended, Program};

const MODELS: &str = r#"{"data":[{"id":"claude-haiku-5-5","lifecycle":"deprecated","retires_at":"2027-10-07"},{"id":"claude-sonnet-5-5","lifecycle":"active"}],"has_more":false}"#;

/// The owner's own instructions, which forget nearly everything.
const OWN: &str = "claude: {instructions_file: own.md}\n";

/// A program with Claude as its advisor, and a key.
fn program(address: &str) -> Program {
    keyless()
        .with("ANTHROPIC_API_KEY", KEY)
        .with("ANTHROPIC_BASE_URL", address)
}

fn keyless() -> Program {
    Program::in_scratch_home().with("CATALYST__ADVISOR__KIND", "claude")
}

fn models() -> Server {
    Server::new(|_, _| Reply::ok(MODELS))
}

/// The line of this name: how it came out, and what it found.
fn line(ended: &Ended, name: &str) -> (String, String) {
    let document: Value = ended.json();
    let lines = document.as_array().unwrap();
    let line = lines.iter().find(|one| one["name"] == name);
    let line = line.unwrap_or_else(|| panic!("no line {name}: {document}"));
    let text = |key: &str| line[key].as_str().unwrap().to_owned();
    (text("mark"), text("found"))
}

fn doctor(program: &Program) -> Ended {
    program.catalyst(&["doctor", "--json"])
}

#[test]
fn a_key_that_is_taken_is_told_without_being_shown_and_without_a_token_spent() {
    let server = models();

    let ended = doctor(&program(&server.address()));

    assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
    for name in ["instructions", "key", "model", "provider"] {
        assert_eq!(line(&ended, name).0, "ok", "{}", ended.out);
    }
    assert_eq!(
        line(&ended, "provider").1,
        "takes the key and offers the model"
    );
    let asked = server.asked();
    let seen: Vec<_> = asked
        .iter()
        .map(|one| (one.path.as_str(), one.keys))
        .collect();
    assert_eq!(seen, [("/v1/models?limit=1000", 1)]);
    assert!(!format!("{}{}", ended.out, ended.err).contains(KEY));
}

#[test]
fn a_key_that_is_refused_is_an_alarm_with_what_to_do() {
    let server = Server::new(|_, _| Reply::status(401, failure("authentication_error", None)));
    let program = program(&server.address());

    let ended = doctor(&program);
    let text = program.catalyst(&["doctor"]);

    let (mark, found) = line(&ended, "provider");
    assert_eq!((ended.code, mark.as_str()), (Some(6), "failure"));
    assert!(found.contains("look at ANTHROPIC_API_KEY"), "{found}");
    assert!(
        text.out.contains("FAILURE provider       status 401"),
        "{}",
        text.out
    );
    assert!(
        text.out.contains("-> look at key and account"),
        "{}",
        text.out
    );
}

#[test]
fn a_model_that_leaves_or_is_not_offered_is_named() {
    for (model, mark, told) in [
        (
            "claude-haiku-5-5",
            "warning",
            "the model leaves, known day: 2027-10-07",
        ),
        ("claude-opus-5-5", "failure", "does not offer the model"),
    ] {
        let program = program(&models().address()).with("CATALYST__CLAUDE__MODEL", model);

        let ended = doctor(&program);

        let (marked, found) = line(&ended, "provider");
        assert_eq!(marked, mark, "{model}: {found}");
        assert!(found.contains(told), "{found}");
    }
}

#[test]
fn a_provider_that_is_away_or_somebody_else_is_told() {
    let overloaded = Server::new(|_, _| Reply::status(529, failure("overloaded_error", None)));
    let stranger = Server::new(|_, _| Reply::status(404, "<html>"));
    let page = Server::new(|_, _| Reply::ok("<html>"));
    for (address, mark, told) in [
        (
            "http://127.0.0.1:1".to_owned(),
            "failure",
            "it cannot be reached",
        ),
        (overloaded.address(), "failure", "status 529"),
        (stranger.address(), "warning", "has no list of models"),
        (page.address(), "warning", "has no list of models"),
    ] {
        let ended = doctor(&program(&address));

        let (marked, found) = line(&ended, "provider");
        assert_eq!(marked, mark, "{found}");
        assert!(found.contains(told), "{found}");
    }
}

#[test]
fn without_a_key_nobody_is_asked() {
    let ended = doctor(&keyless());

    let (mark, found) = line(&ended, "key");
    assert_eq!((ended.code, mark.as_str()), (Some(6), "failure"));
    assert!(found.contains("ANTHROPIC_API_KEY"), "{found}");
    assert!(!ended.out.contains("provider"), "{}", ended.out);
}

#[test]
fn instructions_that_contradict_or_hide_a_limit_are_named() {
    let shipped = include_str!("../../config/prompts/system.md");
    let by_hand = shipped.replace("{{max_positions}} names", "6 names");
    let hidden = shipped.replace("{{max_risk}}", "little");
    for (own, told) in [
        (
            by_hand.as_str(),
            "a number written by hand: `- At most 6 names",
        ),
        (hidden.as_str(), "the instructions never say {{max_risk}}"),
        ("Trade {{well}}.", "a placeholder {{well}}"),
    ] {
        let program = program(&models().address());
        program.file("config/settings.yaml", OWN);
        program.file("own.md", own);

        let ended = doctor(&program);

        let (mark, found) = line(&ended, "instructions");
        assert_eq!((ended.code, mark.as_str()), (Some(6), "failure"), "{found}");
        assert!(found.contains(told), "{found}");
        assert_eq!(
            line(&ended, "provider").0,
            "ok",
            "the other lines still answer"
        );
    }
}

#[test]
fn a_model_without_a_price_is_an_alarm() {
    let server = models();
    let program = program(&server.address()).with("CATALYST__CLAUDE__MODEL", "claude-x");

    let ended = doctor(&program);

    let (mark, found) = line(&ended, "model");
    assert_eq!((ended.code, mark.as_str()), (Some(6), "failure"));
    assert!(found.contains("no price of model claude-x"), "{found}");
    assert_eq!(server.asked().len(), 0);
}

#[test]
fn where_somebody_else_advises_claude_is_not_looked_at() {
    let ended = doctor(&Program::in_scratch_home());

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(line(&ended, "advisor").1, "not Claude, which is not asked");
    assert!(!ended.out.contains("provider"), "{}", ended.out);
}
