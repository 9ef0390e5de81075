//! Finding: one difference between journal and broker, with its figures.

use std::fmt;

use crate::money::Money;
use crate::order::ClientOrderId;
use crate::quantity::Shares;
use crate::side::Side;
use crate::symbol::Symbol;

/// A difference between what the journal derives and what the broker has.
///
/// Shown at [`reconcile`](super::reconcile()).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Finding {
    /// The journal holds what the broker does not.
    Phantom {
        /// What.
        symbol: Symbol,
        /// Shares by the journal.
        journal: Shares,
    },
    /// The broker holds what the journal does not know.
    Orphan {
        /// What.
        symbol: Symbol,
        /// Shares at the broker.
        broker: Shares,
    },
    /// Both hold it, in different numbers.
    QuantityMismatch {
        /// What.
        symbol: Symbol,
        /// Shares by the journal.
        journal: Shares,
        /// Shares at the broker.
        broker: Shares,
    },
    /// Shares that are owed: more was sold than was held. The agent never sells short and never buys one
    /// back, so only the owner can.
    ShortPosition {
        /// What.
        symbol: Symbol,
        /// Shares that are owed.
        shares: Shares,
    },
    /// A position of which nothing is under a working stop.
    MissingProtection {
        /// What.
        symbol: Symbol,
        /// Shares held at the broker.
        held: Shares,
    },
    /// Working stops that cover too little or too much of a position, or one that is not held.
    WrongProtection {
        /// What.
        symbol: Symbol,
        /// Shares held at the broker, perhaps none.
        held: Shares,
        /// Shares under a working stop, never none.
        guarded: Shares,
    },
    /// An order that may still fill, under the agent's kind of name, of no family the journal knows.
    UnknownOrder {
        /// Its name.
        order: ClientOrderId,
        /// What it trades.
        symbol: Symbol,
        /// Which way.
        side: Side,
        /// Shares that may still fill.
        shares: Shares,
    },
    /// An order that may still fill and is not the agent's: it can change a position that the agent
    /// counts on, or sell one a second time.
    ForeignOrder {
        /// The broker's number for it.
        number: i64,
        /// What it trades.
        symbol: Symbol,
        /// Which way.
        side: Side,
        /// Shares that may still fill.
        shares: Shares,
    },
    /// Cash that is further from what the journal expects than is let pass.
    CashDifference {
        /// By the journal.
        expected: Money,
        /// By the broker, perhaps in another currency.
        broker: Money,
    },
}

impl Finding {
    /// What the finding is about; `None` where it is about the account.
    pub const fn symbol(&self) -> Option<Symbol> {
        match self {
            Self::Phantom { symbol, .. }
            | Self::Orphan { symbol, .. }
            | Self::QuantityMismatch { symbol, .. }
            | Self::ShortPosition { symbol, .. }
            | Self::MissingProtection { symbol, .. }
            | Self::WrongProtection { symbol, .. }
            | Self::UnknownOrder { symbol, .. }
            | Self::ForeignOrder { symbol, .. } => Some(*symbol),
            Self::CashDifference { .. } => None,
        }
    }

    /// A stable word for the kind of finding.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Phantom { .. } => "phantom_position",
            Self::Orphan { .. } => "orphan_position",
            Self::QuantityMismatch { .. } => "quantity_mismatch",
            Self::ShortPosition { .. } => "short_position",
            Self::MissingProtection { .. } => "missing_protection",
            Self::WrongProtection { .. } => "wrong_protection",
            Self::UnknownOrder { .. } => "unknown_order",
            Self::ForeignOrder { .. } => "foreign_order",
            Self::CashDifference { .. } => "cash_difference",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.as_str())?;
        match self {
            Self::Phantom { symbol, journal } => {
                write!(f, "journal holds {journal} {symbol}, broker none")
            }
            Self::Orphan { symbol, broker } => {
                write!(f, "broker holds {broker} {symbol}, journal none")
            }
            Self::QuantityMismatch {
                symbol,
                journal,
                broker,
            } => write!(f, "journal holds {journal} {symbol}, broker {broker}"),
            Self::ShortPosition { symbol, shares } => {
                write!(f, "{shares} {symbol} are owed at the broker")
            }
            Self::MissingProtection { symbol, held } => {
                write!(f, "{held} {symbol} held, none under a working stop")
            }
            Self::WrongProtection {
                symbol,
                held,
                guarded,
            } => write!(f, "{held} {symbol} held, {guarded} under a working stop"),
            Self::UnknownOrder {
                order,
                symbol,
                side,
                shares,
            } => write!(
                f,
                "broker is to {side} {shares} {symbol} by {order}, journal knows no such family"
            ),
            Self::ForeignOrder {
                number,
                symbol,
                side,
                shares,
            } => write!(
                f,
                "the broker's order {number} is to {side} {shares} {symbol} and is not the agent's"
            ),
            Self::CashDifference { expected, broker } => {
                write!(f, "journal expects {expected}, broker has {broker}")
            }
        }
    }
}
