//! Given: a number, or the marker that some programs write when they have none.

use std::borrow::Cow;

use catalyst_domain::money::plain_decimal;
use rust_decimal::Decimal;

use super::field::{Field, Form};

/// The markers, longest first, as Python's `json.dumps` writes them without quotes.
const MARKERS: [&str; 3] = ["-Infinity", "Infinity", "NaN"];

/// A figure as its asker has it. Whether the lack of one matters is the rule's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// A number.
    Number(Decimal),
    /// Not a number, or beyond all numbers.
    NotANumber,
}

impl Given {
    /// The number, if it is one.
    pub(crate) const fn number(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            Self::NotANumber => None,
        }
    }
}

impl Field for Given {
    const ALLOWED: &'static str =
        "plain digits such as 512.5 (no exponent, no separator, at most 28 digits), or NaN";
    const FORM: Form = Form::TextOrNumber;

    fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let is_marker = ["nan", "inf", "infinity"]
            .iter()
            .any(|marker| unsigned.eq_ignore_ascii_case(marker));
        if is_marker {
            return Some(Self::NotANumber);
        }
        plain_decimal(text).map(Self::Number)
    }
}

/// The line with its bare markers put in quotes, which makes JSON of it; texts stay as they are.
pub(super) fn with_markers_quoted(line: &str) -> Cow<'_, str> {
    let mut quoted = String::new();
    let mut rest = line;
    while let Some((before, marker, after)) = first_bare_marker(rest) {
        quoted.push_str(before);
        quoted.push('"');
        quoted.push_str(marker);
        quoted.push('"');
        rest = after;
    }
    if quoted.is_empty() {
        return Cow::Borrowed(line);
    }
    quoted.push_str(rest);
    Cow::Owned(quoted)
}

/// What stands before the first marker outside of quotes, the marker, and what stands after it.
fn first_bare_marker(line: &str) -> Option<(&str, &'static str, &str)> {
    let mut in_text = false;
    let mut escaped = false;
    let mut after_value = false;
    for (at, byte) in line.bytes().enumerate() {
        if in_text {
            in_text = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        in_text = byte == b'"';
        let marker = MARKERS.into_iter().find(|marker| {
            line.as_bytes()
                .get(at..)
                .is_some_and(|rest| rest.starts_with(marker.as_bytes()))
        });
        if let Some(marker) = marker.filter(|_| !after_value) {
            let (before, rest) = line.split_at_checked(at)?;
            return rest
                .strip_prefix(marker)
                .map(|after| (before, marker, after));
        }
        after_value = byte.is_ascii_alphanumeric() || byte == b'-';
    }
    None
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::{Field as _, Given, with_markers_quoted};

    #[test]
    fn a_marker_is_no_number_and_no_error() {
        for text in ["NaN", "Infinity", "-Infinity", "nan", "-inf"] {
            assert_eq!(Given::parse(text), Some(Given::NotANumber), "{text}");
        }
        assert_eq!(
            Given::parse("-0.5"),
            Some(Given::Number(Decimal::new(-5, 1)))
        );
        for text in ["", "1e309", "--inf", "infinite", "null"] {
            assert_eq!(Given::parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_bare_markers_are_quoted() {
        for (line, expected) in [
            (r#"{"a":NaN}"#, r#"{"a":"NaN"}"#),
            (
                r#"{"a": -Infinity, "b":[NaN,Infinity]}"#,
                r#"{"a": "-Infinity", "b":["NaN","Infinity"]}"#,
            ),
            (r#"{"a":"NaN, \"NaN"}"#, r#"{"a":"NaN, \"NaN"}"#),
            (r#"{"a":"\\",	"b":NaN}"#, r#"{"a":"\\",	"b":"NaN"}"#),
            (
                r#"{"a":xNaN,"b":--Infinity}"#,
                r#"{"a":xNaN,"b":--Infinity}"#,
            ),
        ] {
            assert_eq!(with_markers_quoted(line), expected, "{line}");
        }
    }
}
