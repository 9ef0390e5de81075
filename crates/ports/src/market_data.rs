//! What the market shows now and showed before.

use async_trait::async_trait;
use catalyst_domain::market::{Bar, Quote};
use catalyst_domain::price::Price;
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

/// The book of a symbol with the day around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapshot {
    /// The book now.
    pub quote: Quote,
    /// First price of the day.
    pub open: Option<Price>,
    /// Highest price of the day so far.
    pub high: Option<Price>,
    /// Lowest price of the day so far.
    pub low: Option<Price>,
    /// Close of the trading day before.
    pub previous_close: Option<Price>,
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

/// Quotes and bars.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait MarketData: Send + Sync {
    /// The book of `symbol` now. Fresh on every call.
    async fn quote(&self, symbol: Symbol) -> Result<Quote, MarketDataError>;

    /// The books of `symbols` with the day around them, in any order. A symbol without data is left
    /// out, so the caller counts what is missing.
    async fn snapshots(&self, symbols: &[Symbol]) -> Result<Vec<Snapshot>, MarketDataError>;

    /// Closed bars, oldest first; empty when there are none yet.
    async fn bars(&self, symbol: Symbol, span: BarSpan) -> Result<Vec<Bar>, MarketDataError>;
}
