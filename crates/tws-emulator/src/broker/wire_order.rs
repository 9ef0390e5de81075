//! One order as a client knows it, beside the leg that it is at the exchange.

use catalyst_adapters_sim::exchange::LegTerms;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::{ClientOrderId, OrderTicket, TicketStatus};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::wire::contract::Contract;
use crate::wire::order::Order;

/// Where an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Here, until it or the last of its family is released.
    Waiting,
    /// At the exchange.
    Placed,
    /// Refused when it was released.
    Refused,
    /// Withdrawn before it was released.
    Withdrawn,
}

/// What has filled of an order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tally {
    pub(super) filled: Shares,
    pub(super) value: Decimal,
    pub(super) last: Option<Price>,
}

/// What a client is told of an order; told again when it has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) status: &'static str,
    pub(super) total: Shares,
    pub(super) filled: Shares,
    pub(super) remaining: Shares,
    pub(super) ended: bool,
}

/// One order.
#[derive(Debug, Clone)]
pub(super) struct WireOrder {
    pub(super) client_id: i32,
    pub(super) order_id: i32,
    pub(super) perm_id: i64,
    pub(super) contract: Contract,
    /// As it was sent, the account filled in.
    pub(super) sent: Order,
    pub(super) symbol: Symbol,
    pub(super) shares: Shares,
    pub(super) terms: LegTerms,
    pub(super) placed_on: TradingDate,
    pub(super) stage: Stage,
    /// Its name at the exchange.
    pub(super) leg: Option<ClientOrderId>,
    pub(super) tally: Tally,
    pub(super) reported: Option<Report>,
    pub(super) ended_at: Option<DateTime<Utc>>,
}

impl Tally {
    pub(super) const NOTHING: Self = Self {
        filled: Shares::ZERO,
        value: Decimal::ZERO,
        last: None,
    };

    pub(super) fn add(&mut self, shares: Shares, price: Price) {
        self.filled = self.filled.plus(shares);
        self.value += price.value() * Decimal::from(shares.count());
        self.last = Some(price);
    }

    /// The average price; zero before the first fill, as the protocol has it.
    pub(super) fn average(&self) -> Decimal {
        let shares = Decimal::from(self.filled.count());
        self.value.checked_div(shares).unwrap_or(Decimal::ZERO)
    }
}

impl WireOrder {
    /// The order it waits for; 0 for none.
    pub(super) fn parent_id(&self) -> i32 {
        self.sent.parent_id.unwrap_or(0)
    }

    /// The group that the client put it in, if any.
    pub(super) fn group(&self) -> Option<&str> {
        let group = self.sent.oca_group.as_deref();
        group.filter(|group| !group.is_empty())
    }

    /// True for an order that ends with its day.
    pub(super) fn is_for_the_day(&self) -> bool {
        self.sent.tif.as_deref() != Some("GTC")
    }

    /// What there is to tell; nothing before the order is released.
    pub(super) fn report(&self, ticket: Option<OrderTicket>) -> Option<Report> {
        let dead = |status| Report {
            status,
            total: self.shares,
            filled: Shares::ZERO,
            remaining: self.shares,
            ended: true,
        };
        match self.stage {
            Stage::Waiting => None,
            Stage::Refused => Some(dead("Inactive")),
            Stage::Withdrawn => Some(dead("Cancelled")),
            Stage::Placed => ticket.map(|ticket| self.report_of(&ticket)),
        }
    }

    fn report_of(&self, ticket: &OrderTicket) -> Report {
        let is_stop = matches!(self.terms, LegTerms::Stop(_));
        let status = match ticket.status {
            TicketStatus::Held => "PreSubmitted",
            TicketStatus::Working if is_stop && ticket.filled.is_zero() => "PreSubmitted",
            TicketStatus::Working => "Submitted",
            TicketStatus::Filled => "Filled",
            TicketStatus::Cancelled => "Cancelled",
            TicketStatus::Rejected => "Inactive",
        };
        let left = ticket.shares.minus(ticket.filled);
        Report {
            status,
            total: ticket.shares,
            filled: ticket.filled,
            remaining: left.unwrap_or(Shares::ZERO),
            ended: !ticket.status.is_alive(),
        }
    }
}
