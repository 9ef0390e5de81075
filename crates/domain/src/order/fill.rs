//! Fill: shares that changed hands, as the broker reports it. Positions are made of nothing else.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::money::{Money, MoneyError};
use crate::order::ClientOrderId;
use crate::price::Price;
use crate::quantity::Shares;
use crate::side::Side;
use crate::symbol::Symbol;

/// The broker's name of one execution; the same execution reported twice has the same name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExecutionId(String);

impl ExecutionId {
    /// The broker's own text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The broker's own text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExecutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One execution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    /// The broker's name of it.
    pub execution: ExecutionId,
    /// The order it belongs to.
    pub order: ClientOrderId,
    /// What changed hands.
    pub symbol: Symbol,
    /// Which way.
    pub side: Side,
    /// How many shares.
    pub shares: Shares,
    /// At which price per share.
    pub price: Price,
    /// Commission, levies and duty of this execution.
    pub fees: Money,
    /// When, at the exchange.
    pub at: DateTime<Utc>,
}

impl Fill {
    /// Shares times price, in the currency of the fees.
    pub fn gross(&self) -> Money {
        self.price.times(self.shares, self.fees.currency())
    }

    /// What the execution did to cash: fees always leave, a sale brings its gross.
    pub fn cash_effect(&self) -> Result<Money, MoneyError> {
        let gross = match self.side {
            Side::Buy => self.gross().negated(),
            Side::Sell => self.gross(),
        };
        gross.minus(self.fees)
    }
}
