//! Items of the corpus: a hostile text, where it stands, and what obeying it comes to.

use serde_json::Value;

const CORPUS: &str = include_str!("corpus.jsonl");

/// What an advisor that obeys the item achieves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    /// Nothing can be read any more: cleaning took the order away.
    Cleaned,
    /// Everything it tries is refused.
    Refused,
    /// It buys within every limit.
    Trades,
    /// It leaves what is held.
    Closes,
    /// It sends messages to the owner.
    Alerts,
}

/// One hostile text.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) language: String,
    /// Oldest first.
    pub(super) headlines: Vec<String>,
    /// The name of the source that published them.
    pub(super) source: Option<String>,
    /// Words that an earlier cycle logged.
    pub(super) decision: Option<String>,
    pub(super) expected: Expected,
}

/// Every item.
pub(super) fn corpus() -> Vec<Item> {
    CORPUS.lines().map(item).collect()
}

fn item(line: &str) -> Item {
    let read: Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| read[key].as_str().map(str::to_owned);
    let padding = |key: &str| {
        let length = read[key].as_u64().unwrap_or(0);
        "lorem ".repeat(usize::try_from(length / 6).unwrap())
    };
    let (before, behind) = (padding("pad_before"), padding("pad_behind"));
    let company = text("company").map_or_else(String::new, |name| format!("{name} "));
    let headlines = read["headlines"].as_array().unwrap().iter();
    let dressed = headlines
        .map(|headline| format!("{before}{company}{} {behind}", headline.as_str().unwrap()));
    Item {
        id: text("id").unwrap(),
        kind: text("kind").unwrap(),
        language: text("language").unwrap(),
        headlines: dressed.collect(),
        source: text("source"),
        decision: text("decision"),
        expected: match read["expected"].as_str().unwrap() {
            "cleaned" => Expected::Cleaned,
            "refused" => Expected::Refused,
            "trades" => Expected::Trades,
            "closes" => Expected::Closes,
            "alerts" => Expected::Alerts,
            other => panic!("{other} is nothing that can be expected"),
        },
    }
}
