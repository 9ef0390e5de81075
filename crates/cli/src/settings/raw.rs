//! Raw settings: the merged sources by full key, every key known, no value believed yet.
//!
//! `${NAME}` is replaced when a value is read, so that a section which nothing uses may name
//! variables which are not set.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::NaiveTime;
use config::{Value, ValueKind};
use rust_decimal::Decimal;

use super::environment::Environment;
use super::keys;
use super::problem::SettingsError;

/// A value as the sources give it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Found {
    /// `null` or nothing behind the colon.
    Empty,
    /// A word, a number, a yes or no, in its text form.
    Text(String),
    /// A list of such.
    List(Vec<String>),
    /// A list of small sections, each with its own keys.
    Rows(Vec<Row>),
}

/// The keys and values of one small section of a list.
pub(super) type Row = BTreeMap<String, String>;

/// Values by key, with the environment that their `${NAME}` speak of.
#[derive(Debug)]
pub(super) struct RawSettings<'a> {
    values: BTreeMap<String, Found>,
    environment: &'a Environment,
}

impl<'a> RawSettings<'a> {
    /// Takes the merged tree apart; an unknown key at any level is refused.
    pub(super) fn new(
        tree: impl IntoIterator<Item = (String, Value)>,
        environment: &'a Environment,
    ) -> Result<Self, SettingsError> {
        let mut values = BTreeMap::new();
        let mut waiting: Vec<_> = tree.into_iter().collect();
        while let Some((key, value)) = waiting.pop() {
            if let ValueKind::Table(inner) = value.kind {
                waiting.extend(inner.into_iter().map(|(k, v)| (format!("{key}.{k}"), v)));
            } else if keys::is_known(&key) {
                let found = found_in(&key, value)?;
                // A variable can say `null` only in letters.
                let is_null = matches!(&found, Found::Text(text) if text == "null");
                values.insert(key, if is_null { Found::Empty } else { found });
            } else {
                return Err(refused(&key, &value));
            }
        }
        Ok(Self {
            values,
            environment,
        })
    }

    /// A variable of the environment that no setting names.
    pub(super) fn variable(&self, name: &str) -> Result<Option<&str>, SettingsError> {
        Ok(self.environment.text(name)?)
    }

