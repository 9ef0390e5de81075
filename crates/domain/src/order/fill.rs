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
///
/// Shown at [`Fill::cash_effect`].
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
    ///
    /// ```
    /// use catalyst_domain::money::{Currency, Money};
    /// use catalyst_domain::order::{ExecutionId, Fill};
    /// use catalyst_domain::{quantity::Shares, side::Side};
    /// let buy = Fill {
    ///     execution: ExecutionId::new("0001"),
    ///     order: "20260914-1000.1-01e".parse()?,
    ///     symbol: "700".parse()?,
    ///     side: Side::Buy,
    ///     shares: Shares::new(200)?,
    ///     price: "500".parse()?,
    ///     fees: Money::parse("50", Currency::Hkd)?,
    ///     at: "2026-09-14T02:00:00Z".parse()?,
    /// };
    /// assert_eq!(buy.cash_effect()?.to_string(), "-100050.00 HKD");
    /// let sale = Fill { side: Side::Sell, ..buy };
    /// assert_eq!(sale.cash_effect()?.to_string(), "99950.00 HKD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cash_effect(&self) -> Result<Money, MoneyError> {
        let gross = match self.side {
            Side::Buy => self.gross().negated(),
            Side::Sell => self.gross(),
        };
        gross.minus(self.fees)
    }
}
