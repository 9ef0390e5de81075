//! What a tool says when it cannot do what was asked: what was wrong, what is allowed, what next.

use catalyst_domain::risk::Breach;
use catalyst_domain::symbol::Symbol;
use thiserror::Error;

use super::ToolName;

/// A call that could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ToolInputError {
    /// There is no tool of that name.
    #[error("tool `{name}` does not exist; the tools are {}", tool_names())]
    UnknownTool {
        /// The name as given.
        name: String,
    },
    /// The input does not fit the tool.
    #[error("{tool}: field `{field}`: {problem}")]
    BadInput {
        /// The tool.
        tool: ToolName,
        /// Where in its input.
        field: String,
        /// What was found and what is allowed.
        problem: String,
    },
}

fn tool_names() -> String {
    ToolName::ALL.map(ToolName::as_str).join(", ")
}

/// Why a tool did not do what was asked. It is an answer, not a crash.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ToolProblem {
    /// The call was not understood.
    #[error(transparent)]
    Input(#[from] ToolInputError),
    /// There is no such symbol, or it does not trade today.
    #[error("{symbol} is not known or does not trade today; use symbols from scan_market")]
    UnknownSymbol {
        /// The symbol as asked.
        symbol: Symbol,
    },
    /// What was asked is right but not answerable now.
    #[error("not available: {what}")]
    NotAvailable {
        /// What is missing and what to do instead.
        what: String,
    },
    /// Rules refused it.
    #[error("refused: {}", texts(breaches))]
    Refused {
        /// Each broken rule with its numbers.
        breaches: Vec<Breach>,
    },
    /// The broker refused it or did not answer.
    #[error("broker: {what}")]
    Broker {
        /// What it said.
        what: String,
    },
    /// Too many calls of this kind in one cycle.
    #[error("{tool} was called {limit} times in this cycle, which is the limit")]
    TooOften {
        /// The tool.
        tool: ToolName,
        /// Calls a cycle may make.
        limit: u32,
    },
    /// The same question again, and nothing was done since that could change its answer.
    #[error(
        "{tool} was asked the same {times} times in this cycle and is not asked again; use the answers \
         above, ask something else, or end with log_decision"
    )]
    Repeated {
        /// The tool.
        tool: ToolName,
        /// How often it was answered.
        times: u32,
    },
    /// The calls of the cycle are used up.
    #[error(
        "not run: the {limit} tool calls of this cycle are used up; only log_decision is still run"
    )]
    NoCallsLeft {
        /// Calls of a cycle.
        limit: u32,
    },
    /// An earlier call of the same turn failed, so this one was not run.
    #[error(
        "not run: an earlier call of this turn with an effect failed; look at its answer first"
    )]
    Skipped,
}

impl ToolProblem {
    /// A stable word for counting.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Input(ToolInputError::UnknownTool { .. }) => "unknown_tool",
            Self::Input(ToolInputError::BadInput { .. }) => "bad_input",
            Self::UnknownSymbol { .. } => "unknown_symbol",
            Self::NotAvailable { .. } => "not_available",
            Self::Refused { .. } => "refused",
            Self::Broker { .. } => "broker",
            Self::TooOften { .. } => "too_often",
            Self::Repeated { .. } => "repeated",
            Self::NoCallsLeft { .. } => "no_calls_left",
            Self::Skipped => "skipped",
        }
    }
}

fn texts(breaches: &[Breach]) -> String {
    breaches
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(feature = "wire")]
impl serde::Serialize for ToolProblem {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("error", self.as_str())?;
        map.serialize_entry("text", &self.to_string())?;
        if let Self::Refused { breaches } = self {
            map.serialize_entry("breaches", breaches)?;
        }
        map.end()
    }
}