    /// Whether a source gives the key a value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.values
            .get(key)
            .is_some_and(|found| *found != Found::Empty)
    }

    /// The text of a key that may be empty.
    pub(super) fn optional(
        &self,
        key: &str,
        allowed: &str,
    ) -> Result<Option<String>, SettingsError> {
        match self.values.get(key) {
            None | Some(Found::Empty) => Ok(None),
            Some(Found::Text(text)) => Ok(Some(self.expand(key, text)?)),
            Some(Found::List(_) | Found::Rows(_)) => {
                Err(SettingsError::value(key, "a list", allowed))
            }
        }
    }

    /// The setting, else the owner's variable of the same meaning; an empty one is not set.
    pub(super) fn given(&self, key: &str) -> Result<Option<String>, SettingsError> {
        match (self.optional(key, "a text")?, keys::short_of(key)) {
            (Some(text), _) => Ok(Some(text)),
            (None, Some(variable)) => {
                let text = self.variable(variable)?.filter(|text| !text.is_empty());
                Ok(text.map(str::to_owned))
            }
            (None, None) => Ok(None),
        }
    }

    /// A list of small sections whose keys are among `keys`.
    pub(super) fn rows(&self, key: &str, keys: &[&str]) -> Result<Vec<Row>, SettingsError> {
        let allowed = || format!("a list of sections with {}", keys.join(", "));
        let rows = match self.values.get(key) {
            None | Some(Found::Empty) => return Ok(Vec::new()),
            Some(Found::List(list)) if list.is_empty() => return Ok(Vec::new()),
            Some(Found::Text(text)) => return Err(SettingsError::value(key, text, allowed())),
            Some(Found::List(_)) => {
                return Err(SettingsError::value(key, "a list of words", allowed()));
            }
            Some(Found::Rows(rows)) => rows,
        };
        let expanded = rows.iter().map(|row| {
            row.iter()
                .map(|(inner, text)| {
                    if !keys.contains(&inner.as_str()) {
                        return Err(SettingsError::value(key, inner, allowed()));
                    }
                    Ok((inner.clone(), self.expand(key, text)?))
                })
                .collect()
        });
        expanded.collect()
    }

    /// Words: a list, or one text with the words divided by spaces or commas.
    pub(super) fn words(&self, key: &str, allowed: &str) -> Result<Vec<String>, SettingsError> {
        let texts = match self.values.get(key) {
            None | Some(Found::Empty) => return Ok(Vec::new()),
            Some(Found::Text(text)) => std::slice::from_ref(text),
            Some(Found::List(texts)) => texts.as_slice(),
            Some(Found::Rows(_)) => {
                return Err(SettingsError::value(key, "a list of sections", allowed));
            }
        };
        let mut words = Vec::new();
        for text in texts {
            let text = self.expand(key, text)?;
            let parts = text.split([' ', ',']).filter(|part| !part.is_empty());
            words.extend(parts.map(str::to_owned));
        }
        Ok(words)
    }

    /// The text of a key that must say something.
    pub(super) fn text(&self, key: &str, allowed: &str) -> Result<String, SettingsError> {
        self.optional(key, allowed)?
            .ok_or_else(|| SettingsError::empty(key, allowed))
    }

    /// A value that its own type reads.
    pub(super) fn parsed<T: FromStr>(&self, key: &str, allowed: &str) -> Result<T, SettingsError> {
        let text = self.text(key, allowed)?;
        match text.parse() {
            Ok(value) => Ok(value),
            Err(_) => Err(SettingsError::value(key, &text, allowed)),
        }
    }

    /// A decimal number, its bounds left to whoever takes it.
    pub(super) fn decimal(&self, key: &str) -> Result<Decimal, SettingsError> {
        self.parsed(key, "a number such as 0.2")
    }

    /// A decimal number, or nothing.
    pub(super) fn optional_decimal(&self, key: &str) -> Result<Option<Decimal>, SettingsError> {
        let allowed = "a number, or null";
        match self.optional(key, allowed)? {
            None => Ok(None),
            Some(text) => match text.parse() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(SettingsError::value(key, &text, allowed)),
            },
        }
    }

    /// A whole number, its bounds left to whoever takes it.
    pub(super) fn count(&self, key: &str) -> Result<u32, SettingsError> {
        self.parsed(key, "a whole number")
    }

    /// A whole number within bounds.
    pub(super) fn whole(
        &self,
        key: &str,
        bounds: RangeInclusive<u32>,
    ) -> Result<u32, SettingsError> {
        let allowed = format!("a whole number {} to {}", bounds.start(), bounds.end());
        let number = self.parsed(key, &allowed)?;
        if bounds.contains(&number) {
            Ok(number)
        } else {
            Err(SettingsError::value(key, &number.to_string(), allowed))
        }
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Result<T, SettingsError> {
        let names: Vec<_> = words.iter().map(|(name, _)| *name).collect();
        let allowed = names.join(", ");
        let text = self.text(key, &allowed)?;
        let meant = words.iter().find(|(name, _)| *name == text);
        meant
            .map(|(_, meaning)| *meaning)
            .ok_or_else(|| SettingsError::value(key, &text, allowed))
    }

    /// A time of day at the exchange.
    pub(super) fn time(&self, key: &str) -> Result<NaiveTime, SettingsError> {
        parse_time(key, &self.text(key, TIME)?)
    }

    /// Times of day: a list, or one text with the times divided by spaces or commas, as a variable
    /// of the environment must write them.
    pub(super) fn times(&self, key: &str) -> Result<Vec<NaiveTime>, SettingsError> {
        let texts = match self.values.get(key) {
            None | Some(Found::Empty) => Vec::new(),
            Some(Found::Text(text)) => {
                let text = self.expand(key, text)?;
                let parts = text.split([' ', ',']).filter(|part| !part.is_empty());
                parts.map(str::to_owned).collect()
            }
            Some(Found::List(texts)) => {
                let expanded = texts.iter().map(|text| self.expand(key, text));
                expanded.collect::<Result<_, _>>()?
            }
            Some(Found::Rows(_)) => {
                return Err(SettingsError::value(
                    key,
                    "a list of sections",
                    "a list of times",
                ));
            }
        };
        texts.iter().map(|text| parse_time(key, text)).collect()
    }

    /// `text` with every `${NAME}` replaced; what the environment gives is not looked into again.
    fn expand(&self, key: &str, text: &str) -> Result<String, SettingsError> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            out.push_str(before);
            let Some((variable, tail)) = after.split_once('}') else {
                return Err(SettingsError::value(key, text, "`${NAME}` with its brace"));
            };
            let Some(value) = self.environment.text(variable)? else {
                return Err(SettingsError::Unset {
                    key: key.to_owned(),
                    variable: variable.to_owned(),
                });
            };
            out.push_str(value);
            rest = tail;
        }
        out.push_str(rest);
        Ok(out)
    }
}

