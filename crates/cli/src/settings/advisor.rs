//! Who decides in a cycle: the built-in rules, or a script of tool calls.

use std::path::PathBuf;
use std::str::FromStr;

use thiserror::Error;

/// The advisor that a flag or the settings name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AdvisorChoice {
    /// The owner's momentum criteria, deterministic.
    Rules,
    /// The tool calls of a file, in order.
    Script(PathBuf),
}

/// A word that names no advisor.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum AdvisorError {
    /// Known and not here yet.
    #[error("the advisor claude comes with a later version, allowed are rules and script:FILE")]
    Claude,
    /// Not known.
    #[error("advisor `{found}` is unknown, allowed are rules and script:FILE")]
    Unknown {
        /// The word as given.
        found: String,
    },
}

impl FromStr for AdvisorChoice {
    type Err = AdvisorError;

    fn from_str(text: &str) -> Result<Self, AdvisorError> {
        match text.split_once(':') {
            Some(("script", file)) if !file.is_empty() => Ok(Self::Script(file.into())),
            None if text == "rules" => Ok(Self::Rules),
            None if text == "claude" => Err(AdvisorError::Claude),
            Some(_) | None => Err(AdvisorError::Unknown {
                found: text.to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AdvisorChoice, AdvisorError};

    #[test]
    fn an_advisor_is_rules_or_a_script_with_its_file() {
        assert_eq!("rules".parse(), Ok(AdvisorChoice::Rules));
        assert_eq!(
            "script:a:b.json".parse(),
            Ok(AdvisorChoice::Script("a:b.json".into()))
        );
        assert_eq!("claude".parse::<AdvisorChoice>(), Err(AdvisorError::Claude));
        for text in ["", "script", "script:", "Rules", "rules:x"] {
            let found = text.to_owned();
            assert_eq!(
                text.parse::<AdvisorChoice>(),
                Err(AdvisorError::Unknown { found })
            );
        }
    }
}
