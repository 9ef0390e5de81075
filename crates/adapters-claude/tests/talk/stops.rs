//! Every way the model may stop, and what follows.

use std::time::Duration;

use catalyst_ports::advisor::{Advisor as _, Turn};
use serde_json::Value;

use super::stage::{advisor, brief, quick, talk, through, word};
use super::stand_in::{Reply, StandIn};
use super::words::{THINKING, call, ends, logs, message, uses};

/// What a conversation of these answers ends with, and the requests that were made.
async fn ending(bodies: &[String]) -> (Result<String, (&'static str, String)>, Vec<Value>) {
    let server = StandIn::new(bodies.iter().map(|body| Reply::ok(body)).collect()).await;
    let mut talk = talk(&server.address()).await;
    let ended = through(talk.as_mut(), 6).await;
    assert_eq!(server.objections(), Vec::<String>::new());
    let asked = server.asked();
    let asked = asked.iter().map(|body| serde_json::from_str(body).unwrap());
    let told = match ended {
        Ok((words, _)) => Ok(words),
        Err(error) => Err((word(&error), error.to_string())),
    };
    assert_eq!(talk.spent().len(), bodies.len(), "every answer is paid for");
    (told, asked.collect())
}

fn text(words: &str) -> String {
    format!(r#"{{"type":"text","text":"{words}"}}"#)
}

#[tokio::test]
async fn stops_that_cannot_be_used_end_the_conversation_and_run_nothing() {
    let trade = call("t1", "close_all", r#"{"reason":"x"}"#);
    for (stop, wanted) in [
        (r#""stop_sequence""#, "reason `stop_sequence`"),
        (r#""compaction""#, "reason `compaction`"),
        (r#""model_context_window_exceeded""#, "outgrown"),
        (r#""refusal""#, "refusal (no category"),
        (r#""brand_new\u001b[2J""#, "reason `brand_new [2J`"),
        ("null", "no reason"),
    ] {
        let (ended, asked) = ending(&[message(stop, &[&trade])]).await;

        let (kind, words) = ended.unwrap_err();
        assert_eq!((kind, asked.len()), ("unusable", 1), "{stop}");
        assert!(words.contains(wanted), "{words}");
    }
}

#[tokio::test]
async fn a_refusal_is_told_with_its_category_and_never_asked_again() {
    let refused = message(r#""refusal""#, &[]).replace(
        "\"usage\"",
        r#""stop_details":{"type":"refusal","category":"cyber","explanation":"no\nway"},"usage""#,
    );

    let (ended, asked) = ending(&[refused]).await;

    let (kind, words) = ended.unwrap_err();
    assert_eq!((kind, asked.len()), ("unusable", 1));
    assert!(words.contains("(cyber: no way)"), "{words}");
}

#[tokio::test]
async fn a_cut_answer_is_dropped_and_asked_for_once_more_with_twice_the_room() {
    let cut = message(
        r#""max_tokens""#,
        &[&call("t9", "close_all", r#"{"reason":"x"}"#)],
    );

    let (ended, asked) = ending(&[cut, logs("t1"), ends("done")]).await;

    assert_eq!(ended.unwrap(), "done");
    let rooms: Vec<_> = asked
        .iter()
        .map(|body| body["max_tokens"].as_u64().unwrap())
        .collect();
    assert_eq!(rooms, [8_000, 16_000, 8_000]);
    assert_eq!(asked[0]["messages"], asked[1]["messages"]);
    assert!(!asked[2].to_string().contains("t9"));
}

#[tokio::test]
async fn an_answer_that_is_cut_twice_ends_the_conversation() {
    let cut = message(r#""max_tokens""#, &[&text("half a")]);

    let (ended, asked) = ending(&[cut.clone(), cut]).await;

    let (kind, words) = ended.unwrap_err();
    assert_eq!((kind, asked.len()), ("unusable", 2));
    assert!(words.contains("cut twice"), "{words}");
}

#[tokio::test]
async fn a_paused_turn_goes_on_three_times_and_no_more() {
    let paused = message(r#""pause_turn""#, &[THINKING]);

    let server = StandIn::new(vec![Reply::ok(&paused); 4]).await;
    let mut talk = talk(&server.address()).await;
    let error = talk.next(Vec::new()).await.unwrap_err();

    let asked = server.asked();
    assert_eq!((word(&error), asked.len()), ("unusable", 4));
    let last: Value = serde_json::from_str(&asked[3]).unwrap();
    assert_eq!(last["messages"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn an_empty_answer_is_forgiven_once() {
    let empty = message(r#""end_turn""#, &[]);

    let (ended, asked) = ending(&[logs("t1"), empty.clone(), ends("done")]).await;
    assert_eq!(ended.unwrap(), "done");
    let nudge = asked[2]["messages"].as_array().unwrap().last().unwrap();
    assert!(
        nudge["content"][0]["text"]
            .as_str()
            .unwrap()
            .contains("empty"),
        "{nudge}"
    );

    let (ended, _) = ending(&[empty.clone(), empty]).await;
    assert_eq!(ended.unwrap_err().0, "unusable");
}

#[tokio::test]
async fn an_end_without_a_decision_is_reminded_once() {
    let (ended, asked) = ending(&[ends("bye"), logs("t1"), ends("now really")]).await;
    assert_eq!(ended.unwrap(), "now really");
    let reminder = &asked[1]["messages"][2]["content"][0]["text"];
    assert!(
        reminder.as_str().unwrap().contains("log_decision"),
        "{reminder}"
    );

    let (ended, asked) = ending(&[ends("bye"), ends("still bye")]).await;
    assert_eq!((ended.unwrap().as_str(), asked.len()), ("still bye", 2));
}

#[tokio::test]
async fn in_the_last_turn_nobody_is_reminded() {
    let server = StandIn::new(vec![Reply::ok(&ends("bye"))]).await;
    let advisor = advisor(&server.address(), quick(), None);
    let mut talk = advisor
        .consult(brief(1, Duration::from_secs(9)))
        .await
        .unwrap();

    let turn = talk.next(Vec::new()).await.unwrap();

    let Turn::Finish(conclusion) = turn else {
        panic!("it ended");
    };
    assert_eq!((conclusion.text.as_str(), server.asked().len()), ("bye", 1));
}

#[tokio::test]
async fn a_message_that_breaks_the_protocol_runs_nothing() {
    let twice = uses(&[
        call("a", "get_portfolio", "{}"),
        call("a", "get_portfolio", "{}"),
    ]);
    for (body, wanted) in [
        (twice, "two calls of one id"),
        (message(r#""tool_use""#, &[&text("soon")]), "names none"),
        (
            message(r#""tool_use""#, &[r#"{"type":"tool_use","id":5}"#]),
            "does not read",
        ),
        (uses(&[call("", "get_portfolio", "{}")]), "proper id"),
    ] {
        let (ended, asked) = ending(&[body]).await;

        let (kind, words) = ended.unwrap_err();
        assert_eq!((kind, asked.len()), ("unusable", 1));
        assert!(words.contains(wanted), "{words}");
    }
}

#[tokio::test]
async fn an_id_of_an_earlier_turn_is_not_taken_again() {
    let same = uses(&[call("a", "get_portfolio", "{}")]);

    let (ended, asked) = ending(&[same.clone(), same]).await;

    assert_eq!((ended.unwrap_err().0, asked.len()), ("unusable", 2));
}

#[tokio::test]
async fn blocks_of_unknown_kinds_are_passed_over_and_go_back() {
    let strange = r#"{"type":"hologram","data":[1.50,"\u4e2d"]}"#;
    let body = message(
        r#""tool_use""#,
        &[strange, &call("a", "get_portfolio", "{}")],
    );
    let server = StandIn::new(vec![Reply::ok(&body), Reply::ok(&logs("b"))]).await;
    let mut talk = talk(&server.address()).await;

    talk.next(Vec::new()).await.unwrap();
    talk.next(Vec::new()).await.unwrap();

    assert!(server.asked()[1].contains(strange));
    assert_eq!(server.objections(), Vec::<String>::new());
}
