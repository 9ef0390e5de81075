//! Tape: plays a recording in its order, and says so when the conversation has become another one.

use std::sync::{Mutex, PoisonError};

use catalyst_ports::advisor::AdvisorError;
use thiserror::Error;

use super::{Line, fingerprint};
use crate::answer::{Again, Answer};

/// A cassette that cannot be read.
#[derive(Debug, Error)]
pub enum TapeError {
    /// A line is not what a cassette has.
    #[error("line {line}")]
    Line {
        /// Counted from one.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A line with neither `body` nor `text`, or with both.
    #[error("line {line} needs one of `body` and `text`")]
    Body {
        /// Counted from one.
        line: usize,
    },
    /// There is no line in it.
    #[error("the cassette is empty")]
    Empty,
}

#[derive(Debug)]
struct Recorded {
    cycle: Option<String>,
    request: Option<String>,
    answer: Answer,
    played: bool,
}

/// Answers of a file, each played once.
#[derive(Debug)]
pub struct Tape {
    /// Guards what was played.
    lines: Mutex<Vec<Recorded>>,
}

impl Tape {
    /// Reads JSON lines; blank ones and those that begin with `#` are passed over.
    ///
    /// ```
    /// use catalyst_adapters_claude::cassette::Tape;
    /// assert!(Tape::parse("{\"status\":529,\"text\":\"busy\"}").is_ok());
    /// assert_eq!(Tape::parse("# nothing").unwrap_err().to_string(), "the cassette is empty");
    /// ```
    pub fn parse(text: &str) -> Result<Self, TapeError> {
        let mut lines = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let read: Line = serde_json::from_str(line).map_err(|source| TapeError::Line {
                line: number,
                source,
            })?;
            let body = match (read.body, read.text) {
                (Some(body), None) => body.get().to_owned(),
                (None, Some(text)) => text,
                (Some(_), Some(_)) | (None, None) => {
                    return Err(TapeError::Body { line: number });
                }
            };
            lines.push(Recorded {
                cycle: read.cycle,
                request: read.request,
                answer: Answer {
                    status: read.status,
                    request_id: None,
                    again: Again::default(),
                    body,
                },
                played: false,
            });
        }
        if lines.is_empty() {
            return Err(TapeError::Empty);
        }
        Ok(Self {
            lines: Mutex::new(lines),
        })
    }

    /// The next answer for `cycle` that was not played.
    pub(crate) fn play(&self, cycle: &str, request: &str) -> Result<Answer, AdvisorError> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let next = lines.iter_mut().find(|line| {
            !line.played
                && line
                    .cycle
                    .as_deref()
                    .is_none_or(|recorded| recorded == cycle)
        });
        let Some(line) = next else {
            let source = format!("the cassette has no further answer for {cycle}").into();
            return Err(AdvisorError::Unavailable { source });
        };
        line.played = true;
        let same = line
            .request
            .as_deref()
            .is_none_or(|hash| hash == fingerprint(request));
        if same {
            Ok(line.answer.clone())
        } else {
            let why = format!("the cassette was recorded for another request of {cycle}");
            Err(AdvisorError::Unusable { why })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Recorder, fingerprint};
    use super::Tape;
    use crate::answer::{Again, Answer};
    use std::io::{Read as _, Seek as _};

    fn answer(body: &str) -> Answer {
        Answer {
            status: 200,
            request_id: None,
            again: Again::default(),
            body: body.to_owned(),
        }
    }

    #[test]
    fn what_was_recorded_plays_to_the_byte_and_for_its_own_request_only() {
        let bodies = [r#"{"a":1.10,"b":"\u4e2d"}"#, "{\n\"a\":1}", "<html>"];
        let mut file = tempfile::tempfile().unwrap();
        let recorder = Recorder::new(Box::new(file.try_clone().unwrap()));
        for body in bodies {
            recorder.keep("20260914-1000.1", "asked", &answer(body));
        }
        let mut text = String::new();
        file.rewind().unwrap();
        file.read_to_string(&mut text).unwrap();

        let tape = Tape::parse(&text).unwrap();

        for body in bodies {
            assert_eq!(tape.play("20260914-1000.1", "asked").unwrap(), answer(body));
        }
        let again = Tape::parse(&text).unwrap();
        let other = again.play("20260914-1000.1", "else").unwrap_err();
        assert!(other.to_string().contains("another request"), "{other}");
        assert!(text.contains(&fingerprint("asked")) && !text.contains("\"asked\""));
    }

    #[test]
    fn lines_are_played_to_their_cycle_and_end() {
        let tape = Tape::parse(
            "{\"cycle\":\"b\",\"status\":200,\"body\":2}\n\n{\"status\":200,\"body\":1}",
        )
        .unwrap();
        let played = |cycle: &str| tape.play(cycle, "").map(|answer| answer.body);

        assert_eq!(played("a").unwrap(), "1");
        assert_eq!(played("b").unwrap(), "2");
        let end = played("a").unwrap_err();
        assert_eq!(end.to_string(), "the advisor is unavailable");
    }

    #[test]
    fn a_line_that_does_not_read_is_named() {
        for (text, wanted) in [
            ("\n{", "line 2"),
            ("{\"status\":200}", "line 1 needs one of"),
            ("{\"status\":200,\"text\":\"a\",\"bodi\":1}", "line 1"),
        ] {
            let error = Tape::parse(text).unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
