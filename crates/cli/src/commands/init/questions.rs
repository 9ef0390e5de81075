//! The questions of `catalyst init`, and the settings that their answers are.

use std::io::{self, BufRead, Read as _, Write};

use serde_json::Value;
use thiserror::Error;

/// Times that a question is asked before the answer counts as none.
const ATTEMPTS: u32 = 3;
/// Letters of a wrong answer that are repeated.
const SHOWN_MAX: usize = 40;
/// Bytes of an answer.
const ANSWER_MAX: u64 = 256;

/// A setting and what it is to say.
pub(super) type Answer = (&'static str, Value);

/// Why there are no answers.
#[derive(Debug, Error)]
pub(crate) enum NoAnswer {
    /// The input has ended.
    #[error("no answer to `{question}`")]
    Ended {
        /// What was asked.
        question: &'static str,
    },
    /// No answer was one of those that are allowed.
    #[error("no answer to `{question}` is {allowed}")]
    NotAllowed {
        /// What was asked.
        question: &'static str,
        /// What it may be.
        allowed: &'static str,
    },
    /// Input or output broke.
    #[error("the questions cannot be asked")]
    Broken(#[from] io::Error),
}

/// Whoever answers.
pub(super) struct Owner<I, O> {
    pub(super) input: I,
    pub(super) output: O,
}

impl<I: BufRead, O: Write> Owner<I, O> {
    /// Asks what decides whether a first run works; everything else has a default that can stand.
    /// `has_key` is whether the environment has a key for Claude.
    pub(super) fn answers(&mut self, has_key: bool) -> Result<Vec<Answer>, NoAnswer> {
        let mut answers = Vec::new();
        let broker = self.choose("Who executes", &["sim", "ibkr"])?;
        if broker == "ibkr" {
            let account = "a paper account, DU and digits";
            let account = self.ask("Account to trade", None, account, is_paper_account)?;
            let port = self.ask("Port of its gateway", Some("4002"), "1 to 65535", is_port)?;
            answers.push(("broker.account", Value::from(account)));
            answers.push((
                "broker.port",
                port.parse::<u16>().map_or(Value::Null, Value::from),
            ));
        }
        answers.push(("broker.name", Value::from(broker)));
        let key = if has_key { "is" } else { "is not" };
        writeln!(
            self.output,
            "The variable ANTHROPIC_API_KEY {key} set here."
        )?;
        let advisor = self.choose("Who decides", &["rules", "claude"])?;
        answers.push(("advisor.kind", Value::from(advisor)));
        let host = "sqlite, or a host name";
        let host = self.ask(
            "Journal in sqlite, or on the PostgreSQL host",
            Some("sqlite"),
            host,
            is_host,
        )?;
        if host == "sqlite" {
            answers.push(("database.engine", Value::from(host)));
        } else {
            answers.push(("database.engine", Value::from("postgres")));
            answers.push(("database.host", Value::from(host)));
        }
        let mail = "an address, or none";
        let mail = self.ask("Mail address for alarms", Some("none"), mail, is_address)?;
        if mail != "none" {
            answers.push(("alerts.email", Value::from(mail)));
        }
        Ok(answers)
    }

    fn choose(
        &mut self,
        question: &'static str,
        words: &[&'static str],
    ) -> Result<String, NoAnswer> {
        let allowed = match words {
            ["sim", ..] => "sim or ibkr",
            _ => "rules or claude",
        };
        self.ask(question, words.first().copied(), allowed, |text| {
            words.contains(&text)
        })
    }

    /// Asks until an answer is allowed; an empty one is the default.
    fn ask(
        &mut self,
        question: &'static str,
        default: Option<&str>,
        allowed: &'static str,
        is_allowed: impl Fn(&str) -> bool,
    ) -> Result<String, NoAnswer> {
        for _ in 0..ATTEMPTS {
            match default {
                Some(default) => write!(self.output, "{question} ({allowed}) [{default}]: ")?,
                None => write!(self.output, "{question} ({allowed}): ")?,
            }
            self.output.flush()?;
            let mut line = String::new();
            let length = self.input.by_ref().take(ANSWER_MAX).read_line(&mut line)?;
            if length == 0 {
                return Err(NoAnswer::Ended { question });
            }
            let answer = match (line.trim(), default) {
                ("", Some(default)) => default,
                (text, _) => text,
            };
            if is_allowed(answer) {
                return Ok(answer.to_owned());
            }
            let found = found(answer);
            writeln!(self.output, "  that is {found}, allowed is {allowed}")?;
        }
        Err(NoAnswer::NotAllowed { question, allowed })
    }
}

/// A wrong answer as it is repeated, with nothing in it that moves a terminal.
fn found(answer: &str) -> String {
    let shown: String = answer.escape_debug().take(SHOWN_MAX).collect();
    match shown.as_str() {
        "" => "empty".to_owned(),
        shown => format!("`{shown}`"),
    }
}

fn is_paper_account(text: &str) -> bool {
    text.strip_prefix("DU")
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|letter| letter.is_ascii_digit()))
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|port| port > 0)
}

