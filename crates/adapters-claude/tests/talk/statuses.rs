//! Every status and its verdict, over HTTP: how often it is asked for, and what it ends with.

use std::time::{Duration, Instant};

use catalyst_ports::advisor::{Advisor as _, AdvisorError, Turn};

use super::stage::{advisor, brief, quick, talk, word};
use super::stand_in::{Reply, StandIn};
use super::words::logs;

fn body(kind: &str, code: &str) -> String {
    format!(
        r#"{{"type":"error","error":{{"type":"{kind}","message":"because","details":{{"error_code":"{code}"}}}},"request_id":"req_x"}}"#
    )
}

/// The first turn against these answers, and the number of requests.
async fn turn(replies: Vec<Reply>) -> (Result<Turn, AdvisorError>, usize) {
    let server = StandIn::new(replies).await;
    let mut talk = talk(&server.address()).await;
    let turn = talk.next(Vec::new()).await;
    assert_eq!(server.objections(), Vec::<String>::new());
    (turn, server.asked().len())
}

fn cause(error: &AdvisorError) -> String {
    match error {
        AdvisorError::Unavailable { source } => source.to_string(),
        AdvisorError::Overspent
        | AdvisorError::NotAccepted { .. }
        | AdvisorError::Unusable { .. } => error.to_string(),
    }
}

#[tokio::test]
async fn what_does_not_pass_by_itself_is_asked_once() {
    for (status, kind, code, wanted) in [
        (400, "invalid_request_error", "", "unusable"),
        (401, "authentication_error", "", "not accepted"),
        (402, "billing_error", "", "not accepted"),
        (403, "permission_error", "", "not accepted"),
        (404, "not_found_error", "", "not accepted"),
        (413, "request_too_large", "", "unusable"),
        (
            429,
            "rate_limit_error",
            "enforced_spend_limit_reached",
            "overspent",
        ),
        (
            429,
            "rate_limit_error",
            "contract_spend_limit_reached",
            "overspent",
        ),
    ] {
        let (turn, asked) = turn(vec![Reply::status(status, &body(kind, code))]).await;

        let error = turn.unwrap_err();
        assert_eq!((word(&error), asked), (wanted, 1), "{status} {code}");
        if wanted != "overspent" {
            assert!(cause(&error).contains(&format!("{status}")), "{error}");
            assert!(cause(&error).contains("req_1"), "{error}");
        }
    }
}

#[tokio::test]
async fn what_may_pass_is_asked_four_times_and_then_left() {
    for status in [408, 409, 429, 500, 502, 503, 504, 529] {
        let reply = Reply::status(status, &body("overloaded_error", "ramp_limit_exceeded"));

        let (turn, asked) = turn(vec![reply; 4]).await;

        let error = turn.unwrap_err();
        assert_eq!((word(&error), asked), ("unavailable", 4), "{status}");
        assert!(cause(&error).contains("attempts: 4"), "{}", cause(&error));
    }
}

#[tokio::test]
async fn what_passes_is_answered_after_all() {
    let busy = Reply::status(529, &body("overloaded_error", ""));

    let (turn, asked) = turn(vec![busy.clone(), busy, Reply::ok(&logs("t"))]).await;

    assert_eq!(asked, 3);
    assert!(matches!(turn.unwrap(), Turn::UseTools(calls) if calls.len() == 1));
}

#[tokio::test]
async fn a_body_that_is_no_message_is_taken_for_damaged() {
    let whole = logs("t");
    let cut = &whole[..whole.len() / 2];
    let not_a_number = whole.replace("\"skip\"", "NaN");
    let unpriced = whole.replace("\"usage\"", "\"usages\"");
    for damaged in ["", "<html>busy</html>", cut, &not_a_number, &unpriced, "[]"] {
        let (turn, asked) = turn(vec![Reply::ok(damaged); 4]).await;

        let error = turn.unwrap_err();
        assert_eq!((word(&error), asked), ("unavailable", 4), "{damaged}");
        assert!(cause(&error).contains("no message"), "{}", cause(&error));
    }
}

#[tokio::test]
async fn a_page_of_a_proxy_is_judged_by_its_status() {
    let page = "<html><body>Bad Gateway</body></html>";

    let (busy, tried) = turn(vec![Reply::status(502, page); 4]).await;
    let (refused, once) = turn(vec![Reply::status(403, page)]).await;

    assert_eq!((word(&busy.unwrap_err()), tried), ("unavailable", 4));
    assert_eq!((word(&refused.unwrap_err()), once), ("not accepted", 1));
}

#[tokio::test]
async fn the_provider_may_say_that_asking_again_is_no_use() {
    let final_word = Reply::status(529, "{}").header("x-should-retry", "false");
    let passing = Reply::status(400, "{}").header("x-should-retry", "true");

    let (ended, once) = turn(vec![final_word]).await;
    let (answered, twice) = turn(vec![passing, Reply::ok(&logs("t"))]).await;

    assert_eq!((word(&ended.unwrap_err()), once), ("unavailable", 1));
    assert!(matches!(answered.unwrap(), Turn::UseTools(_)) && twice == 2);
}

#[tokio::test]
async fn a_wait_that_is_asked_for_is_kept() {
    let began = Instant::now();
    let limited = Reply::status(429, "{}").header("retry-after", "0.3");

    let (turn, asked) = turn(vec![limited, Reply::ok(&logs("t"))]).await;

    assert!(matches!(turn.unwrap(), Turn::UseTools(_)) && asked == 2);
    assert!(began.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let began = Instant::now();
    let limited = Reply::status(429, "{}").header("retry-after", "3600");
    let server = StandIn::new(vec![limited]).await;
    let advisor = advisor(&server.address(), quick(), None);
    let mut talk = advisor
        .consult(brief(9, Duration::from_mins(1)))
        .await
        .unwrap();

    let error = talk.next(Vec::new()).await.unwrap_err();

    assert_eq!((word(&error), server.asked().len()), ("unavailable", 1));
    assert!(
        cause(&error).contains("allows no further"),
        "{}",
        cause(&error)
    );
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn a_deadline_that_has_passed_asks_nobody_twice() {
    let server = StandIn::new(vec![Reply::ok(&logs("t")).after(Duration::from_secs(30))]).await;
    let advisor = advisor(&server.address(), quick(), None);
    let mut talk = advisor.consult(brief(9, Duration::ZERO)).await.unwrap();

    let error = talk.next(Vec::new()).await.unwrap_err();

    assert_eq!(word(&error), "unavailable");
    assert!(server.asked().len() <= 1);
}

#[tokio::test]
async fn a_redirect_is_not_followed_because_it_would_carry_the_key() {
    let elsewhere = Reply::status(307, "").header("location", "http://127.0.0.1:1/v1/messages");

    let (turn, asked) = turn(vec![elsewhere]).await;

    assert_eq!((word(&turn.unwrap_err()), asked), ("unusable", 1));
}
