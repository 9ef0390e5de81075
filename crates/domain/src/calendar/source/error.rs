//! Why an exchange's files make no calendar.

use thiserror::Error;

use crate::calendar::date::TradingDate;
use crate::dated::{DatedError, NotCovered};

/// Why files make no calendar.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// A line that cannot be read or contradicts another.
    #[error("{file} line {line}: found `{found}`, expected {expected}")]
    Line {
        /// Which of the files: exchange, phases or days.
        file: &'static str,
        /// Line number, counted from 1 with the comments.
        line: usize,
        /// The line or the part of it that is wrong.
        found: String,
        /// What would have been right.
        expected: &'static str,
    },
    /// The profile does not name a required key.
    #[error("exchange file has no `{key}`")]
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// The coverage ends before it begins.
    #[error("coverage runs backwards, from {from} to {to}")]
    Backwards {
        /// First date.
        from: TradingDate,
        /// Last date.
        to: TradingDate,
    },
    /// Phase shapes that overlap or are absent.
    #[error(transparent)]
    Shapes(#[from] DatedError),
    /// A trading day for which no phase shape holds.
    #[error(transparent)]
    NoShape(#[from] NotCovered),
}
