//! Headlines from a file of JSON lines. What the file does not hold did not happen.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use catalyst_domain::news::{Classified, HeadlineText, NewsId, Sentiment, classify};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::NewsItem;
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::headline_line::{Defect, HeadlineLine};

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
#[error("news line {line}, {field}: {problem}")]
pub struct HeadlineError {
    /// Counted from 1.
    pub line: usize,
    /// The key that is wrong; `line` where the line is no object.
    pub field: String,
    /// What is wrong there and what is allowed.
    pub problem: String,
}

/// Reads one JSON object a line: `symbol`, `published` (RFC 3339), `headline`, and where known
/// `id`, `source` and `kind` (a word of [`NewsKind`](catalyst_domain::news::NewsKind)). Without a kind it is found by rule from the
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
        let refused = |defect: Defect| HeadlineError {
            line: line_number,
            field: defect.field,
            problem: defect.problem,
        };
        let headline = parse_line(line).map_err(refused)?;
        let id = headline.item.id;
        if let Some(earlier) = lines_of_ids.insert(id, line_number) {
            let problem = format!("`{id}` stands in line {earlier} already");
            return Err(refused(Defect::new("id", problem)));
        }
        headlines.push(headline);
    }
    Ok(headlines)
}

fn parse_line(text: &str) -> Result<Headline, Defect> {
    let line = HeadlineLine::parse(text)?;
    let symbol: Symbol = parsed("symbol", line.needed("symbol")?)?;
    let published = published(line.needed("published")?)?;
    let headline = HeadlineText::clean(line.needed("headline")?)
        .map_err(|error| Defect::new("headline", error))?;
    let found = match line.find("kind") {
        Some(word) => Classified {
            kind: parsed("kind", word)?,
            rule: KIND_GIVEN,
        },
        None => classify(headline.as_str(), &[]),
    };
    if let Some(word) = line.find("sentiment") {
        let said: Sentiment = parsed("sentiment", word)?;
        let follows = found.kind.sentiment();
        if said != follows {
            let kind = found.kind;
            let problem = format!("`{word}` is not that of kind `{kind}`, which is {follows}");
            return Err(Defect::new("sentiment", problem));
        }
    }
    let id = if let Some(word) = line.find("id") {
        parsed("id", word)?
    } else {
        let at = published.to_rfc3339();
        NewsId::derived(&["file", symbol.as_str(), &at, headline.as_str()])
    };
    Ok(Headline {
        symbol,
        item: NewsItem {
            id,
            source: source(line.find("source")),
            published,
            headline,
            also_in: None,
            kind: found.kind,
            rule: found.rule,
        },
    })
}

fn parsed<T: FromStr<Err: fmt::Display>>(field: &str, text: &str) -> Result<T, Defect> {
    text.parse().map_err(|error| Defect::new(field, error))
}

fn published(text: &str) -> Result<DateTime<Utc>, Defect> {
    text.parse().map_err(|_no_time: chrono::ParseError| {
        let found: String = text.chars().take(40).collect();
        let problem = format!(
            "`{}` is no time; allowed is RFC 3339 such as 2026-11-23T08:30:00+08:00",
            found.escape_debug()
        );
        Defect::new("published", problem)
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
