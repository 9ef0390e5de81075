//! What the market shows now and showed before.

use async_trait::async_trait;
use catalyst_domain::market::{Bar, Quote, Snapshot};
use catalyst_domain::symbol::Symbol;
use thiserror::Error;

use crate::Source;

/// Which bars are wanted. All are closed; the running bar is never among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarSpan {
    /// Minute bars of today and of the trading days before it, this many days in all.
    Minutes {
        /// Days, today counted.
        days: u32,
    },
    /// Daily bars of trading days before today, at most this many, newest last.
    Days {
        /// Days, today not counted.
        count: u32,
    },
}

/// What to do when the market does not answer.
#[derive(Debug, Error)]
pub enum MarketDataError {
    /// Try later; nothing is known now.
    #[error("market data is unavailable")]
    Unavailable {
        /// Why.
        source: Source,
    },
    /// Tell the advisor: there is no such symbol, or it does not trade today.
    #[error("{symbol} is not known or does not trade today")]
    Unknown {
        /// The symbol asked about.
        symbol: Symbol,
    },
    /// Raise an alarm: the answer contradicts itself.
    #[error("market data for {symbol} is malformed")]
    Malformed {
        /// The symbol asked about.
        symbol: Symbol,
        /// What was wrong.
        source: Source,
    },
}

/// What the market has on one symbol that was asked for.
pub type SnapshotAnswer = (Symbol, Result<Snapshot, MarketDataError>);

/// Quotes and bars.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait MarketData: Send + Sync {
    /// The book of `symbol` now. Fresh on every call.
    async fn quote(&self, symbol: Symbol) -> Result<Quote, MarketDataError>;

    /// The books of `symbols` with the day around them: one answer for each symbol, in their order.
    ///
    /// What is wrong with one symbol is the error of its own answer: [`MarketDataError::Unknown`]
    /// without data, [`MarketDataError::Malformed`] for figures that are no numbers or no prices. The
    /// whole answer fails only when the market does not answer at all.
    async fn snapshots(&self, symbols: &[Symbol]) -> Result<Vec<SnapshotAnswer>, MarketDataError>;

    /// Closed bars, oldest first; empty when there are none yet.
    async fn bars(&self, symbol: Symbol, span: BarSpan) -> Result<Vec<Bar>, MarketDataError>;
}
