//! Secrets: the program at its most talkative, with a provider that sends the key back wherever it can.
//! Nothing that it prints or keeps may hold one.

use std::path::Path;

use super::scene::{Finds, Scene};
use super::server::{KEY, Reply, Server};
use super::words::{call, ends, message, uses};
use crate::program::{Ended, Program};

const DB_PASSWORD: &str = "db-5ecret-open-sesame";
const SMTP_PASSWORD: &str = "smtp-5ecret-open-sesame";

/// Every file below `folder` and everything that was printed, as bytes under a name.
fn kept(folder: &Path, printed: &[Ended]) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for ended in printed {
        all.push(("output".to_owned(), ended.out.clone().into_bytes()));
        all.push(("errors".to_owned(), ended.err.clone().into_bytes()));
    }
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.push((path.display().to_string(), std::fs::read(&path).unwrap()));
            }
        }
    }
    all
}

/// Names of what holds one of the secrets.
fn holding(kept: &[(String, Vec<u8>)]) -> Vec<&str> {
    let holds = |bytes: &[u8], secret: &str| {
        let mut parts = bytes.windows(secret.len());
        parts.any(|part| part == secret.as_bytes())
    };
    let secrets = [KEY, DB_PASSWORD, SMTP_PASSWORD];
    let mut found = Vec::new();
    for (name, bytes) in kept {
        if secrets.iter().any(|secret| holds(bytes, secret)) {
            found.push(name.as_str());
        }
    }
    found
}

fn talkative(program: Program) -> Program {
    program
        .with("CATALYST__LOGGING__LEVEL", "trace")
        .with("SMTP_PASSWORD", SMTP_PASSWORD)
}

/// Answers that hold the key where the program reads: a failure, a message, a call, a header.
fn indiscreet() -> Vec<(&'static str, Vec<Reply>)> {
    let echoed = format!(
        r#"{{"type":"error","error":{{"type":"authentication_error","message":"invalid x-api-key {KEY}"}}}}"#
    );
    let text = format!(r#"[{{"type":"text","text":"{KEY}"}}]"#);
    let input = format!(r#"{{"decision":"skip","reasoning":"{KEY}"}}"#);
    let wrong = format!(r#"{{"{KEY}":"{KEY}"}}"#);
    let overloaded = Reply::status(529, &echoed).with("retry-after", "0");
    vec![
        ("401", vec![Reply::status(401, &echoed)]),
        ("529", vec![overloaded]),
        ("no message", vec![Reply::ok(format!("<html>{KEY}"))]),
        ("stop", vec![message(KEY, &text)]),
        (
            "header",
            vec![Reply::status(401, "").with("request-id", KEY)],
        ),
        (
            "calls",
            vec![
                uses(&[call("toolu_1", "log_decision", &input)]),
                uses(&[call(KEY, KEY, &wrong)]),
                ends(KEY),
            ],
        ),
    ]
}

#[test]
fn the_key_is_nowhere_though_the_provider_sends_it_back() {
    let mut said = String::new();
    for (name, replies) in indiscreet() {
        let last = replies.len() - 1;
        let server = Server::new(move |number, _| replies[number.min(last)].clone());
        let program = Program::in_scratch_home()
            .with("ANTHROPIC_API_KEY", KEY)
            .with("ANTHROPIC_BASE_URL", &server.address());
        let scene = Scene::of(Finds::APositionWithoutStop, talkative(program));

        let printed = [
            scene.cycle(&["--record", "answers"]),
            scene.program.catalyst(&["status", "--json"]),
            scene
                .program
                .catalyst(&["why", "20260918-1030.2", "--json"]),
            scene.program.catalyst(&["doctor", "--json"]),
        ];

        let kept = kept(scene.program.home(), &printed);
        assert_eq!(holding(&kept), Vec::<&str>::new(), "{name}");
        let ends = |end: &str| kept.iter().any(|(name, _)| name.ends_with(end));
        assert!(
            ends("answers") && ends(".log") && ends("journal.sqlite"),
            "{name}"
        );
        said.push_str(&printed[0].err);
    }
    assert!(said.contains("DEBUG"), "not talkative: {said}");
}

#[test]
fn the_passwords_are_nowhere_though_nobody_answers() {
    let program = Program::in_scratch_home()
        .with("ANTHROPIC_API_KEY", KEY)
        .with("DB_HOST", "127.0.0.1")
        .with("DB_USER", "owner")
        .with("DB_PASSWORD", DB_PASSWORD)
        .with("CATALYST__DATABASE__PORT", "1");
    let program = talkative(program);

    let printed = [
        program.catalyst(&["cycle", "--at", "2026-09-18T10:30:00+08:00"]),
        program.catalyst(&["status"]),
        program.catalyst(&["doctor"]),
        program.catalyst(&["db", "status"]),
    ];

    assert_eq!(printed[0].code, Some(75), "{}", printed[0].err);
    let kept = kept(program.home(), &printed);
    assert_eq!(holding(&kept), Vec::<&str>::new());
}
