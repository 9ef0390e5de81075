//! Who decides in a cycle: the built-in rules, a script of tool calls, Claude, or a recording of it.

use std::path::PathBuf;
use std::str::FromStr;

use thiserror::Error;

/// What may be named, for messages.
pub(super) const ALLOWED: &str = "rules, script:FILE, claude, cassette:FILE";

/// The advisor that a flag or the settings name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AdvisorChoice {
    /// The owner's momentum criteria, deterministic.
    Rules,
    /// The tool calls of a file, in order.
    Script(PathBuf),
    /// The model of the section `claude`.
    Claude,
    /// Its recorded answers, from a file.
    Cassette(PathBuf),
}

/// A word that names no advisor.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("advisor `{found}` is unknown, allowed are {ALLOWED}")]
pub(crate) struct UnknownAdvisor {
    /// The word as given.
    pub(crate) found: String,
}

impl FromStr for AdvisorChoice {
    type Err = UnknownAdvisor;

    fn from_str(text: &str) -> Result<Self, UnknownAdvisor> {
        match text.split_once(':') {
            Some(("script", file)) if !file.is_empty() => Ok(Self::Script(file.into())),
            Some(("cassette", file)) if !file.is_empty() => Ok(Self::Cassette(file.into())),
            None if text == "rules" => Ok(Self::Rules),
            None if text == "claude" => Ok(Self::Claude),
            Some(_) | None => Err(UnknownAdvisor {
                found: text.to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AdvisorChoice, UnknownAdvisor};

    #[test]
    fn an_advisor_is_one_word_or_a_word_with_its_file() {
        assert_eq!("rules".parse(), Ok(AdvisorChoice::Rules));
        assert_eq!("claude".parse(), Ok(AdvisorChoice::Claude));
        assert_eq!(
            "script:a:b.json".parse(),
            Ok(AdvisorChoice::Script("a:b.json".into()))
        );
        assert_eq!(
            "cassette:a.jsonl".parse(),
            Ok(AdvisorChoice::Cassette("a.jsonl".into()))
        );
        for text in [
            "",
            "script",
            "script:",
            "cassette:",
            "Rules",
            "rules:x",
            "claude:x",
        ] {
            let found = text.to_owned();
            assert_eq!(text.parse::<AdvisorChoice>(), Err(UnknownAdvisor { found }));
        }
    }
}
