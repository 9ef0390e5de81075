//! Clearance: proof that this cycle's `check_risk` passed a trade. Only that tool makes one, and
//! `execute_trade` cannot be reached without one.

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
}

impl Clearances {
    /// None yet.
    pub(crate) const fn none() -> Self {
        Self { passed: Vec::new() }
    }

    /// Remembers a passing check; a later refusal of the same trade takes it back.
    pub(super) fn settle(&mut self, checked: CheckRiskInput, passes: bool) {
        self.passed.retain(|passed| *passed != checked);
        if passes {
            self.passed.push(checked);
        }
    }

    /// Hands out the clearance, once, of the same symbol, side, quantity, stop and target; a limit order's price
    /// must be the price that was checked.
    pub(super) fn take(&mut self, wanted: &ExecuteTradeInput) -> Option<Clearance> {
        let place = self.passed.iter().rposition(|passed| {
            passed.symbol == wanted.symbol
                && passed.side == wanted.side
                && passed.quantity == wanted.quantity
                && passed.stop_loss == wanted.stop_loss
                && passed.take_profit == wanted.take_profit
                && match wanted.order_type {
                    OrderType::Limit => wanted.limit_price == Some(passed.entry_price),
                    OrderType::Market => true,
                }
        })?;
        Some(Clearance {
            entry: self.passed.remove(place).entry_price,
        })
    }
}

impl Clearance {
    /// The entry price that passed.
    pub(super) const fn entry(&self) -> Price {
        self.entry
    }
}
