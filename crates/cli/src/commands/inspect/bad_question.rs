//! Bad question: which key is wrong, what it says and what it may say. Also the error of the slow
//! reading that finds this out.

use std::fmt;

use serde::Serialize;
use serde::de::{self, Expected, Unexpected};
use thiserror::Error;

/// Characters of a wrong value that an answer repeats.
const FOUND_MAX: usize = 80;

const LINE: &str = "line";

/// Why a question has no answer, in the words of its asker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Error)]
#[error("{field}: found `{found}`, allowed is {allowed}")]
pub(crate) struct BadQuestion {
    /// The key that is wrong, such as `trade.entry_price` or `positions[0].quantity`; `line` when
    /// the line is no object.
    pub(crate) field: String,
    /// What it says, cut to a readable length, characters that do not show spelt out.
    pub(crate) found: String,
    /// What it may say.
    pub(crate) allowed: String,
}

impl BadQuestion {
    /// A refusal of one key; `found` is cut.
    pub(crate) fn new(field: &str, found: &str, allowed: &str) -> Self {
        Self {
            field: shown(field),
            found: shown(found),
            allowed: allowed.to_owned(),
        }
    }

    /// A refusal of the whole line.
    pub(super) fn of_line(found: &str, allowed: &str) -> Self {
        Self::new(LINE, found, allowed)
    }

    /// A key that is needed and not there.
    pub(crate) fn missing(field: &str, allowed: &str) -> Self {
        Self::new(field, "nothing", allowed)
    }

    /// The same refusal seen from outside: it happened at `step` (a key or `[index]`), whose value
    /// is `found`.
    pub(super) fn inside(mut self, step: &str, found: &str) -> Self {
        if self.field.is_empty() {
            return Self::new(step, found, &self.allowed);
        }
        let joint = if self.field.starts_with('[') { "" } else { "." };
        self.field = format!("{}{joint}{}", shown(step), self.field);
        self
    }

    /// The same refusal, of the whole line if no key inside it is to blame.
    pub(super) fn or_of_line(self, line: &str) -> Self {
        if self.field.is_empty() {
            return Self::of_line(line, &self.allowed);
        }
        self
    }
}

impl de::Error for BadQuestion {
    fn custom<T: fmt::Display>(allowed: T) -> Self {
        Self::new("", "", &allowed.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, allowed: &dyn Expected) -> Self {
        Self::custom(allowed)
    }

    fn invalid_value(_: Unexpected<'_>, allowed: &dyn Expected) -> Self {
        Self::custom(allowed)
    }

    fn unknown_field(field: &str, allowed: &'static [&'static str]) -> Self {
        Self::new(field, "an unknown key", &allowed.join(", "))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::missing(field, "a value, which is needed")
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(field, "the key twice", "the key once")
    }
}

/// The text cut, with every character spelt out that a terminal does not show.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    for (index, letter) in text.chars().enumerate() {
        if index == FOUND_MAX {
            shown.push_str("..");
            break;
        }
        match letter {
            '"' | '\'' | '\\' => shown.push(letter),
            other => shown.extend(other.escape_debug()),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::BadQuestion;

    #[test]
    fn a_long_wrong_value_is_cut() {
        let error = BadQuestion::new("at", &"x".repeat(5_000), "a date");

        assert_eq!(error.found, format!("{}..", "x".repeat(80)));
    }

    #[test]
    fn what_does_not_show_is_spelt_out_and_quotes_stay() {
        let error = BadQuestion::new("symbol", "\"7\u{200b}00\"\t\u{ff17}", "a code");

        assert_eq!(error.found, "\"7\\u{200b}00\"\\t\u{ff17}");
    }
}
