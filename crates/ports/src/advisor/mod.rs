//! The advisor: rules, a script, or Claude. It proposes; it cannot act but through tools.

mod brief;
mod turn;

use async_trait::async_trait;
use catalyst_domain::money::Money;
use thiserror::Error;

pub use brief::Brief;
pub use turn::{Conclusion, ToolAnswer, ToolCall, Turn};

use crate::Source;
use crate::journal::{MODEL_CURRENCY, ModelUsage};

/// Why there is no advice. Each ends the conversation; protection goes on without it.
#[derive(Debug, Error)]
pub enum AdvisorError {
    /// Try in the next cycle.
    #[error("the advisor is unavailable")]
    Unavailable {
        /// Why.
        source: Source,
    },
    /// The money for it is used up.
    #[error("the advisor's budget is spent")]
    Overspent,
    /// The provider takes nothing from this account, key or model; only the owner can mend that.
    #[error("the advisor is not accepted: {why}")]
    NotAccepted {
        /// What the provider objects to, and what to look at.
        why: String,
    },
    /// What it said cannot be used.
    #[error("the advisor's answer is unusable: {why}")]
    Unusable {
        /// What was wrong with it.
        why: String,
    },
}

/// What the words of every [`AdvisorError`] begin with, and so the record of a run without advice.
pub const NO_ADVICE: &str = "the advisor";

/// Someone to ask.
#[async_trait]
pub trait Advisor: Send + Sync {
    /// The advisor's name for the record, such as `rules`.
    fn name(&self) -> &str;

    /// The most that the first question of a conversation about `brief` can cost; nothing for an advisor
    /// without a model. Asks nobody.
    fn reserve(&self, _brief: &Brief) -> Result<Money, AdvisorError> {
        Ok(Money::zero(MODEL_CURRENCY))
    }

    /// Begins a conversation about one cycle.
    async fn consult(&self, brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError>;
}

/// One conversation. It keeps its own transcript.
#[async_trait]
pub trait Consultation: Send {
    /// Hands over the answers to the last turn's calls, none at first, and returns the next turn.
    ///
    /// Whoever waits for others gives up at the brief's deadline, so this comes back by then.
    async fn next(&mut self, answers: Vec<ToolAnswer>) -> Result<Turn, AdvisorError>;

    /// The most that the next request can cost which [`Self::next`] makes with these answers; nothing for
    /// an advisor without a model. Further requests within one turn are held to the brief's budget by
    /// whoever makes them.
    fn reserve(&self, _answers: &[ToolAnswer]) -> Result<Money, AdvisorError> {
        Ok(Money::zero(MODEL_CURRENCY))
    }

    /// What asking has taken since this was last called, oldest first; also after an error. A request
    /// whose answer never came counts with the most that it can have cost. An advisor without a model
    /// takes nothing.
    fn spent(&mut self) -> Vec<ModelUsage> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_begins_with_the_same_words() {
        let failures = [
            AdvisorError::Unavailable {
                source: "away".into(),
            },
            AdvisorError::Overspent,
            AdvisorError::NotAccepted { why: String::new() },
            AdvisorError::Unusable { why: String::new() },
        ];

        for failure in failures {
            assert!(failure.to_string().starts_with(NO_ADVICE), "{failure}");
        }
    }
}