fn is_host(text: &str) -> bool {
    let part = |letter: char| letter.is_ascii_alphanumeric() || ".-:_/".contains(letter);
    !text.is_empty() && text.chars().all(part)
}

fn is_address(text: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_graphic() && !"\"'`,;<>\\%".contains(letter);
    text == "none"
        || text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
            && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{NoAnswer, Owner};

    type Given = Result<Vec<(&'static str, Value)>, NoAnswer>;

    fn asked(lines: &str) -> (Given, String) {
        let mut owner = Owner {
            input: lines.as_bytes(),
            output: Vec::new(),
        };
        let answers = owner.answers(false);
        (answers, String::from_utf8(owner.output).unwrap())
    }

    #[test]
    fn empty_answers_are_the_embedded_default() {
        let (answers, said) = asked("\n\n\n\n");

        assert_eq!(
            answers.unwrap(),
            [
                ("broker.name", "sim".into()),
                ("advisor.kind", "rules".into()),
                ("database.engine", "sqlite".into()),
            ]
        );
        assert!(said.contains("ANTHROPIC_API_KEY is not set"), "{said}");
    }

    #[test]
    fn a_wrong_answer_is_asked_for_again_three_times() {
        let all = "ibkr\nU1234567\nDU1234567\n0\n7497\nclaude\ndb.example\nme@example.com\n";
        let (answers, said) = asked(all);

        assert_eq!(
            answers.unwrap(),
            [
                ("broker.account", "DU1234567".into()),
                ("broker.port", 7497.into()),
                ("broker.name", "ibkr".into()),
                ("advisor.kind", "claude".into()),
                ("database.engine", "postgres".into()),
                ("database.host", "db.example".into()),
                ("alerts.email", "me@example.com".into()),
            ]
        );
        for told in [
            "  that is `U1234567`, allowed is a paper account, DU and digits\n",
            "  that is `0`, allowed is 1 to 65535\n",
        ] {
            assert_eq!(said.matches(told).count(), 1, "{said}");
        }
        let (answers, said) = asked("nobody\n\u{1b}[2J\nnobody\n");
        assert!(said.contains("  that is `\\u{1b}[2J`, "), "{said}");
        let told = answers.unwrap_err().to_string();
        assert_eq!(told, "no answer to `Who executes` is sim or ibkr");
    }

    #[test]
    fn an_answer_where_one_is_needed_is_not_empty() {
        let (_, said) = asked("ibkr\n\n");

        let told = "  that is empty, allowed is a paper account, DU and digits\n";
        assert!(said.contains(told), "{said}");
    }

    #[test]
    fn an_input_that_ends_is_told_with_the_question() {
        let (answers, _) = asked("sim\n");

        assert_eq!(
            answers.unwrap_err().to_string(),
            "no answer to `Who decides`"
        );
    }
}
