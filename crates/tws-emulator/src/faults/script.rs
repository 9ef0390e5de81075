//! Fault scripts as people write them: one JSON object a line.

use std::time::Duration;

use serde::Deserialize;
use thiserror::Error;

use super::effect::{Effect, Fault, Spoken, Trigger};
use crate::kinds::{ReplyKind, RequestKind};
use crate::spoken::words_of;

/// Faults in the order they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FaultScript {
    /// The faults.
    pub faults: Vec<Fault>,
}

/// A line that is no fault.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}, field `{field}`: {reason}")]
pub struct ScriptError {
    /// The line, counted from one.
    pub line: usize,
    /// The field.
    pub field: String,
    /// What was found and what is allowed.
    pub reason: String,
}

/// A line as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    request: Option<RequestKind>,
    reply: Option<ReplyKind>,
    connection: Option<Moment>,
    #[serde(rename = "do")]
    verb: Verb,
    #[serde(default)]
    after: u32,
    #[serde(default = "once")]
    times: u32,
    ms: Option<u64>,
    code: Option<i32>,
    text: Option<String>,
    refused: Option<u32>,
}

/// The one moment of a connection that a fault can wait for.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Moment {
    Greeting,
}

/// The words of `do`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Verb {
    NeverAnswer,
    Lose,
    Delay,
    CloseBefore,
    CloseAfter,
    CloseMidFrame,
    Duplicate,
    Reorder,
    Garbage,
    Oversize,
    NotANumber,
    Unset,
    Error,
    Warn,
    FalseCancel,
    RejectStop,
    ClientIdInUse,
    Notice,
    Restart,
}

const fn once() -> u32 {
    1
}

impl FaultScript {
    /// Nothing goes wrong.
    pub const fn none() -> Self {
        Self { faults: Vec::new() }
    }

    /// Reads one fault a line; empty lines and lines that begin with `#` are passed over.
    ///
    /// ```
    /// use catalyst_tws_emulator::FaultScript;
    /// let script = FaultScript::parse(
    ///     "# the stop of the first family is lost\n\
    ///      {\"request\": \"place_order\", \"after\": 2, \"do\": \"lose\"}",
    /// )?;
    /// assert_eq!(script.faults[0].after, 2);
    /// let error = FaultScript::parse("{\"request\": \"place_order\", \"do\": \"delay\"}").unwrap_err();
    /// assert_eq!(error.to_string(), "line 1, field `ms`: `delay` needs milliseconds such as 200");
    /// # Ok::<(), catalyst_tws_emulator::ScriptError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let mut faults = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let refuse = |(field, reason): (String, String)| ScriptError {
                line: index + 1,
                field,
                reason,
            };
            faults.push(read(line).map_err(refuse)?);
        }
        Ok(Self { faults })
    }
}

/// A field and what is wrong with it.
type Wrong = (String, String);

fn wrong(field: &str, reason: impl Into<String>) -> Wrong {
    (field.to_owned(), reason.into())
}

fn read(line: &str) -> Result<Fault, Wrong> {
    let mut reader = serde_json::Deserializer::from_str(line);
    let line: Line = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| (error.path().to_string(), error.inner().to_string()))?;
    reader.end().map_err(|error| wrong("", error.to_string()))?;
    let on = match (line.request, line.reply, line.connection) {
        (Some(kind), None, None) => Trigger::Request(kind),
        (None, Some(kind), None) => Trigger::Reply(kind),
        (None, None, Some(Moment::Greeting)) => Trigger::Connection,
        _ => {
            let reason = "one of `request`, `reply` and `connection` says what the fault waits for";
            return Err(wrong("request", reason));
        }
    };
    fits(on, line.verb)?;
    if line.times == 0 {
        return Err(wrong("times", "0 is never, allowed are counts from 1"));
    }
    Ok(Fault {
        on,
        after: line.after,
        times: line.times,
        effect: effect_of(&line)?,
    })
}

