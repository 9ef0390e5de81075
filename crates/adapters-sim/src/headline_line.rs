//! One line of a news file: an object of texts under known keys, each once. What is wrong is named by
//! key, with what is allowed, in words for whoever wrote the file.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

const KEYS: [&str; 7] = [
    "symbol",
    "published",
    "headline",
    "id",
    "source",
    "kind",
    "sentiment",
];

/// Keys whose null is as good as nothing.
const MAY_BE_NULL: [&str; 4] = ["id", "source", "kind", "sentiment"];

/// The key that stands for the line itself.
const LINE: &str = "line";

/// Characters of a wrong value that are repeated.
const FOUND_MAX: usize = 60;

/// What is wrong under one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Defect {
    pub(crate) field: String,
    pub(crate) problem: String,
}

impl Defect {
    pub(crate) fn new(field: &str, problem: impl fmt::Display) -> Self {
        Self {
            field: cut(field),
            problem: problem.to_string(),
        }
    }
}

/// The texts of a line by their keys.
#[derive(Debug)]
pub(crate) struct HeadlineLine(Vec<(&'static str, String)>);

impl HeadlineLine {
    pub(crate) fn parse(text: &str) -> Result<Self, Defect> {
        let Ok(Pairs(pairs)) = serde_json::from_str(text) else {
            let problem = format!(
                "found `{}`; allowed is one whole JSON object, such as \
                 {{\"symbol\":\"700\",\"published\":\"2026-11-23T08:30:00+08:00\",\"headline\":\"Profit alert\"}}",
                cut(text)
            );
            return Err(Defect::new(LINE, problem));
        };
        let mut texts: Vec<(&'static str, String)> = Vec::new();
        for (key, value) in pairs {
            let Some(known) = KEYS.into_iter().find(|known| **known == key) else {
                let all = KEYS.join(", ");
                return Err(Defect::new(&key, format!("no such key; allowed are {all}")));
            };
            if texts.iter().any(|(key, _)| *key == known) {
                return Err(Defect::new(known, "stands twice; allowed is each key once"));
            }
            if let Value::String(text) = value {
                texts.push((known, text));
            } else if !(value.is_null() && MAY_BE_NULL.contains(&known)) {
                let found = cut(&value.to_string());
                let problem = format!("found {found}; allowed is a text in quotes");
                return Err(Defect::new(known, problem));
            }
        }
        Ok(Self(texts))
    }

    /// The text under `key`, where there is one.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        let mut texts = self.0.iter();
        let found = texts.find(|(known, _)| *known == key);
        found.map(|(_, text)| text.as_str())
    }

    /// The text under `key`, which is needed.
    pub(crate) fn needed(&self, key: &str) -> Result<&str, Defect> {
        let missing = || Defect::new(key, "is missing, a text is needed");
        self.find(key).ok_or_else(missing)
    }
}

fn cut(text: &str) -> String {
    let shown = text.chars().take(FOUND_MAX);
    let mut shown: String = shown.filter(|letter| !letter.is_control()).collect();
    if text.chars().count() > FOUND_MAX {
        shown.push_str("..");
    }
    shown
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
