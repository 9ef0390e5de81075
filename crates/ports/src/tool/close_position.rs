//! `close_position`: cancels what works, confirms, exits, confirms flat.

use std::fmt;

use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct ClosePositionInput {
    /// What to leave.
    pub symbol: Symbol,
    /// Why, for the record.
    pub reason: String,
}

/// What became of the exit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "wire", serde(rename_all = "snake_case"))]
pub enum CloseOutcome {
    /// Nothing is held any more.
    Flat,
    /// An order stands in the closing auction and sells when it matches.
    InAuction,
    /// Part is still held; its stop is at work again.
    StillHeldAndProtected,
    /// Part is still held and no stop could be verified.
    StillHeldUnprotected,
    /// Nobody knows yet what became of an order.
    Unknown,
}

impl fmt::Display for CloseOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flat => "flat",
            Self::InAuction => "in the closing auction",
            Self::StillHeldAndProtected => "still held and protected",
            Self::StillHeldUnprotected => "still held, unprotected",
            Self::Unknown => "unknown",
        })
    }
}

/// What was left.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct CloseReport {
    /// What was to be left.
    pub symbol: Symbol,
    /// What became of it.
    pub outcome: CloseOutcome,
    /// Shares sold.
    pub sold: Shares,
    /// Shares still held.
    pub held: Shares,
}
