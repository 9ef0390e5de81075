//! `scan_market`: a ranked shortlist of what moves now.

use std::fmt;

use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;

/// Which names to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(rename_all = "UPPERCASE"))]
pub enum ScanIndex {
    /// Hang Seng Index.
    Hsi,
    /// Hang Seng China Enterprises Index.
    Hscei,
    /// Hang Seng TECH Index.
    Hstech,
    /// Every name that is known.
    All,
}

impl ScanIndex {
    /// The owner's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hsi => "HSI",
            Self::Hscei => "HSCEI",
            Self::Hstech => "HSTECH",
            Self::All => "ALL",
        }
    }
}

impl fmt::Display for ScanIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct ScanMarketInput {
    /// Which names; HSI when left out.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub index: Option<ScanIndex>,
    /// How many candidates at most, 1 to 30; 10 when left out.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub limit: Option<u32>,
}

/// One name worth a look. Missing figures are left out, never zero.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct Candidate {
    /// Which name.
    pub symbol: Symbol,
    /// Price of the last trade.
    pub last: Price,
    /// Change from the previous close in per cent.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub change_pct: Option<Decimal>,
    /// Open against the previous close in per cent.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub gap_pct: Option<Decimal>,
    /// Volume so far against the usual volume by this time of day.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub relative_volume: Option<Decimal>,
    /// Value traded today, in millions of the trading currency.
    pub turnover_millions: Decimal,
    /// How far below the day's high, in per cent.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub below_high_pct: Option<Decimal>,
    /// Whether the last price is above the session's volume-weighted average.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub above_vwap: Option<bool>,
    /// Ask less bid, in ticks.
    pub spread_ticks: u32,
}

/// A name whose data cannot be believed today.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct Quarantined {
    /// Which name.
    pub symbol: Symbol,
    /// What is wrong with its data.
    pub reason: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct ScanReport {
    /// Names looked at.
    pub looked_at: u32,
    /// Names left out because their data cannot be believed, with the reason.
    pub quarantined: Vec<Quarantined>,
    /// Names left out because they have not risen or do not trade enough.
    pub filtered: u32,
    /// The shortlist, best first.
    pub candidates: Vec<Candidate>,
}
