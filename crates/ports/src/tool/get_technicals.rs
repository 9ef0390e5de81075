//! `get_technicals`: indicators of one symbol, each with what it rests on. Missing is left out.

use catalyst_domain::market::Timeframe;
use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct GetTechnicalsInput {
    /// Which symbol.
    pub symbol: Symbol,
    /// The span of a bar; fifteen minutes when left out.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub timeframe: Option<Timeframe>,
}

/// One figure with the number of bars, or of past sessions, that it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct Reading {
    /// The figure.
    pub value: Decimal,
    /// What it rests on.
    pub rests_on: u32,
}

/// The indicators there are.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct TechnicalsReport {
    /// Which symbol.
    pub symbol: Symbol,
    /// The span of a bar.
    pub timeframe: Timeframe,
    /// Closed bars behind the figures.
    pub bars: u32,
    /// Close of the last closed bar.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub close: Option<Price>,
    /// Relative strength index over 14 bars.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub rsi: Option<Reading>,
    /// Average true range over 14 bars, in price units.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub atr: Option<Reading>,
    /// Volume-weighted average price of today.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub vwap: Option<Reading>,
    /// Volume so far against the usual volume by this time of day, resting on past sessions.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub relative_volume: Option<Reading>,
    /// Indicators that this version does not compute.
    pub not_available_yet: Vec<&'static str>,
}
