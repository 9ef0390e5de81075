//! `detect_patterns`: chart patterns of one symbol, as known at the last closed bar.

use catalyst_domain::market::Timeframe;
use catalyst_domain::pattern::PatternKind;
use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct DetectPatternsInput {
    /// Which symbol.
    pub symbol: Symbol,
    /// The span of a bar; fifteen minutes when left out.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub timeframe: Option<Timeframe>,
}

/// One pattern, its levels on the tick grid of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct PatternLine {
    /// Which pattern.
    pub name: PatternKind,
    /// 0 to 1; 0.6 separates true patterns from near misses.
    pub confidence: Decimal,
    /// Start of its first bar.
    pub start: DateTime<Utc>,
    /// Start of its last bar.
    pub end: DateTime<Utc>,
    /// Start of the bar at whose close it was known.
    pub known_at: DateTime<Utc>,
    /// Buy at or above.
    pub trigger: Price,
    /// Wrong at or below.
    pub stop: Price,
    /// Right at or above.
    pub target: Price,
}

/// The patterns there are.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct PatternReport {
    /// Which symbol.
    pub symbol: Symbol,
    /// The span of a bar.
    pub timeframe: Timeframe,
    /// Closed bars that were looked at.
    pub bars: u32,
    /// Patterns with a confidence of 0.6 or more, newest first.
    pub patterns: Vec<PatternLine>,
    /// Patterns that this version does not detect.
    pub not_available_yet: Vec<PatternKind>,
}
