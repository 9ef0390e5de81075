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
    /// How often the money holds it: a request whose answer is lost may cost as much as one that is not.
    pub(crate) affordable: u32,
}

/// How asking went.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) heard: Result<Heard, AdvisorError>,
    /// Requests that may have been charged for and whose answers are not known.
    pub(crate) lost: u32,
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
    /// Whether asking costs money.
    pub(crate) const fn costs(&self) -> bool {
        match self {
            Self::Provider(..) => true,
            Self::Tape(_) => false,
        }
    }

    /// A message, or why there is none, and what was lost on the way.
    pub(crate) async fn ask(&self, question: Question<'_>) -> Asked {
        let began = Instant::now();
        match self {
            Self::Tape(tape) => Asked {
                heard: played(tape, question, began),
                lost: 0,
            },
            Self::Provider(endpoint, pace, recorder) => {
                let ended = persist(endpoint, pace, question).await;
                if let (Some(recorder), Some(answer)) = (recorder, &ended.answer) {
                    recorder.keep(question.cycle, question.body, answer);
                }
                let request_id = ended.answer.and_then(|answer| answer.request_id);
                Asked {
                    heard: ended.message.map(|message| Heard {
                        message,
                        request_id,
                        attempts: ended.attempts,
                        took: began.elapsed(),
                    }),
                    lost: ended.lost,
                }
            }
        }
    }
}

fn played(tape: &Tape, question: Question<'_>, began: Instant) -> Result<Heard, AdvisorError> {
    let answer = tape.play(question.cycle, question.body)?;
    match read(&answer) {
        Step::Done(message) => Ok(Heard {
            message,
            request_id: answer.request_id,
            attempts: 1,
            took: began.elapsed(),
        }),
        Step::Again(why, _) | Step::Lost(why) => {
            Err(AdvisorError::Unavailable { source: why.into() })
        }
        Step::End(error) => Err(error),
    }
}

/// What one answer leads to.
enum Step {
    Done(MessagesResponse),
    /// Why, and the wait that the provider asks for.
    Again(String, Option<Duration>),
    /// Why; the provider may have answered, and charge for it.
    Lost(String),
    End(AdvisorError),
}

/// How the attempts at one question ended.
struct Ended {
    /// The last answer, where there was one.
    answer: Option<Answer>,
    attempts: u32,
    lost: u32,
    message: Result<MessagesResponse, AdvisorError>,
}

async fn persist(endpoint: &Endpoint, pace: &Pace, question: Question<'_>) -> Ended {
    let (mut attempts, mut lost) = (0, 0);
    loop {
        attempts += 1;
        let (answer, step) = once(endpoint, pace, question).await;
        let (why, asked_for) = match step {
            Step::Done(message) => return ended(answer, (attempts, lost), Ok(message)),
            Step::End(error) => return ended(answer, (attempts, lost), Err(error)),
            Step::Again(why, asked_for) => (why, asked_for),
            Step::Lost(why) => {
                lost += 1;
                (why, None)
            }
        };
        let wait = asked_for.unwrap_or_else(|| pace.wait_after(attempts));
        let until = Instant::now().checked_add(wait);
        let until = until.filter(|until| *until < question.deadline);
        let bound = match until {
            None => "; the time of the conversation allows no further one",
            Some(_) if lost >= question.affordable => "; the budget allows no further one",
            Some(_) if attempts >= pace.attempts => "",
            Some(until) => {
                warn!(attempts, why, wait_ms = millis(wait), "asking Claude again");
                sleep_until(until).await;
                continue;
            }
        };
        let error = given_up(attempts, &why, bound);
        return ended(answer, (attempts, lost), Err(error));
    }
}

fn ended(
    answer: Option<Answer>,
    (attempts, lost): (u32, u32),
    message: Result<MessagesResponse, AdvisorError>,
) -> Ended {
    Ended {
        answer,
        attempts,
        lost,
        message,
    }
}

/// One attempt.
async fn once(endpoint: &Endpoint, pace: &Pace, question: Question<'_>) -> (Option<Answer>, Step) {
    let longest = if question.first {
        pace.first_answer
    } else {
        pace.answer
    };
    let left = question.deadline.saturating_duration_since(Instant::now());
    let bound = longest.min(left);
    let post = endpoint.post(question.body, bound, question.moment.now());
    let outcome = match timeout_at(question.deadline, post).await {
        Ok(outcome) => outcome,
        Err(_) => Err(NoAnswer::TooSlow {
            seconds: bound.as_secs(),
        }),
    };
    match outcome {
        Ok(answer) => {
            let step = read(&answer);
            (Some(answer), step)
        }
        Err(none) if none.may_cost() => (None, Step::Lost(none.to_string())),
        Err(none) => (None, Step::Again(none.to_string(), None)),
    }
}

fn given_up(attempts: u32, why: &str, bound: &str) -> AdvisorError {
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
                Step::Lost(why)
            }
        },
    }
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
