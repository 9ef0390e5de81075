//! What happened in the world is told: fills with their costs, then every order that has changed.

use catalyst_adapters_sim::exchange::ExchangeEvent;
use catalyst_domain::order::Fill;

use super::Broker;
use super::book::OrderIndex;
use super::seen::seen;
use super::wire_order::Report;
use crate::kinds::ReplyKind;
use crate::spoken::words_of;

impl Broker {
    /// Tells everybody what concerns them, once.
    pub(crate) fn tell_happenings(&mut self) {
        let mut traded = false;
        for event in self.wire.take_events() {
            match event {
                ExchangeEvent::Filled(fill) => {
                    traded = true;
                    self.tell_fill(&fill);
                }
                ExchangeEvent::Accepted(_) | ExchangeEvent::Ended(_) => {}
            }
        }
        self.tell_changes();
        if traded {
            self.refresh_account();
        }
    }

    fn tell_fill(&mut self, fill: &Fill) {
        let Some(index) = self.orders.index_of_leg(fill.order) else {
            return;
        };
        let Some(order) = self.orders.get_mut(index) else {
            return;
        };
        order.tally.add(fill.shares, fill.price);
        let client = order.client_id;
        let Some((details, costs)) = self.execution_of(fill) else {
            return;
        };
        let owner = self.session_of(client);
        if let Some(owner) = owner {
            self.send(owner, ReplyKind::ExecutionData, &details);
        }
        self.tell_change(index);
        if let Some(owner) = owner {
            self.send(owner, ReplyKind::CommissionReport, &costs);
        }
    }

    fn tell_changes(&mut self) {
        for index in self.orders.open() {
            self.tell_change(index);
        }
    }

    /// Tells of an order if there is something new, and closes its account when it has ended.
    fn tell_change(&mut self, index: OrderIndex) {
        let Some(report) = self.report_on(index) else {
            return;
        };
        let now = self.now();
        let Some(order) = self.orders.get_mut(index) else {
            return;
        };
        let before = order.reported.replace(report);
        if before == Some(report) {
            return;
        }
        if before.is_none() && report.status == "Submitted" {
            let arriving = Report {
                status: "PreSubmitted",
                ..report
            };
            self.tell(index, arriving);
        }
        self.tell(index, report);
        if report.ended {
            self.end_order(index, report, now);
        }
    }

    fn end_order(&mut self, index: OrderIndex, report: Report, now: chrono::DateTime<chrono::Utc>) {
        self.orders.end(index);
        let Some(order) = self.orders.get_mut(index) else {
            return;
        };
        order.ended_at = Some(now);
        let (client, order_id) = (order.client_id, order.order_id);
        let refused_later = report.status == "Inactive" && order.leg.is_some();
        let code = match report.status {
            "Cancelled" => 202,
            "Inactive" if refused_later => 201,
            _ => return,
        };
        if let Some(owner) = self.session_of(client) {
            self.say(owner, order_id, code, words_of(code));
        }
    }

    pub(super) fn report_on(&self, index: OrderIndex) -> Option<Report> {
        let order = self.orders.get(index)?;
        let ticket = order.leg.and_then(|leg| seen(self.wire.ticket(leg)));
        order.report(ticket)
    }
}
