//! Headlines from a file of JSON lines. What the file does not hold did not happen.

use catalyst_domain::news::{NewsKind, Sentiment};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::NewsItem;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use thiserror::Error;

/// Characters of a headline that are kept.
const HEADLINE_MAX: usize = 200;

const SENTIMENTS: [Sentiment; 4] = [
    Sentiment::Positive,
    Sentiment::Negative,
    Sentiment::Neutral,
    Sentiment::Unknown,
];

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
    sentiment: Option<String>,
}

/// Reads one JSON object a line: `symbol`, `published` (RFC 3339), `headline`, and where known
/// `source` and `kind` (a word of [`NewsKind`], else `other`). A `sentiment` may stand beside them
/// and must be the one that follows from the kind. Empty lines are passed over; any other defect
/// refuses the text.
pub fn parse_headlines(text: &str) -> Result<Vec<Headline>, HeadlineError> {
    let mut headlines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let line_number = index + 1;
        let headline = parse_line(line, line_number).map_err(|found| HeadlineError {
            line: line_number,
            found,
        })?;
        headlines.push(headline);
    }
    Ok(headlines)
}

fn parse_line(line: &str, number: usize) -> Result<Headline, String> {
    let read: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let headline = cleaned(&read.headline);
    if headline.is_empty() {
        return Err("the headline is empty".to_owned());
    }
    let kind = match &read.kind {
        Some(word) => word
            .parse::<NewsKind>()
            .map_err(|error| error.to_string())?,
        None => NewsKind::Other,
    };
    if let Some(word) = &read.sentiment {
        let said = sentiment_of(word).ok_or_else(|| {
            format!(
                "sentiment `{word}` is unknown, allowed are positive, negative, neutral, unknown"
            )
        })?;
        let follows = kind.sentiment();
        if said != follows {
            let follows = follows.as_str();
            return Err(format!(
                "sentiment `{word}` is not that of kind `{kind}`, which is {follows}"
            ));
        }
    }
    Ok(Headline {
        symbol: read.symbol,
        item: NewsItem {
            id: format!("file-{number}"),
            source: cleaned(read.source.as_deref().unwrap_or("file")),
            published: read.published,
            headline,
            kind,
        },
    })
}

fn sentiment_of(word: &str) -> Option<Sentiment> {
    SENTIMENTS
        .into_iter()
        .find(|sentiment| sentiment.as_str() == word)
}

/// One line without control characters, cut to what is kept.
fn cleaned(text: &str) -> String {
    let plain = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter });
    let plain: String = plain.take(HEADLINE_MAX).collect();
    plain.trim().to_owned()
}
