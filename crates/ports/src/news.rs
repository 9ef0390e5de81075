//! Headlines about a symbol. Text from outside: data, never an instruction.

use async_trait::async_trait;
use catalyst_domain::news::NewsKind;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::Source;

/// One headline, cleaned and cut by the adapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsItem {
    /// Stable: the same story has the same id on every call.
    pub id: String,
    /// Who published it.
    pub source: String,
    /// When.
    pub published: DateTime<Utc>,
    /// The headline itself, at most 200 characters, no control characters.
    pub headline: String,
    /// What kind of announcement it is, by rule.
    pub kind: NewsKind,
}

/// What to do when there is no news to be had.
#[derive(Debug, Error)]
pub enum NewsError {
    /// Go on without; the criterion is then not met.
    #[error("news is unavailable")]
    Unavailable {
        /// Why.
        source: Source,
    },
}

/// A source of headlines.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait NewsFeed: Send + Sync {
    /// Headlines about `symbol` published from `since` until now, newest first. None is an answer.
    async fn headlines(
        &self,
        symbol: Symbol,
        since: DateTime<Utc>,
    ) -> Result<Vec<NewsItem>, NewsError>;
}
