//! Changing an order at work: new shares, a new price, the same name and the same fills.

use catalyst_domain::order::OrderTicket;
use catalyst_domain::quantity::Shares;
use chrono::{DateTime, Utc};

use super::book::Exchange;
use super::event::ExchangeError;
use super::legs::{LegOrder, LegTerms};
use super::refusal::OrderRefusal;

impl Exchange {
    /// Gives a working order other shares and another price, after every check of a new one.
    ///
    /// Refused for an order that is not at work, whose kind would change, or of which more has filled
    /// than would be left. It is last in the queue again.
    pub fn amend(
        &mut self,
        leg: &LegOrder,
        now: DateTime<Utc>,
    ) -> Result<OrderTicket, OrderRefusal> {
        let id = leg.id;
        let found = self.orders.get(&id).filter(|order| order.is_working());
        let order = found.ok_or(OrderRefusal::NotWorking { id })?.clone();
        let phase = self.rules.calendar.phase_at(now);
        let phase = phase.map_err(ExchangeError::NotCovered)?;
        let at_exchange = order.role.is_for_the_day();
        if order.filled >= leg.shares || (at_exchange && !phase.amends()) {
            return Err(OrderRefusal::NotWorking { id });
        }
        // The order steps aside, so that it is judged beside the others and not beside itself.
        let withdrawn = self.orders.remove(&id);
        let judged = self
            .check(leg, phase, now)
            .and_then(|()| self.affordable_beside_others(leg, order.filled));
        if let Some(order) = withdrawn {
            self.orders.insert(id, order);
        }
        judged?;
        let order = self.orders.get_mut(&id);
        let order = order.ok_or(OrderRefusal::NotWorking { id })?;
        order.role = leg.terms.role();
        order.shares = leg.shares;
        order.accepted_at = now;
        order.rested = false;
        Ok(order.ticket())
    }

    fn affordable_beside_others(&self, leg: &LegOrder, filled: Shares) -> Result<(), OrderRefusal> {
        let open = leg.shares.minus(filled).unwrap_or(Shares::ZERO);
        match (leg.terms, self.instrument(leg.symbol)) {
            (LegTerms::Buy(limit), Some(instrument)) => {
                self.affordable(instrument, open, limit.price())
            }
            (LegTerms::Buy(_), None) => Ok(()),
            (
                LegTerms::Stop(_)
                | LegTerms::Target(_)
                | LegTerms::Sell(_)
                | LegTerms::SellInAuction,
                _,
            ) => self.sellable(leg, open),
        }
    }
}
