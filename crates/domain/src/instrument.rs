//! Instrument: a symbol with what must be known before it can be traded.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::money::Currency;
use crate::quantity::LotSize;
use crate::symbol::Symbol;

/// What kind of listing an instrument is; ticks and duties differ by it.
///
/// ```
/// use catalyst_domain::instrument::InstrumentKind;
/// assert_eq!("etf".parse::<InstrumentKind>()?, InstrumentKind::Etf);
/// assert_eq!(
///     "warrant".parse::<InstrumentKind>().unwrap_err().to_string(),
///     "kind `warrant` is unknown, allowed are equity, etf, reit"
/// );
/// # Ok::<(), catalyst_domain::instrument::UnknownKind>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InstrumentKind {
    /// Ordinary shares.
    Equity,
    /// Units of an exchange traded fund.
    Etf,
    /// Units of a real estate investment trust.
    Reit,
}

impl InstrumentKind {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equity => "equity",
            Self::Etf => "etf",
            Self::Reit => "reit",
        }
    }
}

/// A word that is no kind of instrument.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("kind `{found}` is unknown, allowed are equity, etf, reit")]
pub struct UnknownKind {
    /// The word as given.
    pub found: String,
}

impl FromStr for InstrumentKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        match text {
            "equity" => Ok(Self::Equity),
            "etf" => Ok(Self::Etf),
            "reit" => Ok(Self::Reit),
            other => Err(UnknownKind {
                found: other.to_owned(),
            }),
        }
    }
}

impl fmt::Display for InstrumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A tradable listing. Without a known lot there is no `Instrument`, so nothing trades on a guess.
///
/// ```
/// use catalyst_domain::lots::LotTable;
/// let lots = LotTable::hkex()?;
/// let hsbc = lots.instrument("HK.00005".parse()?, "2026-09-14".parse()?)?.instrument;
/// assert_eq!((hsbc.symbol.as_str(), hsbc.lot_size.shares()), ("00005", 400));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instrument {
    /// The one spelling of its name.
    pub symbol: Symbol,
    /// What kind of listing it is.
    pub kind: InstrumentKind,
    /// The currency it trades in.
    pub currency: Currency,
    /// Shares to the board lot on the day in question.
    pub lot_size: LotSize,
}
