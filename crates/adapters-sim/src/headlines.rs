//! Headlines from a file of JSON lines. What the file does not hold did not happen.

use catalyst_domain::news::NewsKind;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::NewsItem;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use thiserror::Error;

/// Characters of a headline that are kept.
const HEADLINE_MAX: usize = 200;

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
    source: Option<String>,
    kind: Option<String>,
}

/// Reads one JSON object a line: `symbol`, `published` (RFC 3339), `headline`, and where known
/// `source` and `kind`, from which the sentiment follows. Empty lines are passed over; any other
/// defect refuses the text.
pub fn parse_headlines(text: &str) -> Result<Vec<Headline>, HeadlineError> {
    let mut headlines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let line_number = index + 1;
        let wrong = |found| HeadlineError {
            line: line_number,
            found,
        };
        let read: Line = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        let headline = cleaned(&read.headline);
        if headline.is_empty() {
            return Err(wrong("the headline is empty".to_owned()));
        }
        let kind = match read.kind.as_deref() {
            Some(word) => word
                .parse::<NewsKind>()
                .map_err(|error| wrong(error.to_string()))?,
            None => NewsKind::Other,
        };
        headlines.push(Headline {
            symbol: read.symbol,
            item: NewsItem {
                id: format!("file-{line_number}"),
                source: cleaned(read.source.as_deref().unwrap_or("file")),
                published: read.published,
                headline,
                kind,
            },
        });
    }
    Ok(headlines)
}

/// One line without control characters, cut to what is kept.
fn cleaned(text: &str) -> String {
    let plain = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter });
    let plain: String = plain.take(HEADLINE_MAX).collect();
    plain.trim().to_owned()
}
