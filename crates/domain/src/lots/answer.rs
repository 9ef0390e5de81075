//! What a lot table says of one instrument on one date, and how far to trust it.

use std::fmt;

use thiserror::Error;

use crate::calendar::TradingDate;
use crate::instrument::Instrument;
use crate::quantity::LotSize;
use crate::symbol::Symbol;

/// An instrument with its lot on a date, and what that rests on.
///
/// Shown at [`LotTable::instrument`](super::LotTable::instrument).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LotAnswer<'a> {
    /// The instrument with its lot.
    pub instrument: Instrument,
    /// When the source last showed this lot.
    pub as_of: TradingDate,
    /// Where the lot is from, for the reader.
    pub source: &'a str,
    /// A reason to confirm the lot with the broker before trading.
    pub warning: Option<LotWarning>,
}

/// Why a lot that is on file may have changed since.
///
/// Shown at [`LotTable::instrument`](super::LotTable::instrument).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LotWarning {
    /// The lot is no standard unit, and the exchange's reform replaces such lots.
    NotStandardUnit {
        /// The lot on file.
        lot: LotSize,
        /// When the source last showed it.
        as_of: TradingDate,
    },
    /// The source is older than ninety days.
    Old {
        /// When the source last showed the lot.
        as_of: TradingDate,
        /// Days from then to the date asked about.
        age_days: u32,
    },
}

impl fmt::Display for LotWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStandardUnit { lot, as_of } => write!(
                f,
                "lot of {lot} as of {as_of} is no standard unit, the issuer may have changed it"
            ),
            Self::Old { as_of, age_days } => {
                write!(
                    f,
                    "lot is as of {as_of}, {age_days} days ago, it may have changed"
                )
            }
        }
    }
}

/// Why there is no lot, and therefore no instrument to trade.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LotError {
    /// No row names the symbol.
    #[error("lot of {symbol} is not known, a list of the user can name it")]
    Unknown {
        /// The symbol asked about.
        symbol: Symbol,
    },
    /// Rows name the symbol, but none for the date.
    #[error("lot of {symbol} is not known for {date}, the rows lie in {from} to {to}")]
    NotCovered {
        /// The symbol asked about.
        symbol: Symbol,
        /// The date asked about.
        date: TradingDate,
        /// First date of its rows.
        from: TradingDate,
        /// Last date of its rows.
        to: TradingDate,
    },
}
