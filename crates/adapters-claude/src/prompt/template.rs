//! Template: text with `{{name}}` in it, and what may not stand in it. Numbers written by hand are
//! refused, because a hand-written limit stays when the setting changes.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

/// Values by the name of their placeholder.
pub(crate) type Values = BTreeMap<&'static str, String>;

/// Instructions that cannot be rendered, or would contradict the settings.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PromptError {
    /// A placeholder that stands for nothing.
    #[error("the instructions have a placeholder {{{{{name}}}}}, known are {known}")]
    Unknown {
        /// Its name.
        name: String,
        /// The names there are.
        known: String,
    },
    /// A limit that the instructions do not tell.
    #[error("the instructions never say {{{{{name}}}}}, and the model has to know it")]
    Untold {
        /// The placeholder.
        name: &'static str,
    },
    /// A number outside a placeholder.
    #[error(
        "line {line} of the instructions has a number written by hand: `{found}`; numbers come from settings"
    )]
    Number {
        /// Counted from one.
        line: usize,
        /// The line, cut.
        found: String,
    },
    /// `{{` without its end.
    #[error("a placeholder of the instructions does not end")]
    Open,
}

/// Renders instructions: every value is told, and no number is written by hand.
pub(crate) fn instructions(template: &str, values: &Values) -> Result<String, PromptError> {
    for (index, line) in template.lines().enumerate() {
        if has_number(line) {
            return Err(PromptError::Number {
                line: index + 1,
                found: line.chars().take(60).collect(),
            });
        }
    }
    let (text, told) = replaced(template, values)?;
    match values.keys().find(|name| !told.contains(*name)) {
        Some(name) => Err(PromptError::Untold { name }),
        None => Ok(text),
    }
}

/// Renders a text that may say as little as it likes.
pub(crate) fn filled(template: &str, values: &Values) -> Result<String, PromptError> {
    replaced(template, values).map(|(text, _)| text)
}

fn replaced<'a>(
    template: &'a str,
    values: &Values,
) -> Result<(String, BTreeSet<&'a str>), PromptError> {
    let mut text = String::with_capacity(template.len());
    let mut told = BTreeSet::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, behind) = after.split_once("}}").ok_or(PromptError::Open)?;
        let value = values.get(name).ok_or_else(|| PromptError::Unknown {
            name: name.chars().take(60).collect(),
            known: values.keys().copied().collect::<Vec<_>>().join(", "),
        })?;
        text.push_str(before);
        text.push_str(value);
        told.insert(name);
        rest = behind;
    }
    text.push_str(rest);
    Ok((text, told))
}

/// Whether a digit stands outside placeholders, words in backticks, and the number of a list item.
fn has_number(line: &str) -> bool {
    let item = line
        .trim_start()
        .trim_start_matches(|letter: char| letter.is_ascii_digit());
    let body = item.strip_prefix(". ").unwrap_or(line);
    let mut in_code = false;
    let mut in_placeholder = false;
    let mut before = ' ';
    for letter in body.chars() {
        match (before, letter) {
            ('{', '{') => in_placeholder = true,
            ('}', '}') => in_placeholder = false,
            (_, '`') => in_code = !in_code,
            _ if letter.is_numeric() && !in_code && !in_placeholder => return true,
            _ => {}
        }
        before = letter;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{PromptError, Values, filled, instructions};

    fn values() -> Values {
        Values::from([("names", "5".to_owned()), ("share", "20 %".to_owned())])
    }

    #[test]
    fn placeholders_are_filled_wherever_they_stand() {
        let text = "1. At most {{names}}, each {{share}}.\n`get_1d` {{names}}";

        let told = instructions(text, &values()).unwrap();

        assert_eq!(told, "1. At most 5, each 20 %.\n`get_1d` 5");
    }

    #[test]
    fn instructions_that_contradict_or_hide_a_limit_are_refused() {
        for (text, wanted) in [
            ("{{names}} {{share}} {{colour}}", "placeholder {{colour}}"),
            ("At most {{names}}.", "never say {{share}}"),
            ("{{names}} {{share}}\nAt most 6 names", "line 2"),
            ("{{names}} {{share}} from 9:30", "line 1"),
            ("{{names}} {{share}} \u{ff16}", "line 1"),
            ("{{names}} {{share", "does not end"),
        ] {
            let error = instructions(text, &values()).unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }

    #[test]
    fn other_texts_may_leave_out_and_hold_numbers() {
        assert_eq!(filled("3 of {{names}}", &values()), Ok("3 of 5".to_owned()));
        assert_eq!(filled("{{", &values()), Err(PromptError::Open));
    }
}
