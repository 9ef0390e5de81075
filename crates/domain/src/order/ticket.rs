//! Order ticket: the broker's view of one order. Sent is not filled; only fills are filled.

use crate::order::ClientOrderId;
use crate::price::Price;
use crate::quantity::Shares;
use crate::side::Side;
use crate::symbol::Symbol;

/// Where an order stands at the broker.
///
/// Shown at [`OrderTicket::remaining`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TicketStatus {
    /// Held by the broker until another order fills.
    Held,
    /// At work.
    Working,
    /// All shares filled.
    Filled,
    /// Ended with shares left.
    Cancelled,
    /// Refused by the broker or the exchange.
    Rejected,
}

impl TicketStatus {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Working => "working",
            Self::Filled => "filled",
            Self::Cancelled => "cancelled",
            Self::Rejected => "rejected",
        }
    }

    /// True while the order may still fill.
    pub const fn is_alive(self) -> bool {
        match self {
            Self::Held | Self::Working => true,
            Self::Filled | Self::Cancelled | Self::Rejected => false,
        }
    }
}

/// One order as the broker reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderTicket {
    /// The agent's name for it.
    pub id: ClientOrderId,
    /// What it trades.
    pub symbol: Symbol,
    /// Which way.
    pub side: Side,
    /// Limit or stop price; `None` for an auction order.
    pub price: Option<Price>,
    /// Shares ordered.
    pub shares: Shares,
    /// Shares filled so far.
    pub filled: Shares,
    /// Where it stands.
    pub status: TicketStatus,
}

impl OrderTicket {
    /// Shares that may still fill.
    ///
    /// Of a cancelled order nothing is left to fill, whatever was not filled.
    ///
    /// ```
    /// use catalyst_domain::order::{OrderTicket, TicketStatus};
    /// use catalyst_domain::{quantity::Shares, side::Side};
    /// let ticket = OrderTicket {
    ///     id: "20260914-1000.1-01e".parse()?,
    ///     symbol: "700".parse()?,
    ///     side: Side::Buy,
    ///     price: Some("500".parse()?),
    ///     shares: Shares::new(300)?,
    ///     filled: Shares::new(100)?,
    ///     status: TicketStatus::Working,
    /// };
    /// assert_eq!(ticket.remaining().count(), 200);
    /// let cancelled = OrderTicket { status: TicketStatus::Cancelled, ..ticket };
    /// assert_eq!(cancelled.remaining(), Shares::ZERO);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remaining(&self) -> Shares {
        if self.status.is_alive() {
            self.shares.minus(self.filled).unwrap_or(Shares::ZERO)
        } else {
            Shares::ZERO
        }
    }
}
