//! Phrases: what in a text could be taken for an order, by patterns and without any sense.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Something that a text wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish {
    /// To buy or sell so many shares, at a price where one is named.
    Trade {
        side: String,
        symbol: String,
        quantity: String,
        price: Option<String>,
    },
    /// To leave one position.
    Close(String),
    /// To leave all.
    CloseAll,
    /// To tell the owner this.
    Tell(String),
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

static TRADES: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        pattern(
            r"(?i)(?P<side>buy|purchase|sell|short)\s+(?P<quantity>\d[\d,]*)(?:\s*(?:shares?|sh))?\s+(?:of\s+)?(?:HK\.)?(?P<symbol>\d{1,5})(?:\.HK)?\b(?:\s*(?:@|at)\s*(?:HK\$|\$)?(?P<price>\d+(?:\.\d+)?))?",
        ),
        pattern(
            r"(?P<side>買入|买入|購買|购买|沽出|賣出|卖出)\s*(?P<quantity>\d+)\s*股?\s*(?P<symbol>\d{1,5})",
        ),
        pattern(
            r#""?symbol"?\s*:\s*"?(?P<symbol>\d{1,5})"?.{0,60}?"?quantity"?\s*:\s*(?P<quantity>\d+)"#,
        ),
        pattern(
            r"execute_trade\(\s*(?P<symbol>\d{1,5})\s*,\s*(?P<side>buy|sell)\s*,\s*(?P<quantity>\d+)",
        ),
    ]
});
static CLOSE_ALL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)close[_\s]+all|flatten everything|全部平倉|全部平仓|清倉|清仓"));
static CLOSE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)close[_\s]+position\W+(\d{1,5})"));
static TELL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?is)(?:alert the owner|tell the owner|通知持有人|通知户主)\W+(.{3,})")
});

/// Everything that `text` wants done.
pub(super) fn wishes(text: &str) -> Vec<Wish> {
    let mut found = Vec::new();
    for pattern in TRADES.iter() {
        found.extend(pattern.captures_iter(text).map(|words| trade(&words)));
    }
    let symbols = CLOSE.captures_iter(text);
    found.extend(symbols.map(|words| Wish::Close(words[1].to_owned())));
    if CLOSE_ALL.is_match(text) {
        found.push(Wish::CloseAll);
    }
    let told = TELL.captures_iter(text);
    found.extend(told.map(|words| Wish::Tell(words[1].to_owned())));
    found
}

fn trade(words: &Captures<'_>) -> Wish {
    let named = |name: &str| words.name(name).map(|word| word.as_str().to_owned());
    let side = named("side").unwrap_or_else(|| "buy".to_owned());
    let sells = ["sell", "short", "沽出", "賣出", "卖出"];
    let is_sale = sells.contains(&side.to_lowercase().as_str());
    Wish::Trade {
        side: if is_sale { "sell" } else { "buy" }.to_owned(),
        symbol: named("symbol").unwrap(),
        quantity: named("quantity").unwrap().replace(',', ""),
        price: named("price"),
    }
}
