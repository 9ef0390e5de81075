//! The settings file as a sheet to fill in: the shipped file, comments and all, with single values put
//! in the place of its defaults.

use serde_json::Value;

/// A settings file in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    lines: Vec<String>,
}

impl Sheet {
    /// The file to start from.
    pub(super) fn of(text: &str) -> Self {
        Self {
            lines: text.lines().map(str::to_owned).collect(),
        }
    }

    /// Writes a value behind `section.key`, keeping the comment of its line; a key, and its section, that
    /// the file shows behind `#` come into force with it. `false` where the file has no such key.
    pub(super) fn fill(&mut self, key: &str, value: &Value) -> bool {
        let Some((section, name)) = key.split_once('.') else {
            return false;
        };
        let header = format!("{section}:");
        let Some(start) = self.lines.iter().position(|line| bare(line) == header) else {
            return false;
        };
        let begins = |line: &String| is_key(line, name);
        let body = self.lines.iter().skip(start + 1);
        let inside = body.take_while(|line| line.starts_with([' ', '#']));
        let Some(offset) = inside.into_iter().position(begins) else {
            return false;
        };
        if let Some(line) = self.lines.get_mut(start) {
            *line = header;
        }
        if let Some(line) = self.lines.get_mut(start + 1 + offset) {
            *line = filled(line, name, value);
        }
        true
    }

    /// The file.
    pub(super) fn text(&self) -> String {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }
}

/// A line without the sign of a comment before it.
fn bare(line: &str) -> &str {
    line.strip_prefix("# ").unwrap_or(line)
}

fn is_key(line: &str, name: &str) -> bool {
    let text = line.trim_start_matches(['#', ' ']);
    text.strip_prefix(name)
        .is_some_and(|rest| rest.starts_with(':'))
}

/// The line with the value in it, its comment in the column where it was. JSON is YAML.
fn filled(line: &str, name: &str, value: &Value) -> String {
    let text = format!("  {name}: {value}");
    let body = line.trim_start_matches(['#', ' ']);
    let before = line.len() - body.len();
    match body.split_once(" #") {
        Some((value, comment)) => {
            let column = (before + value.len()).max(text.len());
            format!("{text:<column$} #{comment}")
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::Sheet;

    const FILE: &str = "broker:\n  name: sim      # who executes\n  # What follows is used by ibkr.\n  \
                        # account: \"DU1\" # the account\n\n# No mail yet.\n# alerts:\n#   email: \"o\"\n";

    fn filled(answers: &[(&str, &str)]) -> (String, Vec<bool>) {
        let mut sheet = Sheet::of(FILE);
        let found = answers
            .iter()
            .map(|(key, value)| sheet.fill(key, &(*value).into()))
            .collect();
        (sheet.text(), found)
    }

    #[test]
    fn a_value_takes_the_place_of_the_default_and_comments_stay() {
        let (text, found) = filled(&[("broker.name", "ibkr"), ("broker.account", "DU1234567")]);

        assert_eq!(found, [true, true]);
        assert!(
            text.contains("\n  name: \"ibkr\"   # who executes\n"),
            "{text}"
        );
        assert!(
            text.contains("\n  account: \"DU1234567\" # the account\n"),
            "{text}"
        );
        assert!(text.contains("# What follows is used by ibkr."), "{text}");
    }

    #[test]
    fn a_section_behind_a_comment_comes_into_force_with_its_key() {
        let (text, found) = filled(&[("alerts.email", "o@example.com")]);

        assert_eq!(found, [true]);
        assert!(
            text.ends_with("\nalerts:\n  email: \"o@example.com\"\n"),
            "{text}"
        );
    }

    #[test]
    fn a_key_that_the_file_does_not_show_is_not_written() {
        let (text, found) = filled(&[("broker.email", "x"), ("mail.name", "x"), ("name", "x")]);

        assert_eq!((text.as_str(), found), (FILE, vec![false, false, false]));
    }
}
