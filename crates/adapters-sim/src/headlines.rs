//! Headlines from a file of JSON lines. What the file does not hold did not happen.

use std::collections::BTreeMap;

use catalyst_domain::news::{Classified, HeadlineText, NewsId, NewsKind, Sentiment, classify};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::NewsItem;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use thiserror::Error;

/// The name of the rule where the file itself gives the kind.
const KIND_GIVEN: &str = "given";

/// Characters of a source's name that are kept.
const SOURCE_MAX: usize = 40;

/// A headline with the symbol it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// About whom.
    pub symbol: Symbol,
    /// The story.
    pub item: NewsItem,
}

/// A line that is no headline.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("news line {line}: {found}")]
pub struct HeadlineError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub found: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    symbol: Symbol,
    published: DateTime<Utc>,
    headline: String,
    id: Option<NewsId>,
    source: Option<String>,
    kind: Option<String>,
    sentiment: Option<String>,
}

/// Reads one JSON object a line: `symbol`, `published` (RFC 3339), `headline`, and where known
/// `id`, `source` and `kind` (a word of [`NewsKind`]). Without a kind it is found by rule from the
/// headline; without an id it follows from symbol, time and headline. A `sentiment` may stand beside
/// them and must be the one that follows from the kind. The headline is cleaned like any other.
/// Empty lines are passed over; any other defect, an id that stands twice among them, refuses the
/// text.
pub fn parse_headlines(text: &str) -> Result<Vec<Headline>, HeadlineError> {
    let mut headlines = Vec::new();
    let mut lines_of_ids: BTreeMap<NewsId, usize> = BTreeMap::new();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let line_number = index + 1;
        let refused = |found| HeadlineError {
            line: line_number,
            found,
        };
        let headline = parse_line(line).map_err(refused)?;
        let id = headline.item.id;
        if let Some(earlier) = lines_of_ids.insert(id, line_number) {
            return Err(refused(format!(
                "id `{id}` stands in line {earlier} already"
            )));
        }
        headlines.push(headline);
    }
    Ok(headlines)
}

fn parse_line(line: &str) -> Result<Headline, String> {
    let read: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let headline = HeadlineText::clean(&read.headline).map_err(|error| error.to_string())?;
    let found = match &read.kind {
        Some(word) => Classified {
            kind: word
                .parse::<NewsKind>()
                .map_err(|error| error.to_string())?,
            rule: KIND_GIVEN,
        },
        None => classify(headline.as_str(), &[]),
    };
    if let Some(word) = &read.sentiment {
        let said = word
            .parse::<Sentiment>()
            .map_err(|error| error.to_string())?;
        let follows = found.kind.sentiment();
        if said != follows {
            let kind = found.kind;
            return Err(format!(
                "sentiment `{word}` is not that of kind `{kind}`, which is {follows}"
            ));
        }
    }
    let id = read.id.unwrap_or_else(|| {
        let published = read.published.to_rfc3339();
        NewsId::derived(&["file", read.symbol.as_str(), &published, headline.as_str()])
    });
    Ok(Headline {
        symbol: read.symbol,
        item: NewsItem {
            id,
            source: source(read.source.as_deref()),
            published: read.published,
            headline,
            also_in: None,
            kind: found.kind,
            rule: found.rule,
        },
    })
}

/// A source's name is text from outside as well.
fn source(given: Option<&str>) -> String {
    let cleaned = given.and_then(|given| HeadlineText::clean(given).ok());
    cleaned.map_or_else(
        || "file".to_owned(),
        |name| name.as_str().chars().take(SOURCE_MAX).collect(),
    )
}
