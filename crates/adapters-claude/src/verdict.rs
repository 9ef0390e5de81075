//! Verdict: what an answer's status means. One table; the words of the provider decide nothing.

use catalyst_ports::advisor::AdvisorError;

use crate::answer::Answer;
use crate::outside::one_line;
use crate::wire::{FailureBody, FailureWords};

/// Characters of the provider's own words that are passed on.
const WORDS_MAX: usize = 300;
/// The provider's codes of a budget that is used up until the month ends.
const SPENT: [&str; 2] = [
    "enforced_spend_limit_reached",
    "contract_spend_limit_reached",
];

/// What is to be done with an answer.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// A message of the model.
    Message,
    /// Asking again may help; why, in words.
    Again(String),
    /// It will not help.
    End(AdvisorError),
}

/// Judges by status, then by the finer code, never by the message. The provider's word on asking
/// again beats the status.
pub(crate) fn judge(answer: &Answer) -> Verdict {
    if (200..300).contains(&answer.status) {
        return Verdict::Message;
    }
    let read: Result<FailureBody, serde_json::Error> = serde_json::from_str(&answer.body);
    let failure = read.as_ref().ok().map(|body| &body.error);
    let code = failure.and_then(|error| error.details.as_ref()?.error_code.as_deref());
    let why = in_words(answer, failure);
    let spent = code.is_some_and(|code| SPENT.contains(&code));
    let again = answer
        .again
        .should
        .unwrap_or(passes_by_itself(answer.status));
    if spent {
        Verdict::End(AdvisorError::Overspent)
    } else if again {
        Verdict::Again(why)
    } else {
        Verdict::End(ending(answer.status, why))
    }
}

const fn passes_by_itself(status: u16) -> bool {
    matches!(status, 408 | 409 | 429 | 500..=599)
}

fn ending(status: u16, why: String) -> AdvisorError {
    match status {
        401..=404 => AdvisorError::NotAccepted { why },
        408 | 409 | 429 | 500..=599 => AdvisorError::Unavailable { source: why.into() },
        _ => AdvisorError::Unusable { why },
    }
}

fn in_words(answer: &Answer, failure: Option<&FailureWords>) -> String {
    let hint = match answer.status {
        401 => ", look at ANTHROPIC_API_KEY",
        402 => ", look at the billing of the account",
        403 => ", look at the rights of the key and the region of this machine",
        404 => ", look at claude.model",
        400 => ", which may also mean that a spend limit set in the account is reached",
        _ => "",
    };
    let said = failure.map_or_else(
        || "no body of the interface".to_owned(),
        |error| {
            format!(
                "{}: {}",
                one_line(&error.kind, WORDS_MAX),
                one_line(&error.message, WORDS_MAX)
            )
        },
    );
    let request = answer.request_id.as_deref().unwrap_or("none");
    format!("status {}{hint} ({said}; request {request})", answer.status)
}

#[cfg(test)]
mod tests {
    use catalyst_ports::advisor::AdvisorError;

    use super::{Verdict, judge};
    use crate::answer::{Again, Answer};

    fn answer(status: u16, body: &str) -> Answer {
        Answer {
            status,
            request_id: Some("req_7".to_owned()),
            again: Again::default(),
            body: body.to_owned(),
        }
    }

    fn word(verdict: &Verdict) -> &'static str {
        match verdict {
            Verdict::Message => "message",
            Verdict::Again(_) => "again",
            Verdict::End(AdvisorError::Unavailable { .. }) => "unavailable",
            Verdict::End(AdvisorError::Overspent) => "overspent",
            Verdict::End(AdvisorError::NotAccepted { .. }) => "not accepted",
            Verdict::End(AdvisorError::Unusable { .. }) => "unusable",
        }
    }

    #[test]
    fn every_status_has_its_verdict() {
        for (status, wanted) in [
            (200, "message"),
            (302, "unusable"),
            (400, "unusable"),
            (401, "not accepted"),
            (402, "not accepted"),
            (403, "not accepted"),
            (404, "not accepted"),
            (408, "again"),
            (409, "again"),
            (413, "unusable"),
            (418, "unusable"),
            (429, "again"),
            (500, "again"),
            (502, "again"),
            (503, "again"),
            (504, "again"),
            (529, "again"),
        ] {
            assert_eq!(word(&judge(&answer(status, "<html>"))), wanted, "{status}");
        }
    }

    #[test]
    fn a_spend_limit_is_an_end_whatever_the_status_and_the_headers_say() {
        let body = r#"{"type":"error","error":{"type":"rate_limit_error","message":"m",
            "details":{"error_code":"enforced_spend_limit_reached"}}}"#;
        let mut spent = answer(429, body);
        spent.again.should = Some(true);

        assert_eq!(word(&judge(&spent)), "overspent");
        let ramp = body.replace("enforced_spend_limit_reached", "ramp_limit_exceeded");
        assert_eq!(word(&judge(&answer(429, &ramp))), "again");
    }

    #[test]
    fn the_providers_word_on_asking_again_beats_the_status() {
        let mut overloaded = answer(529, "");
        overloaded.again.should = Some(false);
        let mut refused = answer(400, "");
        refused.again.should = Some(true);

        assert_eq!(word(&judge(&overloaded)), "unavailable");
        assert_eq!(word(&judge(&refused)), "again");
    }

    #[test]
    fn the_words_of_an_ending_name_the_place_to_look_and_the_request() {
        let body = r#"{"error":{"type":"authentication_error","message":"invalid\nx-api-key"}}"#;

        let Verdict::End(error) = judge(&answer(401, body)) else {
            panic!("401 is an end");
        };
        assert_eq!(
            error.to_string(),
            "the advisor is not accepted: status 401, look at ANTHROPIC_API_KEY \
             (authentication_error: invalid x-api-key; request req_7)"
        );
    }
}
