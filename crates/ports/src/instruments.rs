//! What may be traded: lots by day, and the names of an index.

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::symbol::Symbol;
use thiserror::Error;

use crate::Source;
use crate::tool::ScanIndex;

/// What to do when an instrument is not to be had.
#[derive(Debug, Error)]
pub enum CatalogError {
    /// Do not trade it: its board lot is not known for the day.
    #[error("no board lot is known for {symbol} on {date}")]
    UnknownLot {
        /// The symbol asked about.
        symbol: Symbol,
        /// The day asked about.
        date: TradingDate,
    },
    /// Tell the advisor: membership is not known for the day.
    #[error("members of {index} are not known for {date}: {hint}")]
    UnknownMembers {
        /// The index asked about.
        index: ScanIndex,
        /// The day asked about.
        date: TradingDate,
        /// What would help.
        hint: &'static str,
    },
    /// Try later.
    #[error("the instrument catalog is unavailable")]
    Unavailable {
        /// Why.
        source: Source,
    },
}

/// Instruments and index membership by day.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait InstrumentCatalog: Send + Sync {
    /// The listing of `symbol` as it trades on `date`.
    async fn instrument(
        &self,
        symbol: Symbol,
        date: TradingDate,
    ) -> Result<Instrument, CatalogError>;

    /// The names to scan for `index` on `date`, sorted.
    async fn members(
        &self,
        index: ScanIndex,
        date: TradingDate,
    ) -> Result<Vec<Symbol>, CatalogError>;
}