fn effect_of(line: &Line) -> Result<Effect, Wrong> {
    let spoken = || {
        let code = line.code;
        let code = code.ok_or_else(|| wrong("code", "an error needs a code such as 201"))?;
        let text = line.text.clone();
        Ok::<Spoken, Wrong>(Spoken {
            code,
            text: text.unwrap_or_else(|| words_of(code).to_owned()),
        })
    };
    Ok(match line.verb {
        Verb::NeverAnswer => Effect::NeverAnswer,
        Verb::Lose => Effect::Lose,
        Verb::Delay => {
            let ms = line.ms;
            let ms = ms.ok_or_else(|| wrong("ms", "`delay` needs milliseconds such as 200"))?;
            Effect::Delay(Duration::from_millis(ms))
        }
        Verb::CloseBefore => Effect::CloseBefore,
        Verb::CloseAfter => Effect::CloseAfter,
        Verb::CloseMidFrame => Effect::CloseMidFrame,
        Verb::Duplicate => Effect::Duplicate,
        Verb::Reorder => Effect::Reorder,
        Verb::Garbage => Effect::Garbage,
        Verb::Oversize => Effect::Oversize,
        Verb::NotANumber => Effect::NotANumber,
        Verb::Unset => Effect::Unset,
        Verb::Error => Effect::Error(spoken()?),
        Verb::Warn => Effect::Warn(spoken()?),
        Verb::FalseCancel => Effect::FalseCancel(spoken()?),
        Verb::RejectStop => Effect::RejectStop,
        Verb::ClientIdInUse => Effect::ClientIdInUse,
        Verb::Notice => Effect::Notice(spoken()?),
        Verb::Restart => Effect::Restart {
            refused: line.refused.unwrap_or(0),
        },
    })
}

/// Whether the verb means anything at its trigger.
fn fits(on: Trigger, verb: Verb) -> Result<(), Wrong> {
    const REQUEST: &[Verb] = &[
        Verb::NeverAnswer,
        Verb::Lose,
        Verb::Delay,
        Verb::CloseBefore,
        Verb::CloseAfter,
        Verb::Error,
        Verb::Warn,
        Verb::Notice,
        Verb::Restart,
    ];
    const ORDER: &[Verb] = &[Verb::FalseCancel, Verb::RejectStop];
    const START: &[Verb] = &[Verb::ClientIdInUse];
    const REPLY: &[Verb] = &[
        Verb::NeverAnswer,
        Verb::Delay,
        Verb::CloseBefore,
        Verb::CloseAfter,
        Verb::CloseMidFrame,
        Verb::Duplicate,
        Verb::Reorder,
        Verb::Garbage,
        Verb::Oversize,
        Verb::NotANumber,
        Verb::Unset,
        Verb::Restart,
    ];
    const GREETING: &[Verb] = &[
        Verb::NeverAnswer,
        Verb::Delay,
        Verb::CloseBefore,
        Verb::CloseAfter,
        Verb::Garbage,
        Verb::Restart,
    ];
    let allowed: Vec<Verb> = match on {
        Trigger::Request(RequestKind::PlaceOrder) => [REQUEST, ORDER].concat(),
        Trigger::Request(RequestKind::StartApi) => [REQUEST, START].concat(),
        Trigger::Request(_) => REQUEST.to_vec(),
        Trigger::Reply(_) => REPLY.to_vec(),
        Trigger::Connection => GREETING.to_vec(),
    };
    if allowed.contains(&verb) {
        return Ok(());
    }
    let words: Vec<String> = allowed.iter().copied().map(word).collect();
    let reason = format!(
        "`{}` does not happen there, allowed are {}",
        word(verb),
        words.join(", ")
    );
    Err(wrong("do", reason))
}

/// The verb as it is written.
fn word(verb: Verb) -> String {
    let mut word = String::new();
    for letter in format!("{verb:?}").chars() {
        if letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}