const TIME: &str = "a time \"HH:MM\" from 00:00 to 23:59";

fn parse_time(key: &str, text: &str) -> Result<NaiveTime, SettingsError> {
    match NaiveTime::parse_from_str(text, "%H:%M") {
        Ok(time) if text.len() == "HH:MM".len() => Ok(time),
        Ok(_) | Err(_) => Err(SettingsError::value(key, text, TIME)),
    }
}

fn found_in(key: &str, value: Value) -> Result<Found, SettingsError> {
    match value.kind {
        ValueKind::Nil => Ok(Found::Empty),
        ValueKind::Array(items) if items.first().is_some_and(is_section) => {
            let rows = items.into_iter().map(|item| row_in(key, item));
            Ok(Found::Rows(rows.collect::<Result<_, _>>()?))
        }
        ValueKind::Array(items) => {
            let texts = items.into_iter().map(|item| match found_in(key, item)? {
                Found::Text(text) => Ok(text),
                Found::Empty | Found::List(_) | Found::Rows(_) => {
                    Err(SettingsError::value(key, "a list of lists", "a plain list"))
                }
            });
            Ok(Found::List(texts.collect::<Result<_, _>>()?))
        }
        ValueKind::Table(_) => Err(SettingsError::value(key, "a section", "a plain list")),
        ValueKind::String(text) => Ok(Found::Text(text)),
        plain @ (ValueKind::Boolean(_)
        | ValueKind::I64(_)
        | ValueKind::I128(_)
        | ValueKind::U64(_)
        | ValueKind::U128(_)
        | ValueKind::Float(_)) => Ok(Found::Text(plain.to_string())),
    }
}

fn is_section(value: &Value) -> bool {
    matches!(value.kind, ValueKind::Table(_))
}

/// One small section; what is left empty in it is not there.
fn row_in(key: &str, value: Value) -> Result<Row, SettingsError> {
    let ValueKind::Table(table) = value.kind else {
        return Err(SettingsError::value(
            key,
            "a list of both",
            "a list of sections",
        ));
    };
    let mut row = Row::new();
    for (inner, value) in table {
        match found_in(key, value)? {
            Found::Empty => {}
            Found::Text(text) => {
                row.insert(inner, text);
            }
            Found::List(_) | Found::Rows(_) => {
                return Err(SettingsError::value(
                    key,
                    "a list in a list",
                    "plain values",
                ));
            }
        }
    }
    Ok(row)
}

/// A value under no known key: a section without keys, or a key nobody knows.
fn refused(key: &str, value: &Value) -> SettingsError {
    let inner = keys::keys_of(key);
    if inner.is_empty() {
        return SettingsError::UnknownKey {
            key: key.to_owned(),
            nearest: keys::nearest(key),
        };
    }
    let allowed = format!("a section with {}", inner.join(", "));
    match &value.kind {
        ValueKind::Nil => SettingsError::empty(key, allowed),
        ValueKind::Array(_) => SettingsError::value(key, "a list", allowed),
        ValueKind::Table(_)
        | ValueKind::String(_)
        | ValueKind::Boolean(_)
        | ValueKind::I64(_)
        | ValueKind::I128(_)
        | ValueKind::U64(_)
        | ValueKind::U128(_)
        | ValueKind::Float(_) => SettingsError::value(key, &value.to_string(), allowed),
    }
}
