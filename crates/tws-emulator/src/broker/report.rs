//! An order in the words of the wire, and telling its owner.

use catalyst_adapters_sim::exchange::LegTerms;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::book::OrderIndex;
use super::wire_order::{Report, WireOrder};
use super::{Broker, SessionId};
use crate::kinds::ReplyKind;
use crate::wire::order::{OpenOrder, Order, OrderState, OrderStatus};

/// How the broker groups the orders under one parent: the fill of one reduces the others.
const IMPLICIT_GROUP_TYPE: i32 = 3;

/// A decimal as the wire's double.
pub(super) fn double(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(f64::MAX)
}

impl Broker {
    /// Tells an order's owner how it stands.
    pub(super) fn tell(&mut self, index: OrderIndex, report: Report) {
        let Some(order) = self.orders.get(index) else {
            return;
        };
        if let Some(owner) = self.session_of(order.client_id) {
            let order = order.clone();
            self.send_order(owner, &order, report);
        }
    }

    /// The order with its state, and its status.
    pub(super) fn send_order(&mut self, to: SessionId, order: &WireOrder, report: Report) {
        let open = OpenOrder {
            order_id: Some(order.order_id),
            contract: Some(order.contract.clone()),
            order: Some(self.order_message(order, report)),
            state: Some(OrderState {
                status: Some(report.status.to_owned()),
                ..OrderState::default()
            }),
        };
        self.send(to, ReplyKind::OpenOrder, &open);
        self.send_status(to, order, report);
    }

    pub(super) fn send_status(&mut self, to: SessionId, order: &WireOrder, report: Report) {
        let waits = matches!(order.terms, LegTerms::Stop(_)) && report.status == "PreSubmitted";
        let status = OrderStatus {
            order_id: Some(order.order_id),
            status: Some(report.status.to_owned()),
            filled: Some(report.filled.count().to_string()),
            remaining: Some(report.remaining.count().to_string()),
            average_price: Some(double(order.tally.average())),
            perm_id: Some(order.perm_id),
            parent_id: Some(order.parent_id()),
            last_price: Some(order.tally.last.map_or(0.0, |price| double(price.value()))),
            client_id: Some(order.client_id),
            why_held: Some(if waits { "trigger" } else { "" }.to_owned()),
        };
        self.send(to, ReplyKind::OrderStatus, &status);
    }

    /// The order as it was sent, with what the broker has made of it.
    pub(super) fn order_message(&self, order: &WireOrder, report: Report) -> Order {
        let parent = self.orders.find(order.client_id, order.parent_id());
        let (oca_group, oca_type) = match parent {
            Some(parent) => (Some(parent.perm_id.to_string()), Some(IMPLICIT_GROUP_TYPE)),
            None => (order.sent.oca_group.clone(), order.sent.oca_type),
        };
        Order {
            client_id: Some(order.client_id),
            order_id: Some(order.order_id),
            perm_id: Some(order.perm_id),
            total_quantity: Some(report.total.count().to_string()),
            oca_group,
            oca_type,
            transmit: Some(true),
            parent_perm_id: parent.map(|parent| parent.perm_id),
            ..order.sent.clone()
        }
    }

    /// Says that an order is cancelled although it is not.
    pub(super) fn say_cancelled(&mut self, to: SessionId, order_id: i32) {
        let found = self.orders.find(self.client_of(to), order_id).cloned();
        if let Some(order) = found {
            let shares = order.shares;
            let report = Report {
                status: "Cancelled",
                total: shares,
                filled: catalyst_domain::quantity::Shares::ZERO,
                remaining: shares,
                ended: true,
            };
            self.send_status(to, &order, report);
        }
    }

    /// Tells again how an order stands.
    pub(super) fn repeat_report(&mut self, to: SessionId, order_id: i32) {
        let index = self.orders.index_of(self.client_of(to), order_id);
        let order = index.and_then(|index| self.orders.get(index));
        if let Some(order) = order.cloned()
            && let Some(report) = order.reported
        {
            self.send_order(to, &order, report);
        }
    }
}
