//! A recorded conversation plays again to the same turns, without a server and without a key.

use std::io::{Read as _, Seek as _};

use catalyst_adapters_claude::cassette::{Recorder, Tape};
use catalyst_adapters_claude::prompt::INSTRUCTIONS;
use catalyst_adapters_claude::{ClaudeAdvisor, Instructions};
use catalyst_ports::advisor::Advisor as _;
use catalyst_testkit::builders::a_brief;

use super::stage::{advisor, facts, model, quick, through, word};
use super::stand_in::{Reply, StandIn};
use super::words::{call, ends, logs, uses};

pub(crate) fn replay(text: &str) -> ClaudeAdvisor {
    let facts = facts();
    let told = Instructions {
        template: INSTRUCTIONS,
        facts: &facts,
    };
    let tape = Tape::parse(text).unwrap();
    ClaudeAdvisor::replay(model("claude-sonnet-5-5"), tape, told).unwrap()
}

async fn recorded(replies: Vec<Reply>) -> (String, String) {
    let server = StandIn::new(replies).await;
    let mut file = tempfile::tempfile().unwrap();
    let recorder = Recorder::new(Box::new(file.try_clone().unwrap()));
    let advisor = advisor(&server.address(), quick(), Some(recorder));
    let mut talk = advisor.consult(a_brief()).await.unwrap();
    let ended = format!("{:?}", through(talk.as_mut(), 5).await);
    let mut text = String::new();
    file.rewind().unwrap();
    file.read_to_string(&mut text).unwrap();
    (text, ended)
}

#[tokio::test]
async fn a_recording_plays_to_the_same_turns_at_the_same_cost() {
    let (text, ended) = recorded(vec![
        Reply::status(529, "{}"),
        Reply::ok(&uses(&[call("a", "scan_market", r#"{"limit": 3 }"#)])),
        Reply::ok(&logs("b").replace(',', ",\n")),
        Reply::ok(&ends("done")),
    ])
    .await;

    let mut talk = replay(&text).consult(a_brief()).await.unwrap();
    let played = format!("{:?}", through(talk.as_mut(), 5).await);

    assert_eq!(played, ended);
    assert_eq!(text.lines().count(), 3);
    assert_eq!(talk.spent()[0].cost.amount().to_string(), "0.00237");
    assert!(!text.contains("portfolio") && !text.contains("req_"));
}

#[tokio::test]
async fn a_recorded_failure_plays_as_the_same_ending() {
    let refused = r#"{"type":"error","error":{"type":"permission_error","message":"no"}}"#;
    let (text, _) = recorded(vec![Reply::status(403, refused)]).await;

    let mut talk = replay(&text).consult(a_brief()).await.unwrap();

    let error = talk.next(Vec::new()).await.unwrap_err();
    assert_eq!(word(&error), "not accepted");
}

#[tokio::test]
async fn a_recording_does_not_fit_another_day() {
    let (text, _) = recorded(vec![Reply::ok(&logs("b")), Reply::ok(&ends("done"))]).await;
    let mut other = a_brief();
    other.portfolio.cash = catalyst_testkit::builders::hkd("5");

    let mut talk = replay(&text).consult(other).await.unwrap();

    let error = talk.next(Vec::new()).await.unwrap_err();
    assert!(error.to_string().contains("another request"), "{error}");
    let advisor = replay(&text);
    assert_eq!(advisor.name(), "cassette");
    let mut later = a_brief();
    later.cycle = "20260914-1030.1".parse().unwrap();
    let mut talk = advisor.consult(later).await.unwrap();
    let error = through(talk.as_mut(), 1).await.unwrap_err();
    assert_eq!(word(&error), "unavailable");
}
