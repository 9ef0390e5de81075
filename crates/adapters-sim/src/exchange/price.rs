//! At which price an order meets a bar, if it does. Pessimistic: we are last in every queue.
//!
//! Whatever takes pays slippage; whatever rests is filled only when the bar trades through it, since
//! a touch may have been somebody else's trade.

use catalyst_domain::market::Bar;
use catalyst_domain::price::Price;
use catalyst_domain::tick::{LimitPrice, TickGrid};

/// A bar with what is needed to price an order against it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meeting<'a> {
    pub(super) bar: &'a Bar,
    pub(super) grid: TickGrid<'a>,
    pub(super) slippage_ticks: u32,
}

impl Meeting<'_> {
    /// A limit purchase that has just come: it takes when its limit leaves room for slippage.
    ///
    /// The price may lie above all that traded: in a falling bar the ask is still above the open, and
    /// an order that missed every falling bar would only ever buy what rises.
    pub(super) fn arriving_buy(self, limit: Price) -> Option<Price> {
        let taken = self.above(self.bar.open());
        if taken <= limit {
            return Some(taken);
        }
        self.resting_buy(limit)
    }

    /// A limit purchase in the book: at its limit, when the bar trades below it.
    pub(super) fn resting_buy(self, limit: Price) -> Option<Price> {
        (self.bar.low() < limit).then_some(limit)
    }

    /// A limit sale in the book: at its limit, when the bar trades above it.
    pub(super) fn resting_sale(self, limit: Price) -> Option<Price> {
        (self.bar.high() > limit).then_some(limit)
    }

    /// A limit sale that takes where its limit leaves room for slippage, and rests otherwise.
    pub(super) fn limit_sale(self, limit: Price) -> Option<Price> {
        let taken = self.below(self.bar.open());
        if taken >= limit {
            Some(taken)
        } else {
            self.resting_sale(limit)
        }
    }

    /// A stop that a touch of the low sets off: the worse of trigger and open, and slippage, but
    /// nothing below what traded.
    pub(super) fn stop_sale(self, trigger: Price) -> Option<Price> {
        let met = trigger.min(self.bar.open());
        (self.bar.low() <= trigger).then(|| self.below(met).max(self.bar.low()))
    }

    /// A sale at any price.
    pub(super) fn market_sale(self) -> Price {
        self.below(self.bar.open()).max(self.bar.low())
    }

    fn above(self, price: Price) -> Price {
        self.slipped(price, 1)
    }

    fn below(self, price: Price) -> Price {
        self.slipped(price, -1)
    }

    /// At the end of the grid there is no further tick to lose.
    fn slipped(self, price: Price, direction: i32) -> Price {
        let ticks = i32::try_from(self.slippage_ticks).unwrap_or(i32::MAX);
        if ticks == 0 {
            return price;
        }
        self.grid
            .step(price, direction.saturating_mul(ticks))
            .map_or(price, LimitPrice::price)
    }
}
