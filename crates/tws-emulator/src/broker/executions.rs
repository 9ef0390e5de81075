//! Executions with their costs, as they happen and as they are asked for.

use crate::wire::absent::or_empty;
use catalyst_domain::order::Fill;
use catalyst_domain::side::Side;
use chrono::{DateTime, Days, NaiveDateTime, Utc};

use super::ledger::{Entry, Ledger};
use super::report::double;
use super::seen::seen;
use super::sessions::NO_ID;
use super::{Broker, SessionId};
use crate::kinds::ReplyKind;
use crate::wire::execution::{
    CommissionReport, Execution, ExecutionDetails, ExecutionFilter, ExecutionRequest,
};
use crate::wire::session::ById;

/// Ends the name of an execution that nothing has corrected.
const FIRST_TELLING: &str = ".01";

impl Broker {
    pub(super) fn ledger(&self) -> Ledger {
        Ledger::of(seen(self.wire.fills()))
    }

    /// One execution as it is told unasked, and its costs.
    pub(super) fn execution_of(&self, fill: &Fill) -> Option<(ExecutionDetails, CommissionReport)> {
        let ledger = self.ledger();
        let entry = ledger.find(&fill.execution)?;
        Some((self.details(NO_ID, entry), costs(entry)))
    }

    /// Executions since local midnight, or of more days where that is asked, then their costs.
    pub(super) fn send_executions(&mut self, id: SessionId, asked: &ExecutionRequest) {
        let req_id = asked.req_id.unwrap_or(0);
        let filter = or_empty(asked.filter.as_ref());
        let ledger = self.ledger();
        let mut reports = Vec::new();
        for entry in &ledger.entries {
            let details = self.details(req_id, entry);
            if self.passes(&filter, entry, &details) {
                self.send(id, ReplyKind::ExecutionData, &details);
                reports.push(costs(entry));
            }
        }
        for report in reports {
            self.send(id, ReplyKind::CommissionReport, &report);
        }
        let end = ById {
            req_id: Some(req_id),
        };
        self.send(id, ReplyKind::ExecutionsEnd, &end);
    }

    fn passes(&self, filter: &ExecutionFilter, entry: &Entry, details: &ExecutionDetails) -> bool {
        let asked = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let execution = or_empty(details.execution.as_ref());
        let days_back = u64::try_from(filter.last_n_days.unwrap_or(0)).unwrap_or(0);
        let first = self
            .today()
            .as_naive()
            .checked_sub_days(Days::new(days_back));
        let day = self.wire.rules().calendar.date_of(entry.fill.at).as_naive();
        let of_client = filter.client_id.filter(|client| *client > 0);
        first.is_none_or(|first| day >= first)
            && of_client.is_none_or(|client| execution.client_id == Some(client))
            && asked(&filter.account).is_none_or(|account| account == self.config.account)
            && asked(&filter.symbol)
                .is_none_or(|symbol| entry.fill.symbol.without_zeros() == symbol)
            && asked(&filter.side).is_none_or(|side| side == action_of(entry.fill.side))
            && asked(&filter.time)
                .and_then(|text| utc_moment(&text))
                .is_none_or(|since| entry.fill.at >= since)
    }

    fn details(&self, req_id: i32, entry: &Entry) -> ExecutionDetails {
        let fill = &entry.fill;
        let index = self.orders.index_of_leg(fill.order);
        let order = index.and_then(|index| self.orders.get(index));
        let order_ref = order.map_or_else(
            || Some(fill.order.to_string()),
            |order| order.sent.order_ref.clone(),
        );
        let side = match fill.side {
            Side::Buy => "BOT",
            Side::Sell => "SLD",
        };
        ExecutionDetails {
            req_id: Some(req_id),
            contract: Some(order.map_or_else(
                || self.contract_of(fill.symbol),
                |order| order.contract.clone(),
            )),
            execution: Some(Execution {
                order_id: Some(order.map_or(0, |order| order.order_id)),
                exec_id: Some(exec_id(fill)),
                time: Some(fill.at.format("%Y%m%d-%H:%M:%S").to_string()),
                account: Some(self.config.account.clone()),
                exchange: Some("SEHK".to_owned()),
                side: Some(side.to_owned()),
                shares: Some(fill.shares.count().to_string()),
                price: Some(double(fill.price.value())),
                perm_id: Some(order.map_or(0, |order| order.perm_id)),
                client_id: Some(order.map_or(0, |order| order.client_id)),
                cumulative: Some(entry.cumulative.normalize().to_string()),
                average_price: Some(double(entry.average)),
                order_ref,
            }),
        }
    }
}

fn costs(entry: &Entry) -> CommissionReport {
    CommissionReport {
        exec_id: Some(exec_id(&entry.fill)),
        commission: Some(double(entry.fill.fees.amount())),
        currency: Some(entry.fill.fees.currency().code().to_owned()),
        realized_pnl: entry.realized.map(double),
    }
}

fn exec_id(fill: &Fill) -> String {
    format!("{}{FIRST_TELLING}", fill.execution)
}

const fn action_of(side: Side) -> &'static str {
    match side {
        Side::Buy => "BUY",
        Side::Sell => "SELL",
    }
}

/// A moment in the protocol's form for UTC.
pub(super) fn utc_moment(text: &str) -> Option<DateTime<Utc>> {
    let moment = NaiveDateTime::parse_from_str(text, "%Y%m%d-%H:%M:%S");
    moment.ok().map(|moment| moment.and_utc())
}
