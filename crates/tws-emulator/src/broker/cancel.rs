//! Withdrawing orders: one by its id, all of them, and those whose day is over.

use catalyst_adapters_sim::exchange::LegTerms;
use catalyst_domain::calendar::TradingDate;
use tracing::debug;

use super::book::OrderIndex;
use super::wire_order::Stage;
use super::{Broker, SessionId};
use crate::spoken::words_of;

impl Broker {
    /// A client withdraws one of its own orders; those of other clients it does not know.
    pub(super) fn cancel(&mut self, id: SessionId, order_id: i32) {
        let client = self.client_of(id);
        let Some(index) = self.orders.index_of(client, order_id) else {
            let text = format!("OrderId {order_id} that needs to be cancelled is not found.");
            self.say(id, order_id, 10147, &text);
            return;
        };
        if !self.orders.is_open(index) {
            let state = self.orders.get(index).and_then(|order| order.reported);
            let state = state.map_or("Unknown", |report| report.status);
            let text = format!(
                "OrderId {order_id} that needs to be cancelled cannot be cancelled, state: {state}."
            );
            self.say(id, order_id, 10148, &text);
            return;
        }
        if !self.withdraw(index) {
            self.say(id, order_id, 161, words_of(161));
        }
    }

    /// Everything of every client.
    pub(super) fn cancel_everything(&mut self) {
        for index in self.orders.open() {
            self.withdraw(index);
        }
    }

    /// True when the order is not at work afterwards.
    pub(super) fn withdraw(&mut self, index: OrderIndex) -> bool {
        let Some(order) = self.orders.get_mut(index) else {
            return false;
        };
        let Some(leg) = order.leg else {
            if order.stage == Stage::Waiting {
                order.stage = Stage::Withdrawn;
            }
            let (client, order_id) = (order.client_id, order.order_id);
            for child in self.orders.waiting_under(client, order_id) {
                self.withdraw(child);
            }
            return true;
        };
        match self.wire.cancel(leg) {
            Ok(ticket) => ticket.is_none_or(|ticket| !ticket.status.is_alive()),
            Err(error) => {
                debug!(%error, "an order could not be withdrawn");
                false
            }
        }
    }

    /// Ends stops and targets of the day; what is at the exchange itself ends there.
    pub(super) fn end_day_orders(&mut self, date: TradingDate) {
        for index in self.orders.open() {
            let Some(order) = self.orders.get(index) else {
                continue;
            };
            let is_kept = matches!(order.terms, LegTerms::Stop(_) | LegTerms::Target(_));
            let waits = order.stage == Stage::Waiting;
            if order.is_for_the_day() && (is_kept || waits) && order.placed_on <= date {
                self.withdraw(index);
            }
        }
    }
}
