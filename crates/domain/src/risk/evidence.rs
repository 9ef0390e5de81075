//! Evidence: what the tools really returned in this cycle about a symbol. Nobody's word counts.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::news::Sentiment;
use crate::pattern::PatternKind;
use crate::scan::Doubt;

/// The headline that a trade names as its catalyst, as `get_news` returned it.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headline {
    /// What its kind says.
    pub sentiment: Sentiment,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// When the latest headline of a negative kind was published that this cycle returned for the
    /// symbol; `None` when it returned none.
    pub latest_negative: Option<DateTime<Utc>>,
    /// The advisor's own reading of it, where it gave one. It can only refuse.
    pub reading: Option<Sentiment>,
}

/// What became of the id that a trade gives.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedHeadline {
    /// This cycle's `get_news` returned no such headline for the symbol.
    NotReturned,
    /// It did.
    Returned(Headline),
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
    /// The headline that the trade names; `None` when it names none.
    pub headline: Option<NamedHeadline>,
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
