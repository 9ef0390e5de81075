//! The question of `market phase`: from flags, or from one line of JSON whose keys are the flags.

use std::fmt;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::bounded_lines::{LINE_MAX, Line};

/// Characters of a wrong value that an answer repeats.
const FOUND_MAX: usize = 80;

const AT_ALLOWED: &str = "RFC 3339 with an offset, such as 2026-11-23T10:00:00+08:00";

/// Exchanges with tables; one today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Exchange {
    /// The Stock Exchange of Hong Kong.
    #[value(name = "HKEX")]
    Hkex,
}

/// Flags of `catalyst market phase`.
#[derive(Debug, clap::Args)]
pub(crate) struct PhaseArgs {
    /// Which exchange
    #[arg(long, value_enum, default_value_t = Exchange::Hkex)]
    pub(super) exchange: Exchange,
    /// The moment, such as 2026-11-23T10:00:00+08:00; without it questions are read from standard
    /// input, one JSON object {"exchange":"HKEX","at":".."} a line
    #[arg(long, value_name = "RFC3339", value_parser = DateTime::parse_from_rfc3339)]
    pub(super) at: Option<DateTime<FixedOffset>>,
    /// Accepted for likeness with other commands: the answer is always JSON
    #[arg(long)]
    json: bool,
}

/// What is asked, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PhaseQuestion {
    pub(super) exchange: Exchange,
    pub(super) at: DateTime<FixedOffset>,
}

/// Why a question has no answer, in the words of its asker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct BadQuestion {
    /// The key that is wrong, `line` when the line is no object.
    pub(super) field: String,
    /// What it says, cut to a readable length.
    pub(super) found: String,
    /// What it may say.
    pub(super) allowed: String,
}

impl Exchange {
    /// The code of the exchange's own name.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Hkex => "HKEX",
        }
    }
}

impl BadQuestion {
    /// A refusal; `found` is cut.
    pub(super) fn new(field: &str, found: &str, allowed: &str) -> Self {
        let cut = |text: &str| -> String {
            let mut short: String = text.chars().take(FOUND_MAX).collect();
            if short.len() < text.len() {
                short.push_str("..");
            }
            short
        };
        Self {
            field: cut(field),
            found: cut(found),
            allowed: allowed.to_owned(),
        }
    }
}

impl PhaseQuestion {
    /// Reads one line; `default_exchange` is asked when the line does not name one.
    pub(super) fn parse(line: &Line, default_exchange: Exchange) -> Result<Self, BadQuestion> {
        let mut exchange = None;
        let mut at = None;
        for (key, value) in read_object(line)? {
            let twice = match key.as_str() {
                "exchange" => exchange.replace(parse_exchange(&value)?).is_some(),
                "at" => at.replace(parse_at(&value)?).is_some(),
                _ => return Err(BadQuestion::new(&key, "an unknown key", "exchange, at")),
            };
            if twice {
                return Err(BadQuestion::new(&key, "the key twice", "the key once"));
            }
        }
        Ok(Self {
            exchange: exchange.unwrap_or(default_exchange),
            at: at.ok_or_else(|| BadQuestion::new("at", "nothing", AT_ALLOWED))?,
        })
    }
}

fn parse_exchange(value: &Value) -> Result<Exchange, BadQuestion> {
    let found = text_of(value);
    if value.is_string() && found == Exchange::Hkex.code() {
        Ok(Exchange::Hkex)
    } else {
        let allowed = Exchange::Hkex.code();
        Err(BadQuestion::new("exchange", &found, allowed))
    }
}

fn parse_at(value: &Value) -> Result<DateTime<FixedOffset>, BadQuestion> {
    let text = value.as_str();
    let parsed = text.and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    parsed.ok_or_else(|| BadQuestion::new("at", &text_of(value), AT_ALLOWED))
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn read_object(line: &Line) -> Result<Vec<(String, Value)>, BadQuestion> {
    let bytes = match line {
        Line::Whole(bytes) => bytes,
        Line::TooLong { length } => {
            return Err(BadQuestion::new(
                "line",
                &format!("{length} bytes"),
                &format!("at most {LINE_MAX} bytes"),
            ));
        }
    };
    serde_json::from_slice(bytes)
        .map(|Pairs(pairs)| pairs)
        .map_err(|error| {
            BadQuestion::new(
                "line",
                &String::from_utf8_lossy(bytes),
                &format!("one JSON object with the keys exchange, at; here: {error}"),
            )
        })
}

/// The pairs of an object as they stand; a map would keep only the last of two equal keys.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::{BadQuestion, Exchange, Line, PhaseQuestion};

    fn parse(line: &str) -> Result<PhaseQuestion, BadQuestion> {
        PhaseQuestion::parse(&Line::Whole(line.into()), Exchange::Hkex)
    }

    #[test]
    fn a_question_is_read_with_its_keys_in_any_order_and_the_exchange_optional() {
        let at = "2026-11-23T10:00:00+08:00".parse().unwrap();
        let expected = Ok(PhaseQuestion {
            exchange: Exchange::Hkex,
            at,
        });

        for line in [
            r#"{"exchange":"HKEX","at":"2026-11-23T10:00:00+08:00"}"#,
            r#" {"at":"2026-11-23T10:00:00+08:00","exchange":"HKEX"} "#,
            r#"{"at":"2026-11-23T10:00:00+08:00"}"#,
        ] {
            assert_eq!(parse(line), expected, "{line}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_by_its_key() {
        for (line, field, found) in [
            (r#"{"exchange":"NYSE","at":"x"}"#, "exchange", "NYSE"),
            (r#"{"exchange":7}"#, "exchange", "7"),
            (r#"{"at":"2026-11-23"}"#, "at", "2026-11-23"),
            (r#"{"at":1}"#, "at", "1"),
            ("{}", "at", "nothing"),
            (r#"{"when":"x"}"#, "when", "an unknown key"),
            (
                r#"{"exchange":"HKEX","exchange":"HKEX"}"#,
                "exchange",
                "the key twice",
            ),
            ("", "line", ""),
            ("[]", "line", "[]"),
            ("null", "line", "null"),
            (r#"{"at":"2026"#, "line", r#"{"at":"2026"#),
            ("{} {}", "line", "{} {}"),
        ] {
            let error = parse(line).unwrap_err();

            assert_eq!((&*error.field, &*error.found), (field, found), "{line}");
        }
    }

    #[test]
    fn a_long_wrong_value_is_cut() {
        let error = parse(&format!(r#"{{"at":"{}"}}"#, "x".repeat(5_000))).unwrap_err();

        assert_eq!(error.found, format!("{}..", "x".repeat(80)));
    }
}
