//! The script advisor: plays tool calls from a file, for tests and scenarios.
//!
//! JSON lines, described in docs/scripts.md. Inputs are understood only when they are played, as a
//! model's would be, so a script may ask for nonsense.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_ports::advisor::{
    Advisor, AdvisorError, Brief, Conclusion, Consultation, ToolAnswer, ToolCall, Turn,
};
use catalyst_ports::tool::ToolRequest;
use chrono::NaiveTime;
use serde::Deserialize;
use thiserror::Error;

/// A script that cannot be read.
#[derive(Debug, Error)]
pub enum ScriptError {
    /// A line is not what a script has.
    #[error("line {line}: {problem}")]
    Line {
        /// Counted from one.
        line: usize,
        /// What was found and what is allowed.
        problem: String,
    },
    /// There is no turn in it.
    #[error("the script has no turns")]
    Empty,
}

/// One line of the file: a turn, or a single call for short.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    at: Option<String>,
    date: Option<TradingDate>,
    #[serde(default)]
    calls: Vec<Call>,
    tool: Option<String>,
    #[serde(default)]
    input: Option<serde_json::Value>,
    #[serde(default)]
    repeat: bool,
    finish: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    tool: String,
    #[serde(default = "no_input")]
    input: serde_json::Value,
}

fn no_input() -> serde_json::Value {
    serde_json::Value::Object(serde_json::Map::new())
}

#[derive(Debug, Clone)]
struct ScriptTurn {
    at: Option<NaiveTime>,
    date: Option<TradingDate>,
    calls: Vec<Call>,
    repeat: bool,
    finish: Option<String>,
}

/// Plays a file.
#[derive(Debug)]
pub struct ScriptAdvisor {
    turns: Vec<ScriptTurn>,
    timeless_played: AtomicBool,
}

impl ScriptAdvisor {
    /// Reads JSON lines; blank lines and lines that begin with `#` are skipped.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let mut turns: Vec<ScriptTurn> = Vec::new();
        let lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line.trim()));
        for (number, line) in lines.filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let refuse = |problem: String| ScriptError::Line {
                line: number,
                problem,
            };
            let parsed: Line =
                serde_json::from_str(line).map_err(|error| refuse(error.to_string()))?;
            let before = turns.last();
            let at = match &parsed.at {
                Some(text) => Some(time_of_day(text).map_err(refuse)?),
                None => before.and_then(|turn| turn.at),
            };
            let date = parsed.date.or_else(|| before.and_then(|turn| turn.date));
            turns.push(turn(parsed, at, date).map_err(refuse)?);
        }
        if turns.is_empty() {
            return Err(ScriptError::Empty);
        }
        Ok(Self {
            turns,
            timeless_played: AtomicBool::new(false),
        })
    }

    /// The times of day that the script names, for a rehearsal to wake at, increasing.
    pub fn times(&self) -> Vec<NaiveTime> {
        let mut times: Vec<NaiveTime> = self.turns.iter().filter_map(|turn| turn.at).collect();
        times.sort_unstable();
        times.dedup();
        times
    }
}

fn time_of_day(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M")
        .map_err(|_unreadable| format!("`at` is `{text}`, allowed is HH:MM such as \"10:00\""))
}

fn turn(
    line: Line,
    at: Option<NaiveTime>,
    date: Option<TradingDate>,
) -> Result<ScriptTurn, String> {
    let mut calls = line.calls;
    match (line.tool, line.input) {
        (Some(tool), input) => calls.push(Call {
            tool,
            input: input.unwrap_or_else(no_input),
        }),
        (None, Some(_)) => return Err("`input` without `tool`".to_owned()),
        (None, None) => {}
    }
    if calls.is_empty() && line.finish.is_none() {
        return Err("a line needs `calls`, or `tool` with `input`, or `finish`".to_owned());
    }
    Ok(ScriptTurn {
        at,
        date,
        calls,
        repeat: line.repeat,
        finish: line.finish,
    })
}

#[async_trait]
impl Advisor for ScriptAdvisor {
    fn name(&self) -> &'static str {
        "script"
    }

    async fn consult(&self, brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        let slot = brief.cycle.slot();
        let first = !self.timeless_played.swap(true, Ordering::Relaxed);
        let mine = |turn: &&ScriptTurn| {
            let on_time = match turn.at {
                Some(at) => at.format("%H:%M").to_string() == slot,
                None => first,
            };
            on_time && turn.date.is_none_or(|date| date == brief.moment.date)
        };
        let turns: Vec<ScriptTurn> = self.turns.iter().filter(mine).cloned().collect();
        Ok(Box::new(Talk {
            turns,
            next: 0,
            calls: 0,
        }))
    }
}

#[derive(Debug)]
struct Talk {
    turns: Vec<ScriptTurn>,
    next: usize,
    calls: u32,
}

#[async_trait]
impl Consultation for Talk {
    async fn next(&mut self, _answers: Vec<ToolAnswer>) -> Result<Turn, AdvisorError> {
        let Some(turn) = self.turns.get(self.next) else {
            return Ok(Turn::Finish(Conclusion {
                text: "the script has ended".to_owned(),
            }));
        };
        if !turn.repeat {
            self.next += 1;
        }
        if let Some(words) = &turn.finish {
            return Ok(Turn::Finish(Conclusion {
                text: words.clone(),
            }));
        }
        let mut played = Vec::with_capacity(turn.calls.len());
        for call in &turn.calls {
            self.calls += 1;
            played.push(ToolCall {
                id: format!("script-{}", self.calls),
                name: call.tool.clone(),
                request: ToolRequest::parse(&call.tool, &call.input),
            });
        }
        Ok(Turn::UseTools(played))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_inherited_by_the_lines_below() {
        let script = ScriptAdvisor::parse(
            r#"{"at":"10:00","tool":"get_portfolio"}
               {"tool":"scan_market","input":{"limit":3}}
               {"at":"12:30","calls":[{"tool":"get_quote","input":{"symbol":"700"}}]}"#,
        )
        .unwrap();

        let slots: Vec<_> = script
            .turns
            .iter()
            .map(|turn| turn.at.unwrap().format("%H:%M").to_string())
            .collect();
        assert_eq!(slots, ["10:00", "10:00", "12:30"]);
    }

    #[test]
    fn a_bad_line_is_named() {
        for (text, wanted) in [
            ("{\"at\":\"10:00\",\"tool\":\"x\"}\n{", "line 2"),
            ("{\"at\":\"25:00\",\"tool\":\"x\"}", "HH:MM"),
            ("{\"tols\":\"x\"}", "unknown field `tols`"),
            ("{\"input\":{}}", "`input` without `tool`"),
            ("# nothing", "no turns"),
        ] {
            let error = ScriptAdvisor::parse(text).unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
