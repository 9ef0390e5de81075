//! Lists of orders: those at work, and those of today that have ended.

use catalyst_domain::quantity::Shares;
use chrono::{DateTime, Utc};

use super::wire_order::{Report, WireOrder};
use super::{Broker, SessionId};
use crate::kinds::ReplyKind;
use crate::wire::order::{CompletedOrder, Order, OrderState};
use crate::wire::session::Empty;

impl Broker {
    /// Orders at work, of one client or of all.
    pub(super) fn send_open_orders(&mut self, id: SessionId, of: Option<i32>) {
        for index in self.orders.open() {
            let Some(order) = self.orders.get(index).cloned() else {
                continue;
            };
            if of.is_some_and(|client| client != order.client_id) {
                continue;
            }
            if let Some(report) = self.report_on(index).filter(|report| !report.ended) {
                self.send_order(id, &order, report);
            }
        }
        self.send(id, ReplyKind::OpenOrdersEnd, &Empty {});
    }

    /// Orders of every client that have ended today.
    pub(super) fn send_completed_orders(&mut self, id: SessionId) {
        let today = self.today();
        let calendar = &self.wire.rules().calendar;
        let ended: Vec<(WireOrder, Report, DateTime<Utc>)> = self
            .orders
            .all()
            .filter_map(|order| Some((order.clone(), order.reported?, order.ended_at?)))
            .filter(|(_, _, at)| calendar.date_of(*at) == today)
            .collect();
        for (order, report, at) in ended {
            let completed = self.completed(&order, report, at);
            self.send(id, ReplyKind::CompletedOrder, &completed);
        }
        self.send(id, ReplyKind::CompletedOrdersEnd, &Empty {});
    }

    /// An ended order is told without its id, its quantity being what was left of it.
    fn completed(&self, order: &WireOrder, report: Report, at: DateTime<Utc>) -> CompletedOrder {
        let filled = order.tally.filled;
        let left = report.total.minus(filled).unwrap_or(Shares::ZERO);
        let how = match report.status {
            "Filled" => format!("Filled Size: {}", filled.count()),
            "Inactive" => "Rejected".to_owned(),
            _ => "Cancelled by Trader".to_owned(),
        };
        CompletedOrder {
            contract: Some(order.contract.clone()),
            order: Some(Order {
                order_id: None,
                total_quantity: Some(left.count().to_string()),
                filled_quantity: Some(filled.count().to_string()),
                ..self.order_message(order, report)
            }),
            state: Some(OrderState {
                status: Some(report.status.to_owned()),
                completed_time: Some(self.zoned(at)),
                completed_status: Some(how),
                ..OrderState::default()
            }),
        }
    }

    /// A moment as wall clock of the exchange with the name of its zone.
    pub(super) fn zoned(&self, at: DateTime<Utc>) -> String {
        let local = self.wire.rules().calendar.local(at);
        format!("{} {}", local.format("%Y%m%d %H:%M:%S"), self.config.zone)
    }
}
