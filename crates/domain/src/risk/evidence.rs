//! Evidence: what the tools really returned in this cycle about a symbol. Nobody's word counts.

use rust_decimal::Decimal;

use crate::pattern::PatternKind;

/// What the kind of a headline says about the company's prospects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sentiment {
    /// Good for the company.
    Positive,
    /// Bad for the company.
    Negative,
    /// Neither.
    Neutral,
    /// The kind of the headline does not tell.
    Unknown,
}

impl Sentiment {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Unknown => "unknown",
        }
    }
}

/// The best headline seen for a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headline {
    /// What its kind says.
    pub sentiment: Sentiment,
}

/// What this cycle's tools returned about one symbol; `None` is "not seen", never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// Volume so far against the usual volume by this time of day.
    pub relative_volume: Option<Decimal>,
    /// Relative strength index over 14 bars, 0 to 100.
    pub rsi: Option<Decimal>,
    /// A pattern that was detected.
    pub pattern: Option<PatternKind>,
    /// The most favourable headline that was returned.
    pub headline: Option<Headline>,
}

impl Evidence {
    /// Nothing seen yet.
    pub const NONE: Self = Self {
        relative_volume: None,
        rsi: None,
        pattern: None,
        headline: None,
    };
}
