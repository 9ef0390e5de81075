//! The built-in settings, read from the shipped file without a YAML reader: sections by their indentation,
//! `key: value # words`, and lists of `- item`. A test holds it to what YAML says of that file; the owner's
//! own file may use all of YAML and is never read here.

use std::iter::Peekable;

use config::{ConfigError, Map, Value, ValueKind};

/// The tree of a text in the form of the shipped file.
pub(super) fn tree(text: &str) -> Result<Value, ConfigError> {
    let mut lines = text.lines().filter_map(Line::of).peekable();
    let kind = section(&mut lines, 0)?;
    match lines.next() {
        None => Ok(of(kind)),
        Some(line) => Err(line.misplaced()),
    }
}

/// A line that says something, without the words behind `#`.
struct Line<'a> {
    indent: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let said = line.split_once('#').map_or(line, |(said, _words)| said);
        let text = said.trim();
        let indent = said.len() - said.trim_start().len();
        (!text.is_empty()).then_some(Self { indent, text })
    }

    fn misplaced(&self) -> ConfigError {
        ConfigError::Message(format!("the line `{}` has no place", self.text))
    }
}

/// The keys from here on that stand `indent` deep.
fn section<'a>(
    lines: &mut Peekable<impl Iterator<Item = Line<'a>>>,
    indent: usize,
) -> Result<ValueKind, ConfigError> {
    let mut table = Map::new();
    while let Some(line) = lines.next_if(|line| line.indent == indent) {
        let Some((key, value)) = line.text.split_once(':') else {
            return Err(line.misplaced());
        };
        let inner = lines.peek().filter(|next| next.indent > indent);
        let kind = match (value.trim_start(), inner.map(|next| next.indent)) {
            ("", Some(deeper)) => match list(lines) {
                items if items.is_empty() => section(lines, deeper)?,
                items => ValueKind::Array(items),
            },
            (value, _) => plain(value),
        };
        table.insert(key.to_owned(), of(kind));
    }
    Ok(ValueKind::Table(table))
}

/// The items from here on; none where a section stands.
fn list<'a>(lines: &mut Peekable<impl Iterator<Item = Line<'a>>>) -> Vec<Value> {
    let mut items = Vec::new();
    while let Some(line) = lines.next_if(|line| line.text.starts_with("- ")) {
        items.push(of(plain(line.text.trim_start_matches("- "))));
    }
    items
}

/// A value on one line.
fn plain(text: &str) -> ValueKind {
    let quoted = text.strip_prefix('"');
    match text {
        "" | "null" => ValueKind::Nil,
        "true" => ValueKind::Boolean(true),
        "false" => ValueKind::Boolean(false),
        "[]" => ValueKind::Array(Vec::new()),
        text => match (
            quoted.and_then(|text| text.strip_suffix('"')),
            text.parse(),
            text.parse(),
        ) {
            (Some(inside), _, _) => ValueKind::String(inside.to_owned()),
            (None, Ok(whole), _) => ValueKind::I64(whole),
            (None, Err(_), Ok(number)) => ValueKind::Float(number),
            (None, Err(_), Err(_)) => ValueKind::String(text.to_owned()),
        },
    }
}

fn of(kind: ValueKind) -> Value {
    Value::new(None, kind)
}

#[cfg(test)]
mod tests {
    use config::{File, FileFormat, Source as _};

    use super::tree;
    use crate::settings::DEFAULTS;

    fn by_yaml(text: &str) -> config::Map<String, config::Value> {
        File::from_str(text, FileFormat::Yaml).collect().unwrap()
    }

    fn by_line(text: &str) -> config::Map<String, config::Value> {
        tree(text).unwrap().into_table().unwrap()
    }

    #[test]
    fn the_shipped_file_says_what_yaml_reads_in_it() {
        assert_eq!(by_line(DEFAULTS), by_yaml(DEFAULTS));
    }

    #[test]
    fn every_form_of_the_shipped_file_is_read_as_yaml_reads_it() {
        let text = "# a word\none: # two\n  word: some thing  # words: 1\n  # left: out\n  count: 12\n  part: -0.50\n  \
                    text: \"09:30\"\n  yes: true\n  no: false\n  none: null\n  empty:\n  list: []\n  times:\n    - \
                    \"1\"\n    - 2\n\n  deep:\n    key: 1\n  last: x\nalone: y\n";

        assert_eq!(by_line(text), by_yaml(text));
    }

    #[test]
    fn a_line_without_a_place_is_named() {
        for (text, line) in [
            ("one:\n  word\n", "word"),
            ("one: 1\n  two: 2\n", "two: 2"),
            ("  one: 1\ntwo: 2\n", "one: 1"),
        ] {
            assert_eq!(
                tree(text).unwrap_err().to_string(),
                format!("the line `{line}` has no place")
            );
        }
    }
}
