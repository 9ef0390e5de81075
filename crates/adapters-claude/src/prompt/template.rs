//! Template: text with `{{name}}` in it, and what may not stand in it. Numbers written by hand are
//! refused, because a hand-written limit stays when the setting changes.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

/// Words that are limits as soon as they stand before a noun. One and half are needed for other things.
const COUNTS: [&str; 24] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    "hundred", "thousand", "million", "dozen",
];

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

/// Whether a number stands outside placeholders and the number of a list item: in digits, or as a word
/// that counts. Names in backticks may hold digits, as `1h` does; a span of digits alone is no name.
fn has_number(line: &str) -> bool {
    let item = line
        .trim_start()
        .trim_start_matches(|letter: char| letter.is_ascii_digit());
    let body = without_placeholders(item.strip_prefix(". ").unwrap_or(line));
    let mut spans = body.split('`');
    let mut in_code = false;
    spans.any(|span| {
        let has_digit = span.contains(char::is_numeric);
        let counts = if in_code {
            has_digit && !span.contains(char::is_alphabetic)
        } else {
            has_digit
                || span
                    .split(|letter: char| !letter.is_alphabetic())
                    .any(is_count)
        };
        in_code = !in_code;
        counts
    })
}

fn is_count(word: &str) -> bool {
    COUNTS.iter().any(|count| count.eq_ignore_ascii_case(word))
}

fn without_placeholders(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        left.push_str(before);
        rest = after.split_once("}}").map_or("", |(_, behind)| behind);
    }
    left + rest
}

#[cfg(test)]
mod tests {
    use super::{PromptError, Values, filled, instructions};

    fn values() -> Values {
        Values::from([("names", "5".to_owned()), ("share", "20 %".to_owned())])
    }

    #[test]
    fn placeholders_are_filled_wherever_they_stand() {
        let text = "1. At most {{names}}, each {{share}}, often `15m`.\n`get_1d` {{names}}";

        let told = instructions(text, &values()).unwrap();

        assert_eq!(told, "1. At most 5, each 20 %, often `15m`.\n`get_1d` 5");
    }

    #[test]
    fn instructions_that_contradict_or_hide_a_limit_are_refused() {
        for (text, wanted) in [
            ("{{names}} {{share}} {{colour}}", "placeholder {{colour}}"),
            ("At most {{names}}.", "never say {{share}}"),
            ("{{names}} {{share}}\nAt most 6 names", "line 2"),
            ("{{names}} {{share}} from 9:30", "line 1"),
            ("{{names}} {{share}} \u{ff16}", "line 1"),
            ("{{names}} {{share}}\n- At most Six names", "line 2"),
            ("{{names}} {{share}} at most `6` names", "line 1"),
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
