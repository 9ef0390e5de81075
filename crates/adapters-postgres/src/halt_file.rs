//! The halt flag as a file: `halted` or `exits_only` in its first line, any words behind it, a line for each
//! reason.

use std::io::ErrorKind;
use std::path::PathBuf;

use catalyst_domain::risk::TradingState;
use catalyst_ports::halt_flag::{HaltFlag, HaltFlagError};
use thiserror::Error;

use crate::flag_file::{put, take_away};

/// Reasons that a flag keeps: the first and the latest of those after it.
const REASONS_MAX: usize = 5;

/// The file of one state folder.
#[derive(Debug)]
pub struct HaltFile {
    path: PathBuf,
}

/// A first line that is no state.
#[derive(Debug, Error)]
#[error("{} begins with `{found}`, allowed are halted and exits_only", path.display())]
struct Unknown {
    path: PathBuf,
    found: String,
}

impl HaltFile {
    /// The flag at `path`; there need not be any.
    pub const fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// Sets the flag to `state` with one line of words for people, behind those of a flag that stands, whose
    /// reasons stand too; trading takes it away. Durable when it returns.
    pub fn raise(&self, state: TradingState, words: &str) -> Result<(), HaltFlagError> {
        let done = match state {
            TradingState::Trading => take_away(&self.path),
            TradingState::ExitsOnly | TradingState::Halted => {
                let (mut reasons, latest) = (self.reasons(), in_one_line(words));
                if reasons.last() != Some(&latest) {
                    reasons.push(latest);
                }
                let idle = reasons.len().saturating_sub(REASONS_MAX);
                reasons.drain(1..=idle);
                put(
                    &self.path,
                    &format!("{}\n{}\n", state.as_str(), reasons.join("\n")),
                )
            }
        };
        done.map_err(|error| HaltFlagError {
            source: error.into(),
        })
    }

    /// The words behind the state, in one line, first reason first; `None` without a flag, or without words.
    pub fn words(&self) -> Option<String> {
        let reasons = self.reasons();
        (!reasons.is_empty()).then(|| reasons.join("; "))
    }

    /// The lines behind the state that say something, without idle blanks; none where the flag cannot be read,
    /// which keeps nobody from raising it.
    fn reasons(&self) -> Vec<String> {
        let Ok(text) = std::fs::read_to_string(&self.path) else {
            return Vec::new();
        };
        let words = text.split_once(char::is_whitespace);
        words
            .map_or("", |(_, words)| words)
            .lines()
            .map(in_one_line)
            .filter(|line| !line.is_empty())
            .collect()
    }
}

impl HaltFlag for HaltFile {
    fn state(&self) -> Result<TradingState, HaltFlagError> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(TradingState::Trading),
            Err(error) => {
                return Err(HaltFlagError {
                    source: error.into(),
                });
            }
        };
        let word = text.split_whitespace().next().unwrap_or("");
        TradingState::ALL
            .into_iter()
            .find(|state| state.as_str() == word && *state != TradingState::Trading)
            .ok_or_else(|| HaltFlagError {
                source: Box::new(Unknown {
                    path: self.path.clone(),
                    found: word.to_owned(),
                }),
            })
    }
}

/// Words without idle blanks.
fn in_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_says_what_its_first_word_says_and_no_flag_says_trading() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("halt");
        let flag = HaltFile::at(path.clone());

        assert_eq!(flag.state().unwrap(), TradingState::Trading);
        for (text, state) in [
            ("halted\n", TradingState::Halted),
            ("exits_only until I am back", TradingState::ExitsOnly),
        ] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(flag.state().unwrap(), state, "{text}");
        }
    }

    #[test]
    fn a_flag_that_is_raised_says_so_and_trading_takes_it_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("halt");
        let flag = HaltFile::at(path.clone());

        flag.raise(TradingState::ExitsOnly, "by me: a storm")
            .unwrap();
        assert_eq!(flag.state().unwrap(), TradingState::ExitsOnly);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "exits_only\nby me: a storm\n");
        assert_eq!(flag.words().as_deref(), Some("by me: a storm"));

        flag.raise(TradingState::Trading, "").unwrap();
        assert!(!path.exists());
        assert_eq!(flag.words(), None);
    }

    #[test]
    fn a_flag_that_is_raised_again_keeps_its_first_reason_and_the_latest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("halt");
        let flag = HaltFile::at(path.clone());
        std::fs::write(&path, "halted by hand:  a storm\n").unwrap();

        flag.raise(TradingState::Halted, "by me: still").unwrap();
        flag.raise(TradingState::Halted, "by me:  still").unwrap();
        assert_eq!(
            flag.words().as_deref(),
            Some("by hand: a storm; by me: still")
        );
        for number in 1..=9 {
            flag.raise(TradingState::Halted, &number.to_string())
                .unwrap();
        }

        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "halted\nby hand: a storm\n6\n7\n8\n9\n");
        std::fs::write(&path, format!("halted\n0\n{text}")).unwrap();
        flag.raise(TradingState::Halted, "10").unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "halted\n0\n7\n8\n9\n10\n");
        flag.raise(TradingState::Trading, "").unwrap();
        flag.raise(TradingState::Halted, "by me: new").unwrap();
        assert_eq!(flag.words().as_deref(), Some("by me: new"));
    }

    #[test]
    fn a_flag_that_says_nothing_known_is_no_leave_to_trade() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("halt");
        for text in ["", "trading", "stop", "HALTED"] {
            std::fs::write(&path, text).unwrap();
            let refused = HaltFile::at(path.clone()).state();
            assert!(refused.is_err(), "{text}");
        }
    }
}
