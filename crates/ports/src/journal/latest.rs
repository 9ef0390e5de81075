//! Latest: how the last run went, and why the halt switch stands as it does.

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::risk::TradingState;
use chrono::{DateTime, Utc};

use super::{JournalError, LastRun};

/// A move of the halt switch that counts on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwitchNote {
    /// To where.
    pub state: TradingState,
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was written last in the book of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// The last run that began; `None` when there never was one.
    pub run: Option<LastRun>,
    /// The last move that holds until it is moved, and the one of the day after it, as far as there are.
    pub moves: Vec<SwitchNote>,
}

impl Latest {
    /// That of a journal in which nothing was ever kept.
    pub const fn nothing() -> Self {
        Self {
            run: None,
            moves: Vec::new(),
        }
    }
}

/// The journal, asked how things stand. Nothing here writes.
#[async_trait]
pub trait Standing: Send + Sync {
    /// The last run of the account's book, and the moves of its halt switch that count on `date`. Asks for
    /// a handful of rows, however long the book is.
    async fn latest(&self, date: TradingDate) -> Result<Latest, JournalError>;
}
