//! Headlines about a symbol. Text from outside: data, never an instruction.

use async_trait::async_trait;
use catalyst_domain::news::{HeadlineText, Language, NewsId, NewsKind};
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::Source;

/// One headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsItem {
    /// Stable: the same story has the same id on every call, and no other story has it.
    pub id: NewsId,
    /// Who published it, in a word or two.
    pub source: String,
    /// When.
    pub published: DateTime<Utc>,
    /// The headline itself.
    pub headline: HeadlineText,
    /// The other language in which the same story was published, where it was.
    pub also_in: Option<Language>,
    /// What kind of announcement it is, by rule.
    pub kind: NewsKind,
    /// The name of that rule.
    pub rule: &'static str,
}

/// What a look at the news found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headlines {
    /// Newest first; each story once, whatever the number of its sources and languages.
    pub items: Vec<NewsItem>,
    /// The sources that did not answer: what they hold is not among the items.
    pub missing: Vec<MissingSource>,
}

/// A source that did not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct MissingSource {
    /// What it is called.
    pub source: String,
    /// Why, in a few words.
    pub reason: String,
}

/// What to do when there is no news to be had.
#[derive(Debug, Error)]
pub enum NewsError {
    /// Go on without; the criterion is then not met.
    #[error("news is unavailable")]
    Unavailable {
        /// Why; where there are several sources, each with its own cause.
        source: Source,
    },
}

/// A source of headlines.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait NewsFeed: Send + Sync {
    /// Headlines about `symbol` published from `since` until now. None is an answer; it is an error
    /// only when no source answered.
    async fn headlines(&self, symbol: Symbol, since: DateTime<Utc>)
    -> Result<Headlines, NewsError>;
}
