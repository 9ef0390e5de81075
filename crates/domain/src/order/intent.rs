//! Order intent: an idea with a size, or a wish to leave or to guard a position. Not yet judged.

use crate::order::EntryIdea;
use crate::price::Price;
use crate::quantity::Shares;
use crate::symbol::Symbol;

/// What the risk gate is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderIntent {
    /// Opens or adds to a position.
    Entry(EntryIntent),
    /// Leaves all or part of a position.
    Exit(ExitIntent),
    /// Puts a stop, and a target where one is known, under a position that is held.
    Protect(ProtectIntent),
}

/// A sized idea.
///
/// Shown at [`RiskGate`](crate::risk::RiskGate).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryIntent {
    /// The trade as the advisor words it.
    pub idea: EntryIdea,
    /// Single shares, not yet known to be whole lots.
    pub shares: Shares,
}

/// How an exit should meet the market.
///
/// Shown at [`RiskGate`](crate::risk::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitKind {
    /// At this price or better.
    Limit(Price),
    /// In the auction, at whatever price it finds.
    Auction,
}

/// Why a position is left.
///
/// Shown at [`RiskGate`](crate::risk::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExitCause {
    /// The advisor asked for it.
    Advisor,
    /// The advisor's emergency: everything goes.
    Emergency,
    /// The daily loss limit was reached.
    DailyLoss,
    /// Nothing gained by lunch.
    BeforeLunch,
    /// The day ends.
    EndOfDay,
    /// No stop could be kept at the broker.
    Unprotected,
    /// Held long enough without going anywhere.
    TimeStop,
    /// The owner has everything left.
    Owner,
}

impl ExitCause {
    /// A stable lower-case word for the journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Advisor => "advisor",
            Self::Emergency => "emergency",
            Self::DailyLoss => "daily_loss",
            Self::BeforeLunch => "before_lunch",
            Self::EndOfDay => "end_of_day",
            Self::Unprotected => "unprotected",
            Self::TimeStop => "time_stop",
            Self::Owner => "owner",
        }
    }
}

/// A wish to sell what is held.
///
/// Shown at [`RiskGate`](crate::risk::RiskGate).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExitIntent {
    /// What to leave.
    pub symbol: Symbol,
    /// How many shares, odd ones included.
    pub shares: Shares,
    /// How to meet the market.
    pub kind: ExitKind,
    /// Why.
    pub cause: ExitCause,
}

/// A wish to guard what is held.
///
/// Shown at [`OrderIntent::shares`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtectIntent {
    /// What to guard.
    pub symbol: Symbol,
    /// How many shares.
    pub shares: Shares,
    /// Where to leave at a loss.
    pub stop: Price,
    /// Where to leave with a gain, when known.
    pub target: Option<Price>,
}

impl OrderIntent {
    /// The symbol the intent is about.
    pub const fn symbol(&self) -> Symbol {
        match self {
            Self::Entry(entry) => entry.idea.symbol,
            Self::Exit(exit) => exit.symbol,
            Self::Protect(protect) => protect.symbol,
        }
    }

    /// The shares the intent is about.
    ///
    /// ```
    /// use catalyst_domain::order::{ExitCause, ExitIntent, ExitKind, OrderIntent, ProtectIntent};
    /// use catalyst_domain::quantity::Shares;
    /// let (symbol, shares) = ("700".parse()?, Shares::new(150)?);
    /// let leave = OrderIntent::Exit(ExitIntent {
    ///     symbol,
    ///     shares,
    ///     kind: ExitKind::Auction,
    ///     cause: ExitCause::EndOfDay,
    /// });
    /// let guard = OrderIntent::Protect(ProtectIntent {
    ///     symbol,
    ///     shares,
    ///     stop: "490".parse()?,
    ///     target: None,
    /// });
    /// assert_eq!((leave.shares(), guard.symbol()), (shares, symbol));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn shares(&self) -> Shares {
        match self {
            Self::Entry(entry) => entry.shares,
            Self::Exit(exit) => exit.shares,
            Self::Protect(protect) => protect.shares,
        }
    }
}
