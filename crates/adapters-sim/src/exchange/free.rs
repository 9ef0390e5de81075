//! What is free for another order: cash beside working purchases, shares beside working sales.

use catalyst_domain::fees::TradeTerms;
use catalyst_domain::instrument::Instrument;
use catalyst_domain::money::Money;
use catalyst_domain::order::Leg;
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;

use super::book::{Exchange, OpenDay};
use super::event::ExchangeError;
use super::order::Order;
use super::refusal::OrderRefusal;

impl Exchange {
    /// Cash covers the order at its worst, beside every purchase that is at work.
    pub(super) fn affordable(
        &self,
        instrument: Instrument,
        shares: Shares,
        limit: Price,
    ) -> Result<(), OrderRefusal> {
        let needed = self.worst_cost(instrument, shares, limit)?;
        let mut free = self.cash;
        for order in self.living_orders() {
            if let (Side::Buy, Some(limit)) = (order.role.side(), order.role.price()) {
                let reserved = self.worst_cost(
                    Instrument {
                        symbol: order.symbol,
                        ..instrument
                    },
                    order.remaining(),
                    limit,
                )?;
                free = free.minus(reserved).map_err(ExchangeError::Money)?;
            }
        }
        if needed.amount() > free.amount() {
            return Err(OrderRefusal::Cash { needed, free });
        }
        Ok(())
    }

    /// Shares held and not offered by a working order.
    pub(super) fn free_to_sell(&self, symbol: Symbol) -> Shares {
        let mut offered = Shares::ZERO;
        for order in self.living_orders() {
            if order.symbol != symbol || order.role.side() != Side::Sell || !order.is_working() {
                continue;
            }
            let stop = self.orders.get(&order.id.sibling(Leg::Stop));
            let counted_with_stop =
                order.id.leg() == Leg::Target && stop.is_some_and(Order::is_working);
            if !counted_with_stop {
                offered = offered.plus(order.remaining());
            }
        }
        self.held(symbol).minus(offered).unwrap_or(Shares::ZERO)
    }

    /// Value and fees of a purchase at its limit.
    pub(super) fn worst_cost(
        &self,
        instrument: Instrument,
        shares: Shares,
        limit: Price,
    ) -> Result<Money, ExchangeError> {
        let value = limit.times(shares, self.cash.currency());
        let terms = TradeTerms {
            side: Side::Buy,
            kind: instrument.kind,
            shares,
            price: limit,
        };
        let fees = self
            .day
            .as_ref()
            .map(|day: &OpenDay| day.fees.total(&terms, self.config.plan));
        match fees {
            Some(fees) => Ok(value.plus(fees?)?),
            None => Ok(value),
        }
    }

    fn living_orders(&self) -> impl Iterator<Item = &Order> {
        let ids = self.alive.values().flatten();
        ids.filter_map(|id| self.orders.get(id))
    }
}
