//! Every status with which the provider may answer, and what a cycle then comes to.

use super::rows::{DONE, LATER, OWNER, Outcome, Row, play_all};
use super::server::Reply;
use super::words::{ends, failure, logs};

/// As often as an answer is asked for.
const ATTEMPTS: Outcome = Outcome { asked: 4, ..LATER };

fn status(status: u16, kind: &str) -> Reply {
    Reply::status(status, failure(kind, None))
}

/// A failure that passes, asked again at once.
fn passing(number: u16, kind: &str) -> Reply {
    status(number, kind).with("retry-after", "0")
}

fn limited(code: &str) -> Reply {
    Reply::status(429, failure("rate_limit_error", Some(code))).with("retry-after", "0")
}

#[test]
fn what_the_provider_will_not_take_is_asked_once() {
    play_all(&[
        Row::new("400", vec![status(400, "invalid_request_error")], LATER)
            .says("status 400, which may also mean that a spend limit"),
        Row::new("401", vec![status(401, "authentication_error")], OWNER)
            .says("look at ANTHROPIC_API_KEY"),
        Row::new("402", vec![status(402, "billing_error")], OWNER).says("look at the billing"),
        Row::new("403", vec![status(403, "permission_error")], OWNER).says("the region of this"),
        Row::new("404", vec![status(404, "not_found_error")], OWNER).says("look at claude.model"),
        Row::new("413", vec![status(413, "request_too_large")], LATER).says("status 413"),
        Row::new(
            "413 of a proxy",
            vec![Reply::status(413, "<html>413</html>")],
            LATER,
        )
        .says("no body of the interface"),
        Row::new(
            "302",
            vec![Reply::status(302, "").with("location", "/")],
            LATER,
        )
        .says("status 302"),
        Row::new(
            "429, the provider's own limit of spending",
            vec![limited("enforced_spend_limit_reached")],
            LATER,
        )
        .says("budget is spent"),
        Row::new(
            "429, the contract's limit of spending",
            vec![limited("contract_spend_limit_reached")],
            LATER,
        )
        .says("budget is spent"),
        Row::new(
            "429, to wait longer than the cycle has",
            vec![status(429, "rate_limit_error").with("retry-after", "3600")],
            LATER,
        )
        .says("allows no further one"),
        Row::new(
            "529, not to be asked again",
            vec![passing(529, "overloaded_error").with("x-should-retry", "false")],
            LATER,
        )
        .says("status 529"),
    ]);
}

#[test]
fn what_passes_by_itself_is_asked_again_and_then_given_up() {
    play_all(&[
        Row::new("408", vec![passing(408, "timeout_error")], ATTEMPTS).says("status 408"),
        Row::new("409", vec![passing(409, "conflict_error")], ATTEMPTS).says("status 409"),
        Row::new("429", vec![passing(429, "rate_limit_error")], ATTEMPTS).says("attempts: 4"),
        Row::new(
            "429 without a wait",
            vec![status(429, "rate_limit_error")],
            ATTEMPTS,
        )
        .says("attempts: 4"),
        Row::new(
            "429, a ramp",
            vec![limited("ramp_limit_exceeded")],
            ATTEMPTS,
        )
        .says("attempts: 4"),
        Row::new("500", vec![passing(500, "api_error")], ATTEMPTS).says("status 500"),
        Row::new("502", vec![passing(502, "api_error")], ATTEMPTS).says("status 502"),
        Row::new("503", vec![passing(503, "api_error")], ATTEMPTS).says("status 503"),
        Row::new("504", vec![passing(504, "timeout_error")], ATTEMPTS).says("status 504"),
        Row::new("529", vec![passing(529, "overloaded_error")], ATTEMPTS).says("status 529"),
        Row::new(
            "500 of a proxy",
            vec![Reply::status(500, "<html>500</html>").with("retry-after", "0")],
            ATTEMPTS,
        )
        .says("no body of the interface"),
        Row::new(
            "400, to be asked again",
            vec![passing(400, "invalid_request_error").with("x-should-retry", "true")],
            ATTEMPTS,
        )
        .says("attempts: 4"),
    ]);
}

#[test]
fn an_overload_that_ends_in_time_costs_no_advice() {
    let overloaded = || passing(529, "overloaded_error");
    let wanted = Outcome {
        asked: 5,
        paid: 2,
        ..DONE
    };

    play_all(&[Row::new(
        "529 three times",
        vec![
            overloaded(),
            overloaded(),
            overloaded(),
            logs(),
            ends("held"),
        ],
        wanted,
    )
    .says("held")]);
}
