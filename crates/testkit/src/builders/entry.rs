//! An intended entry.

use catalyst_domain::order::{EntryIdea, EntryIntent, EntryKind, OrderIntent};
use catalyst_domain::side::Side;

use super::{price, shares, symbol};

/// A sized idea whose parts can be changed one at a time.
#[derive(Debug, Clone)]
#[must_use]
pub struct EntryBuilder {
    intent: EntryIntent,
}

/// Buys 200 shares of 00700 at a limit of 500, stop 490, target 530. Passes [`super::a_view`] under
/// [`super::limits`].
pub fn an_entry() -> EntryBuilder {
    EntryBuilder {
        intent: EntryIntent {
            idea: EntryIdea {
                symbol: symbol("700"),
                side: Side::Buy,
                kind: EntryKind::Limit,
                entry: price("500"),
                stop: price("490"),
                target: price("530"),
            },
            shares: shares(200),
        },
    }
}

impl EntryBuilder {
    /// Of another symbol.
    pub fn of(mut self, text: &str) -> Self {
        self.intent.idea.symbol = symbol(text);
        self
    }

    /// With another number of single shares.
    pub fn shares(mut self, count: u64) -> Self {
        self.intent.shares = shares(count);
        self
    }

    /// Between other prices.
    pub fn between(mut self, stop: &str, entry: &str, target: &str) -> Self {
        self.intent.idea.stop = price(stop);
        self.intent.idea.entry = price(entry);
        self.intent.idea.target = price(target);
        self
    }

    /// As a market order.
    pub fn at_market(mut self) -> Self {
        self.intent.idea.kind = EntryKind::Market;
        self
    }

    /// As a sale.
    pub fn selling(mut self) -> Self {
        self.intent.idea.side = Side::Sell;
        self
    }

    /// The sized idea.
    pub fn sized(self) -> EntryIntent {
        self.intent
    }

    /// What the gate is asked about.
    pub fn intent(self) -> OrderIntent {
        OrderIntent::Entry(self.intent)
    }
}
