//! The journal as evidence: whether it is whole, and why something happened.

use std::fmt;
use std::str::FromStr;

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use thiserror::Error;

use super::{Census, JournalError, Pulse, Story, Subject};

/// The seal of one row and of every row before it: SHA-256, printed as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seal(pub [u8; 32]);

/// A text that is no seal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{found}` is no seal, allowed are 64 hexadecimal digits")]
pub struct SealError {
    /// The text as given.
    pub found: String,
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Seal {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Self, SealError> {
        let refused = || SealError {
            found: text.to_owned(),
        };
        if text.len() != 64 || !text.is_ascii() {
            return Err(refused());
        }
        let mut seal = [0; 32];
        for (place, byte) in seal.iter_mut().enumerate() {
            let digits = text.get(place * 2..place * 2 + 2).ok_or_else(refused)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_not_hexadecimal| refused())?;
        }
        Ok(Self(seal))
    }
}

/// The end of the chain of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainHead {
    /// How many rows there are.
    pub rows: u64,
    /// The seal of the last one.
    pub seal: Seal,
}

/// What is wrong with the first row that is not as it was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlawKind {
    /// Its seal does not fit what it holds and the row before it: one of the two was changed.
    Altered,
    /// There is no row at its place.
    Missing,
    /// A row that nobody kept there.
    Inserted,
    /// The end of the chain is not its last row.
    HeadMoved,
    /// The chain does not hold the seal that was asked for: its tail was cut, or all of it rewritten.
    SealUnknown,
}

impl FlawKind {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Altered => "altered",
            Self::Missing => "missing",
            Self::Inserted => "inserted",
            Self::HeadMoved => "head_moved",
            Self::SealUnknown => "seal_unknown",
        }
    }
}

/// The first row that is not as it was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flaw {
    /// What is wrong.
    pub kind: FlawKind,
    /// Its place in the chain, counted from one over all tables.
    pub row: i64,
    /// Its table; `None` where there is no row.
    pub table: Option<&'static str>,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, row, table } = self;
        let table = table.unwrap_or("a table that cannot be read");
        match kind {
            FlawKind::Altered => {
                write!(f, "row {row} of {table} was altered, or the row before it")
            }
            FlawKind::Missing => write!(f, "row {row} is missing from every table"),
            FlawKind::Inserted => write!(f, "row {row} of {table} was slipped in"),
            FlawKind::HeadMoved => {
                write!(
                    f,
                    "the chain ends at row {row}, its head is gone or says otherwise"
                )
            }
            FlawKind::SealUnknown => f.write_str(
                "no row carries the seal that was asked for: rows were cut off or rewritten",
            ),
        }
    }
}

/// What a walk over the whole chain found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verification {
    /// The end of the chain.
    pub head: ChainHead,
    /// The first flaw; `None` when every row is as it was kept.
    pub flaw: Option<Flaw>,
}

/// The journal, read as evidence. Nothing here writes.
#[async_trait]
pub trait Archive: Send + Sync {
    /// The end of the chain.
    async fn head(&self) -> Result<ChainHead, JournalError>;

    /// Walks the whole chain. With `seal`, one that was printed or mailed before, it must also be in
    /// it: a chain alone cannot show a tail that was cut off or a complete rewrite.
    async fn verify(&self, seal: Option<Seal>) -> Result<Verification, JournalError>;

    /// What there is, counted.
    async fn census(&self) -> Result<Census, JournalError>;

    /// All that is kept about `subject`; `None` when nothing is.
    async fn story(&self, subject: Subject) -> Result<Option<Story>, JournalError>;

    /// What the runs since `since` showed, that day included, in the book that [`Archive::story`] reads.
    async fn pulse(&self, since: TradingDate) -> Result<Pulse, JournalError>;
}
