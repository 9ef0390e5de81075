//! Ask: one request until it is answered, within a number of attempts and a deadline.
//!
//! Asking again is safe: tools run on our side only, and never before an answer is whole. One caller
//! makes no herd, so waits are not scattered.

use std::time::Duration;

use catalyst_ports::advisor::AdvisorError;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::{debug, warn};

use crate::answer::{Answer, NoAnswer};
use crate::cassette::{Recorder, Tape};
use crate::config::Pace;
use crate::endpoint::Endpoint;
use crate::moment::Moment;
use crate::verdict::{Verdict, judge};
use crate::wire::MessagesResponse;

/// Where answers come from.
#[derive(Debug)]
pub(crate) enum Line {
    /// The provider, at this pace; each final answer is kept where there is a recorder.
    Provider(Box<Endpoint>, Pace, Option<Recorder>),
    /// A recording.
    Tape(Tape),
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'a> {
    /// The conversation's name, for recordings.
    pub(crate) cycle: &'a str,
    pub(crate) body: &'a str,
    /// The first of its conversation.
    pub(crate) first: bool,
    pub(crate) moment: Moment,
    /// When it has to be answered.
    pub(crate) deadline: Instant,
}

/// A message of the model, and what it took.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) message: MessagesResponse,
    pub(crate) request_id: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) took: Duration,
}

impl Line {
    /// A message, or why there is none.
    pub(crate) async fn ask(&self, question: Question<'_>) -> Result<Heard, AdvisorError> {
        let began = Instant::now();
        match self {
            Self::Tape(tape) => {
                let answer = tape.play(question.cycle, question.body)?;
                match read(&answer) {
                    Step::Done(message) => Ok(heard(message, answer, 1, began)),
                    Step::Again(why, _) => Err(AdvisorError::Unavailable { source: why.into() }),
                    Step::End(error) => Err(error),
                }
            }
            Self::Provider(endpoint, pace, recorder) => {
                let asking = persist(endpoint, pace, question);
                let (answer, attempts, step) = asking.await?;
                if let Some(recorder) = recorder {
                    recorder.keep(question.cycle, question.body, &answer);
                }
                match step {
                    Ok(message) => Ok(heard(message, answer, attempts, began)),
                    Err(error) => Err(error),
                }
            }
        }
    }
}

fn heard(message: MessagesResponse, answer: Answer, attempts: u32, began: Instant) -> Heard {
    Heard {
        message,
        request_id: answer.request_id,
        attempts,
        took: began.elapsed(),
    }
}

/// What one answer leads to.
enum Step {
    Done(MessagesResponse),
    /// Why, and the wait that the provider asks for.
    Again(String, Option<Duration>),
    End(AdvisorError),
}

/// The answer that ended the asking, the number of attempts, and what it came to.
type Ended = (Answer, u32, Result<MessagesResponse, AdvisorError>);

async fn persist(
    endpoint: &Endpoint,
    pace: &Pace,
    question: Question<'_>,
) -> Result<Ended, AdvisorError> {
    let longest = if question.first {
        pace.first_answer
    } else {
        pace.answer
    };
    let mut attempt = 0;
    loop {
        attempt += 1;
        let left = question.deadline.saturating_duration_since(Instant::now());
        let bound = longest.min(left);
        let post = endpoint.post(question.body, bound, question.moment.now());
        let outcome = match timeout_at(question.deadline, post).await {
            Ok(outcome) => outcome,
            Err(_) => Err(NoAnswer::TooSlow {
                seconds: bound.as_secs(),
            }),
        };
        let (why, asked_for, answer) = match outcome {
            Err(none) => (none.to_string(), None, None),
            Ok(answer) => match read(&answer) {
                Step::Done(message) => return Ok((answer, attempt, Ok(message))),
                Step::End(error) => return Ok((answer, attempt, Err(error))),
                Step::Again(why, asked_for) => (why, asked_for, Some(answer)),
            },
        };
        let wait = asked_for.unwrap_or_else(|| pace.wait_after(attempt));
        let until = Instant::now().checked_add(wait);
        let in_time = until.filter(|until| *until < question.deadline);
        let Some(until) = in_time.filter(|_| attempt < pace.attempts) else {
            let error = given_up(attempt, &why, in_time.is_some());
            return match answer {
                Some(answer) => Ok((answer, attempt, Err(error))),
                None => Err(error),
            };
        };
        warn!(attempt, why, wait_ms = millis(wait), "asking Claude again");
        sleep_until(until).await;
    }
}

fn given_up(attempts: u32, why: &str, in_time: bool) -> AdvisorError {
    let bound = if in_time {
        ""
    } else {
        "; the time of the conversation allows no further one"
    };
    debug!(attempts, why, "asking Claude ends without an answer");
    AdvisorError::Unavailable {
        source: format!("{why} (attempts: {attempts}{bound})").into(),
    }
}

/// A body that is no message is taken for a damaged one.
fn read(answer: &Answer) -> Step {
    match judge(answer) {
        Verdict::End(error) => Step::End(error),
        Verdict::Again(why) => Step::Again(why, answer.again.after),
        Verdict::Message => match serde_json::from_str(&answer.body) {
            Ok(message) => Step::Done(message),
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                let kind = error.classify();
                let why = format!("the answer is no message ({kind:?} at {line}:{column})");
                Step::Again(why, None)
            }
        },
    }
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
