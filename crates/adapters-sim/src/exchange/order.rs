//! One order as the exchange keeps it, with the small steps of its life.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::{ClientOrderId, OrderTicket, TicketStatus};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What an order is for and at which price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    /// Buys at `limit` or better and rests there.
    #[serde(alias = "resting_entry", alias = "taking_entry")]
    Entry { limit: Price },
    /// Sells at any price once `trigger` has traded.
    Stop { trigger: Price, triggered: bool },
    /// Sells at `limit` or better.
    Target { limit: Price },
    /// Sells at `limit` or better, today.
    Exit { limit: Price },
    /// Sells in the closing auction at its price.
    AuctionExit,
}

impl Role {
    pub(super) const fn side(self) -> Side {
        match self {
            Self::Entry { .. } => Side::Buy,
            Self::Stop { .. } | Self::Target { .. } | Self::Exit { .. } | Self::AuctionExit => {
                Side::Sell
            }
        }
    }

    pub(super) const fn price(self) -> Option<Price> {
        match self {
            Self::Entry { limit } | Self::Target { limit } | Self::Exit { limit } => Some(limit),
            Self::Stop { trigger, .. } => Some(trigger),
            Self::AuctionExit => None,
        }
    }

    /// True for orders that end with their day. Stops and targets are kept by the broker.
    pub(super) const fn is_for_the_day(self) -> bool {
        match self {
            Self::Entry { .. } | Self::Exit { .. } | Self::AuctionExit => true,
            Self::Stop { .. } | Self::Target { .. } => false,
        }
    }
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Standing {
    Held,
    Working,
    Filled,
    Cancelled,
    Rejected,
}

impl Standing {
    const fn status(self) -> TicketStatus {
        match self {
            Self::Held => TicketStatus::Held,
            Self::Working => TicketStatus::Working,
            Self::Filled => TicketStatus::Filled,
            Self::Cancelled => TicketStatus::Cancelled,
            Self::Rejected => TicketStatus::Rejected,
        }
    }

    pub(super) const fn is_alive(self) -> bool {
        self.status().is_alive()
    }
}

/// What an order has traded and paid on one day; minimums and roundings hold per order and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DayTally {
    pub(super) date: TradingDate,
    pub(super) shares: Shares,
    pub(super) value: Decimal,
    pub(super) charged: Decimal,
}

impl DayTally {
    pub(super) const fn none(date: TradingDate) -> Self {
        Self {
            date,
            shares: Shares::ZERO,
            value: Decimal::ZERO,
            charged: Decimal::ZERO,
        }
    }
}

/// One order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) id: ClientOrderId,
    pub(super) symbol: Symbol,
    pub(super) role: Role,
    pub(super) shares: Shares,
    pub(super) filled: Shares,
    pub(super) standing: Standing,
    #[serde(serialize_with = "super::saved::moment")]
    pub(super) accepted_at: DateTime<Utc>,
    /// True once a bar has traded past it, so that it waits in the book.
    pub(super) rested: bool,
    pub(super) tally: Option<DayTally>,
}

impl Order {
    pub(super) fn remaining(&self) -> Shares {
        if self.standing.is_alive() {
            self.shares.minus(self.filled).unwrap_or(Shares::ZERO)
        } else {
            Shares::ZERO
        }
    }

    pub(super) fn is_working(&self) -> bool {
        self.standing == Standing::Working
    }

    /// Takes a fill in; the order ends when nothing is left.
    pub(super) fn fill(&mut self, shares: Shares) {
        self.filled = self.filled.plus(shares);
        if self.filled >= self.shares {
            self.standing = Standing::Filled;
        }
    }

    /// Covers `shares` more that the family has bought.
    pub(super) fn cover(&mut self, shares: Shares) {
        match self.standing {
            Standing::Held => {
                self.standing = Standing::Working;
                self.shares = shares;
            }
            Standing::Working => self.shares = self.shares.plus(shares),
            Standing::Filled | Standing::Cancelled | Standing::Rejected => {}
        }
    }

    /// Gives up `shares` that the other exit of the family has sold.
    pub(super) fn yield_to_sibling(&mut self, shares: Shares) {
        if self.standing != Standing::Working {
            return;
        }
        match self.shares.minus(shares) {
            Some(left) if left > self.filled => self.shares = left,
            Some(_) | None => self.standing = Standing::Cancelled,
        }
    }

    pub(super) fn ticket(&self) -> OrderTicket {
        OrderTicket {
            id: self.id,
            symbol: self.symbol,
            side: self.role.side(),
            price: self.role.price(),
            shares: self.shares,
            filled: self.filled,
            status: self.standing.status(),
        }
    }
}
