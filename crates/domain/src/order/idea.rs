//! Entry idea: what an advisor would like. It is not sized, not judged, and grants nothing.

use crate::price::Price;
use crate::side::Side;
use crate::symbol::Symbol;

/// How the entry should meet the market.
///
/// Shown at [`RiskGate`](crate::risk::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// At the entry price or better.
    Limit,
    /// At once; the entry price is what the advisor expects to pay.
    Market,
}

impl EntryKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Limit, Self::Market];

    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Market => "market",
        }
    }
}

/// A trade as an advisor words it, in prices that may still be off the grid or on the wrong side.
///
/// Shown at [`RiskGate`](crate::risk::RiskGate).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryIdea {
    /// What to trade.
    pub symbol: Symbol,
    /// Which way. Only buying opens a position here; selling one that is not held is refused.
    pub side: Side,
    /// How the entry should meet the market.
    pub kind: EntryKind,
    /// The price to pay, per share.
    pub entry: Price,
    /// Where the trade is wrong and leaves.
    pub stop: Price,
    /// Where the trade is right and leaves.
    pub target: Price,
}
