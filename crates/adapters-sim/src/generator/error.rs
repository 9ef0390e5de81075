//! Why a day cannot be made.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::dated::NotCovered;
use catalyst_domain::symbol::{Symbol, SymbolError};
use thiserror::Error;

use super::names::NAMES;

/// Why a day cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GeneratorError {
    /// The exchange is closed.
    #[error("{date} is no trading day")]
    Closed {
        /// The day.
        date: TradingDate,
    },
    /// More names than the built-in list has, or none.
    #[error("{found} symbols are wanted, the built-in list has 1 to {}", NAMES.len())]
    Count {
        /// How many were wanted.
        found: usize,
    },
    /// No name of the list has a lot on the day.
    #[error("no symbol has a board lot on {date}")]
    NothingListed {
        /// The day.
        date: TradingDate,
    },
    /// A rule does not cover the day or the sessions before it.
    #[error(transparent)]
    NotCovered(#[from] NotCovered),
    /// A built-in code does not read.
    #[error(transparent)]
    Symbol(#[from] SymbolError),
    /// An invented price is not legal.
    #[error(transparent)]
    OffGrid(#[from] OffGrid),
}

/// An invented price left the tick grid, or a volume its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the price of {symbol} on {date} leaves the tick grid")]
pub struct OffGrid {
    /// Whose.
    pub symbol: Symbol,
    /// When.
    pub date: TradingDate,
}
