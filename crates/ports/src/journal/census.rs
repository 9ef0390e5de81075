//! What a journal is and holds, counted.

use chrono::{DateTime, Utc};

use super::ChainHead;

/// Whose trading a book is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookLine {
    /// `account` or `rehearsal`.
    pub kind: String,
    /// The broker's name of the account, or what the rehearsal is called.
    pub name: String,
    /// Runs in it.
    pub runs: u64,
    /// When it was begun.
    pub begun: DateTime<Utc>,
}

/// The last run of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRun {
    /// Its name.
    pub name: String,
    /// When it began.
    pub begun: DateTime<Utc>,
    /// How it ended; `None` when it was killed or still runs.
    pub ending: Option<String>,
}

/// What there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Census {
    /// `sqlite` or `postgres`.
    pub engine: &'static str,
    /// Version of the schema.
    pub schema_version: i64,
    /// Bytes on the disk, indexes counted.
    pub bytes: u64,
    /// The end of the chain.
    pub head: ChainHead,
    /// Rows by table.
    pub rows: Vec<(&'static str, u64)>,
    /// Books in the order they were begun.
    pub books: Vec<BookLine>,
    /// The last run of any book.
    pub last_run: Option<LastRun>,
}
