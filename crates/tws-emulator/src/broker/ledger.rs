//! What holdings cost and what sales made, worked out from the fills in their order.

use std::collections::BTreeMap;

use catalyst_domain::order::{ClientOrderId, ExecutionId, Fill};
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;

/// One holding at cost, and what its sales have made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Basis {
    pub(super) shares: Decimal,
    pub(super) cost: Decimal,
    pub(super) realized: Decimal,
}

/// One execution with what its order had come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) fill: Fill,
    pub(super) cumulative: Decimal,
    pub(super) average: Decimal,
    /// What a sale made after its costs.
    pub(super) realized: Option<Decimal>,
}

/// Every execution, and every holding at cost.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) entries: Vec<Entry>,
    pub(super) holdings: BTreeMap<Symbol, Basis>,
}

impl Basis {
    /// Cost of a share; zero of nothing.
    pub(super) fn average(&self) -> Decimal {
        self.cost.checked_div(self.shares).unwrap_or(Decimal::ZERO)
    }

    fn buy(&mut self, shares: Decimal, paid: Decimal) {
        self.shares += shares;
        self.cost += paid;
    }

    fn sell(&mut self, shares: Decimal, received: Decimal) -> Decimal {
        let cost = self.average() * shares;
        self.shares -= shares;
        self.cost -= cost;
        if self.shares <= Decimal::ZERO {
            self.shares = Decimal::ZERO;
            self.cost = Decimal::ZERO;
        }
        let made = received - cost;
        self.realized += made;
        made
    }
}

impl Ledger {
    /// The ledger of `fills`, oldest first.
    pub(super) fn of(fills: Vec<Fill>) -> Self {
        let mut ledger = Self::default();
        let mut orders: BTreeMap<ClientOrderId, (Decimal, Decimal)> = BTreeMap::new();
        for fill in fills {
            let shares = Decimal::from(fill.shares.count());
            let value = fill.price.value() * shares;
            let fees = fill.fees.amount();
            let holding = ledger.holdings.entry(fill.symbol).or_default();
            let realized = match fill.side {
                Side::Buy => {
                    holding.buy(shares, value + fees);
                    None
                }
                Side::Sell => Some(holding.sell(shares, value - fees)),
            };
            let (filled, paid) = orders.entry(fill.order).or_default();
            *filled += shares;
            *paid += value;
            ledger.entries.push(Entry {
                cumulative: *filled,
                average: paid.checked_div(*filled).unwrap_or(Decimal::ZERO),
                realized,
                fill,
            });
        }
        ledger
    }

    /// The entry of one execution.
    pub(super) fn find(&self, execution: &ExecutionId) -> Option<&Entry> {
        let mut newest_first = self.entries.iter().rev();
        newest_first.find(|entry| entry.fill.execution == *execution)
    }
}
