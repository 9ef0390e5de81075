//! Clearance: proof that this cycle's `check_risk` passed a trade. Only that tool makes one, and
//! `execute_trade` cannot be reached without one.

use catalyst_domain::news::Sentiment;
use catalyst_domain::price::Price;
use catalyst_ports::tool::{CheckRiskInput, ExecuteTradeInput, OrderType};

/// The trades that passed in this cycle.
#[derive(Debug, Clone)]
pub(crate) struct Clearances {
    passed: Vec<CheckRiskInput>,
}

/// One passed trade, as `execute_trade` asks for it.
#[derive(Debug)]
pub(crate) struct Clearance {
    entry: Price,
    reading: Option<Sentiment>,
}

impl Clearances {
    /// None yet.
    pub(crate) const fn none() -> Self {
        Self { passed: Vec::new() }
    }

    /// Remembers a passing check; a later refusal of the same trade takes it back.
    pub(super) fn settle(&mut self, checked: CheckRiskInput, passes: bool) {
        self.passed
            .retain(|passed| !is_same_trade(passed, &checked));
        if passes {
            self.passed.push(checked);
        }
    }

    /// Hands out the clearance, once, of the same symbol, side, quantity, stop, target and headline; a
    /// limit order's price must be the price that was checked.
    pub(super) fn take(&mut self, wanted: &ExecuteTradeInput) -> Option<Clearance> {
        let place = self.place(wanted)?;
        let passed = self.passed.remove(place);
        Some(Clearance {
            entry: passed.entry_price,
            reading: passed.news_reading,
        })
    }

    /// The price that was checked for `wanted`, if it may be taken.
    pub(super) fn entry_of(&self, wanted: &ExecuteTradeInput) -> Option<Price> {
        let passed = self.passed.get(self.place(wanted)?)?;
        Some(passed.entry_price)
    }

    fn place(&self, wanted: &ExecuteTradeInput) -> Option<usize> {
        self.passed.iter().rposition(|passed| {
            passed.symbol == wanted.symbol
                && passed.side == wanted.side
                && passed.quantity == wanted.quantity
                && passed.stop_loss == wanted.stop_loss
                && passed.take_profit == wanted.take_profit
                && passed.news_id == wanted.news_id
                && match wanted.order_type {
                    OrderType::Limit => wanted.limit_price == Some(passed.entry_price),
                    OrderType::Market => true,
                }
        })
    }
}

impl Clearance {
    /// The entry price that passed.
    pub(super) const fn entry(&self) -> Price {
        self.entry
    }

    /// The advisor's reading of the headline when it passed.
    pub(super) const fn reading(&self) -> Option<Sentiment> {
        self.reading
    }
}

/// A reading is an opinion about a trade and no part of it.
fn is_same_trade(one: &CheckRiskInput, other: &CheckRiskInput) -> bool {
    let unread = |trade: &CheckRiskInput| CheckRiskInput {
        news_reading: None,
        ..*trade
    };
    unread(one) == unread(other)
}
