//! Model: its name, how hard it thinks, and what its requests may hold. Facts of the provider's model
//! pages, read in October 2026.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

const ID_MAX: usize = 64;

/// A model's name, such as `claude-sonnet-5-5`. That it exists shows only when it is asked; that its
/// price is known is asked before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ModelId(String);

/// A text that is no name of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a name of a model, allowed are up to 64 of a to z, 0 to 9, dot and hyphen")]
pub struct ModelIdError;

impl ModelId {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ModelId {
    type Err = ModelIdError;

    fn from_str(text: &str) -> Result<Self, ModelIdError> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
        if (1..=ID_MAX).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ModelIdError)
        }
    }
}

impl fmt::Display for ModelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// How hard the model thinks before it answers. The provider's higher steps are not for this work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// For cycles that only watch.
    Low,
    /// The usual one.
    Medium,
    /// Where an evaluation has shown a gain.
    High,
}

/// A word that is no effort.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("effort `{found}` is unknown, allowed are low, medium, high")]
pub struct EffortError {
    /// The word as given.
    pub found: String,
}

impl Effort {
    /// The provider's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

impl FromStr for Effort {
    type Err = EffortError;

    fn from_str(text: &str) -> Result<Self, EffortError> {
        [Self::Low, Self::Medium, Self::High]
            .into_iter()
            .find(|effort| effort.as_str() == text)
            .ok_or_else(|| EffortError {
                found: text.to_owned(),
            })
    }
}

/// What a request to a model may say about thinking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ModelTraits {
    /// It takes `thinking: adaptive`.
    pub(crate) adaptive: bool,
    /// It takes `output_config.effort`.
    pub(crate) effort: bool,
}

const KNOWN: &[(&str, ModelTraits)] = &[
    ("claude-haiku-5-5", THINKS),
    ("claude-sonnet-5-5", THINKS),
    ("claude-opus-5-5", THINKS),
    ("claude-fable-5-2", THINKS),
    ("claude-sonnet-5", THINKS),
    ("claude-sonnet-4-6", EFFORT_ONLY),
    ("claude-haiku-4-5", PLAIN),
];

const THINKS: ModelTraits = ModelTraits {
    adaptive: true,
    effort: true,
};
const EFFORT_ONLY: ModelTraits = ModelTraits {
    adaptive: false,
    effort: true,
};
/// Also for a model that is not in the table: what is not sent is not refused.
const PLAIN: ModelTraits = ModelTraits {
    adaptive: false,
    effort: false,
};

impl ModelTraits {
    pub(crate) fn of(model: &ModelId) -> Self {
        KNOWN
            .iter()
            .find(|(id, _)| *id == model.as_str())
            .map_or(PLAIN, |(_, traits)| *traits)
    }
}

#[cfg(test)]
mod tests {
    use super::{Effort, ModelId, ModelTraits, PLAIN, THINKS};

    #[test]
    fn a_name_is_plain_and_short() {
        for wrong in [
            "",
            "Claude",
            "claude sonnet",
            "claude\n",
            "模型",
            &"a".repeat(65),
        ] {
            assert!(wrong.parse::<ModelId>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn only_models_known_to_think_are_told_to() {
        let of = |id: &str| ModelTraits::of(&id.parse().unwrap());

        assert_eq!(of("claude-sonnet-5-5"), THINKS);
        assert_eq!(of("claude-haiku-4-5"), PLAIN);
        assert_eq!(of("claude-of-the-future"), PLAIN);
    }

    #[test]
    fn an_effort_is_one_of_three_words() {
        assert_eq!("medium".parse(), Ok(Effort::Medium));
        for wrong in ["xhigh", "max", "Medium", ""] {
            assert!(wrong.parse::<Effort>().is_err(), "{wrong}");
        }
    }
}
