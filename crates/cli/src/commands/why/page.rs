//! Page: labelled lines of at most a hundred columns, in which text from outside cannot hide.

use std::io::{self, Write};

use catalyst_domain::calendar::TradingCalendar;
use chrono::{DateTime, Utc};

/// Columns of a line; a single longer word stands alone.
const WIDTH: usize = 100;
/// Columns of a label with its indent.
const LABEL: usize = 12;

/// Where text goes, with the exchange's clock.
pub(crate) struct Page<'a, W> {
    out: W,
    calendar: &'a TradingCalendar,
}

impl<'a, W: Write> Page<'a, W> {
    pub(crate) const fn new(out: W, calendar: &'a TradingCalendar) -> Self {
        Self { out, calendar }
    }

    /// A line at the margin.
    pub(crate) fn head(&mut self, text: &str) -> io::Result<()> {
        self.wrapped("", 2, text)
    }

    /// Text behind a label, which is empty on the lines that go on.
    pub(crate) fn line(&mut self, label: &str, text: &str) -> io::Result<()> {
        self.wrapped(&format!("  {label}"), LABEL, text)
    }

    /// Nothing.
    pub(crate) fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// Date and time at the exchange.
    pub(crate) fn moment(&self, at: DateTime<Utc>) -> String {
        let local = self.calendar.local(at);
        local.format("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn wrapped(&mut self, label: &str, indent: usize, text: &str) -> io::Result<()> {
        let mut line = label.to_owned();
        let mut begins = true;
        for word in cleaned(text).split_whitespace() {
            let used = line.chars().count();
            if !begins && used + 1 + word.chars().count() > WIDTH {
                writeln!(self.out, "{line}")?;
                line = " ".repeat(indent);
            } else if begins && !label.is_empty() {
                line.push_str(&" ".repeat(indent.saturating_sub(used).max(1)));
            } else if !begins {
                line.push(' ');
            }
            line.push_str(word);
            begins = false;
        }
        writeln!(self.out, "{line}")
    }
}

/// Without characters that move the cursor, hide, or turn the direction of what follows.
fn cleaned(text: &str) -> String {
    let seen = text.chars().map(|letter| {
        let hides = matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if letter.is_control() || hides {
            ' '
        } else {
            letter
        }
    });
    seen.collect()
}

#[cfg(test)]
mod tests {
    use catalyst_domain::calendar::TradingCalendar;

    use super::Page;

    fn printed(label: &str, text: &str) -> String {
        let calendar = TradingCalendar::hkex().unwrap();
        let mut out = Vec::new();
        Page::new(&mut out, &calendar).line(label, text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn long_text_is_wrapped_under_itself() {
        let text = "word ".repeat(30);

        let lines = printed("reason", &text);

        let lines: Vec<&str> = lines.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("  reason    word word"), "{lines:?}");
        assert!(lines[1].starts_with("            word word"), "{lines:?}");
        assert!(lines.iter().all(|line| line.len() <= 100), "{lines:?}");
    }

    #[test]
    fn text_from_outside_cannot_move_the_cursor_or_hide() {
        assert_eq!(
            printed("reason", "up\u{1b}[2Jdown \u{202e}back\nnext\u{200b}"),
            "  reason    up [2Jdown back next\n"
        );
    }
}
