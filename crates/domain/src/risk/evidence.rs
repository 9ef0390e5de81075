//! Evidence: what the tools really returned in this cycle about a symbol. Nobody's word counts.

use rust_decimal::Decimal;

use crate::news::Sentiment;
use crate::pattern::PatternKind;
use crate::scan::Doubt;

/// The weightiest headline of the last day seen for a symbol: bad news outweighs good.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headline {
    /// What its kind says.
    pub sentiment: Sentiment,
}

/// What this cycle's tools returned about one symbol; `None` is "not seen", never zero.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// Volume so far against the usual volume by this time of day.
    pub relative_volume: Option<Decimal>,
    /// Relative strength index over 14 bars, 0 to 100.
    pub rsi: Option<Decimal>,
    /// A pattern that was detected.
    pub pattern: Option<PatternKind>,
    /// The weightiest headline that was returned.
    pub headline: Option<Headline>,
    /// Why the symbol's data cannot be believed in this cycle; then no figure of it is seen.
    pub doubt: Option<Doubt>,
}

impl Evidence {
    /// Nothing seen yet.
    pub const NONE: Self = Self {
        relative_volume: None,
        rsi: None,
        pattern: None,
        headline: None,
        doubt: None,
    };
}
