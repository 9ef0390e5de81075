//! An execution.

use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{ClientOrderId, Execution, ExecutionId, FeesAre, Fill, Leg};
use catalyst_domain::side::Side;
use catalyst_ports::journal::JournalEntry;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::{a_cycle, a_moment, an_order, hkd, price, shares, symbol};

/// An execution whose parts can be changed one at a time.
#[derive(Debug, Clone)]
#[must_use]
pub struct FillBuilder {
    fill: Fill,
}

/// Buys 100 shares of 00700 at 500 for 80 dollars of fees on 2026-09-14 at 10:00:01 in Hong Kong.
pub fn a_fill(execution: &str) -> FillBuilder {
    FillBuilder {
        fill: Fill {
            execution: ExecutionId::new(execution),
            order: an_order(a_cycle("20260914-1000.1"), 1, Leg::Entry),
            symbol: symbol("700"),
            side: Side::Buy,
            shares: shares(100),
            price: price("500"),
            fees: hkd("80"),
            at: a_moment("2026-09-14T02:00:01Z"),
        },
    }
}

impl FillBuilder {
    /// Of another order.
    pub fn order(mut self, id: ClientOrderId) -> Self {
        self.fill.order = id;
        self
    }

    /// Of another symbol.
    pub fn of(mut self, text: &str) -> Self {
        self.fill.symbol = symbol(text);
        self
    }

    /// As a sale.
    pub fn selling(mut self) -> Self {
        self.fill.side = Side::Sell;
        self
    }

    /// With another number of single shares.
    pub fn shares(mut self, count: u64) -> Self {
        self.fill.shares = shares(count);
        self
    }

    /// At another price.
    pub fn price(mut self, text: &str) -> Self {
        self.fill.price = price(text);
        self
    }

    /// For other fees, digit for digit.
    pub fn fees(mut self, amount: Decimal) -> Self {
        self.fill.fees = Money::new(amount, Currency::Hkd).unwrap();
        self
    }

    /// At another moment.
    pub fn at(mut self, moment: DateTime<Utc>) -> Self {
        self.fill.at = moment;
        self
    }

    /// The execution.
    pub fn build(self) -> Fill {
        self.fill
    }
}

/// The journal's entry of a fill whose fees the broker has reported.
pub fn told(fill: Fill) -> JournalEntry {
    JournalEntry::Execution(Execution {
        fill,
        fees: FeesAre::Reported,
        replaces: None,
    })
}
