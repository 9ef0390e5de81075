//! Claim: one number or symbol that a text gives, and what is done about one that nobody saw.

use std::fmt;

use rust_decimal::Decimal;

use crate::symbol::Symbol;

/// What is done about a trade whose reason gives what no tool returned.
///
/// ```
/// use catalyst_domain::grounding::GroundingRule;
/// assert_eq!(GroundingRule::Report.as_str(), "report");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroundingRule {
    /// It is listed on the record.
    Report,
    /// The trade is refused.
    Require,
}

impl GroundingRule {
    /// The word of the settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Require => "require",
        }
    }
}

/// A number or a symbol that a text gives.
///
/// Shown at [`ungrounded`](super::ungrounded).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// A number, its scale worked in: `1.2M` is 1200000.
    Number(Decimal),
    /// A symbol.
    Symbol(Symbol),
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.normalize().fmt(f),
            Self::Symbol(symbol) => symbol.fmt(f),
        }
    }
}

/// A claim as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// A number.
    Number(Figure),
    /// What can only be a symbol.
    Symbol(Symbol),
    /// Bare digits that are also the code of an instrument.
    Either(Figure, Symbol),
}

/// A number with what its spelling tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) value: Decimal,
    /// What one step of the last written digit is worth.
    pub(super) step: Decimal,
    pub(super) measure: Measure,
}

/// What a number is a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Plain,
    PerCent,
    BasisPoints,
}

impl Said {
    pub(super) const fn claim(&self) -> Claim {
        match self {
            Self::Number(figure) | Self::Either(figure, _) => Claim::Number(figure.value),
            Self::Symbol(symbol) => Claim::Symbol(*symbol),
        }
    }
}
