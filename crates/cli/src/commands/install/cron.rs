//! The lines of a crontab, and the marked block in which they stand among anybody else's.
//!
//! Debian's cron ignores `CRON_TZ` (crontab(5) there, under LIMITATIONS) and reads times in the zone of
//! the machine; cronie obeys it. So the lines do not rest on it: they hold in every zone, and the program
//! decides by schedule and calendar.

use super::line::{Launch, Minutes, words};
use crate::commands::Failure;

const BEGIN: &str = "# BEGIN catalyst";
const END: &str = "# END catalyst";

/// More minutes of an hour than these are told as all of them.
const LISTED_MAX: usize = 12;

/// The block, from mark to mark.
pub(super) fn block(launch: &Launch, days: &[Minutes], mailto: &str) -> Result<String, Failure> {
    let mut text = format!(
        "{BEGIN}\n\
         # Written by `catalyst install`, which also replaces it; --uninstall --write takes it away.\n\
         # Lines start in every hour and on every day, so that they are right in any time zone, with a cron\n\
         # that obeys CRON_TZ and with one that does not. --scheduled ends a run at once where the schedule of\n\
         # the settings and the calendar of the exchange have nothing for it in that minute.\n\
         # Lines of your own belong above this block: what it sets holds for all lines below.\n\
         CRON_TZ=Asia/Hong_Kong\nSHELL=/bin/sh\nMAILTO={mailto}\n"
    );
    for minutes in days {
        let command: Vec<_> = words(launch, minutes.job)?
            .iter()
            .map(|w| quoted(w))
            .collect();
        let when = field(minutes);
        text.push_str(&[&when, " * * * * ", &command.join(" "), " >/dev/null\n"].concat());
    }
    text.push_str(END);
    text.push('\n');
    Ok(text)
}

/// The crontab with this block as its end, in place of any earlier one.
pub(super) fn with(crontab: &str, block: &str) -> String {
    let mut text = without(crontab);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(block);
    text
}

/// The crontab without the block; every other byte stays.
pub(super) fn without(crontab: &str) -> String {
    parted(crontab).0
}

/// The block that a crontab has; empty where it has none.
pub(super) fn own(crontab: &str) -> String {
    parted(crontab).1
}

/// The lines of others and those of the block. A block without its end is nobody's: its lines stay.
fn parted(crontab: &str) -> (String, String) {
    let (mut others, mut own) = (String::new(), String::new());
    let mut open: Option<String> = None;
    for line in crontab.split_inclusive('\n') {
        let mark = line.trim_end();
        match &mut open {
            None if mark == BEGIN => open = Some(line.to_owned()),
            None => others.push_str(line),
            Some(block) => {
                block.push_str(line);
                if mark == END {
                    own.push_str(block);
                    open = None;
                }
            }
        }
    }
    others.push_str(&open.unwrap_or_default());
    (others, own)
}

fn field(minutes: &Minutes) -> String {
    let listed: Vec<_> = minutes.in_any_zone().iter().map(u32::to_string).collect();
    if listed.len() > LISTED_MAX {
        "*".to_owned()
    } else {
        listed.join(",")
    }
}

/// A word as the shell takes it; cron itself takes an unescaped `%` for the end of the line.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=:,+@".contains(letter);
    if word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''")).replace('%', "\\%")
}

#[cfg(test)]
mod tests {
    use super::{own, quoted, with, without};

    const BLOCK: &str = "# BEGIN catalyst\nCRON_TZ=Asia/Hong_Kong\n# END catalyst\n";

    #[test]
    fn a_block_goes_to_the_end_once_and_comes_out_without_a_trace() {
        let others = "MAILTO=me\n5 4 * * * backup # END catalyst\n";

        let once = with(others, BLOCK);
        let moved = format!("{BLOCK}{others}");

        assert_eq!(once, format!("{others}{BLOCK}"));
        assert_eq!(with(&once, BLOCK), once);
        assert_eq!(with(&moved, BLOCK), once);
        assert_eq!(
            (without(&once), own(&once)),
            (others.to_owned(), BLOCK.to_owned())
        );
        assert_eq!(with("1 * * * * x", BLOCK), format!("1 * * * * x\n{BLOCK}"));
    }

    #[test]
    fn lines_after_a_mark_without_its_end_stay() {
        let broken = "# BEGIN catalyst\n5 4 * * * backup\n";

        assert_eq!(
            (without(broken), own(broken)),
            (broken.to_owned(), String::new())
        );
    }

    #[test]
    fn a_word_reaches_the_program_through_cron_and_shell_as_it_is() {
        assert_eq!(quoted("/opt/catalyst/bin"), "/opt/catalyst/bin");
        assert_eq!(quoted("/my files/50%"), "'/my files/50\\%'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }
}
