//! Book: a pure state machine over everything the wire says about orders. The same word twice, or two
//! words in the wrong order, leave it where it was.

use std::collections::BTreeMap;

use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, OrderTicket, TicketStatus};
use catalyst_domain::side::Side;
use ibapi::Notice;
use ibapi::orders::{
    CommissionReport, ExecutionData, Executions, OrderData, OrderState, OrderStatus, OrderUpdate,
    Orders,
};

use super::known::{Known, Standing};
use crate::translate::{BadExecution, Deal, deal_of, fees_of, shares};

/// The code under which a broker refuses an order.
const ORDER_REJECTED: i32 = 201;

/// Everything known about the orders of one account.
#[derive(Debug)]
pub(crate) struct Book {
    client_id: i32,
    account: String,
    orders: Vec<Known>,
    deals: BTreeMap<String, Result<Deal, BadExecution>>,
    fees: BTreeMap<String, Money>,
}

impl Book {
    /// An empty book of `account`, whose own orders are those of `client_id`.
    pub(crate) const fn new(client_id: i32, account: String) -> Self {
        Self {
            client_id,
            account,
            orders: Vec::new(),
            deals: BTreeMap::new(),
            fees: BTreeMap::new(),
        }
    }

    /// Enters an order that is about to be sent, as it was planned.
    pub(crate) fn expect(&mut self, order_id: i32, planned: &OrderTicket) {
        let mut known = Known::new(order_id, self.client_id);
        known.id = Some(planned.id);
        known.symbol = Some(planned.symbol);
        known.side = Some(planned.side);
        known.price = planned.price;
        known.shares = Some(planned.shares);
        self.orders.push(known);
    }

    /// Takes in an update that came unasked.
    pub(crate) fn take(&mut self, update: &OrderUpdate) {
        match update {
            OrderUpdate::OpenOrder(row) if !row.order.what_if => {
                let place = self.place_of(row);
                if let Some(known) = place.and_then(|place| self.orders.get_mut(place)) {
                    known.shares = known
                        .shares
                        .or_else(|| shares(row.order.total_quantity).ok());
                    if let Some(standing) = Standing::of(&row.order_state.status) {
                        known.stand(standing);
                    }
                }
            }
            OrderUpdate::OrderStatus(status) => self.status(status, Known::stand),
            OrderUpdate::ExecutionData(row) => self.execution(row),
            OrderUpdate::CommissionReport(report) => self.commission(report),
            OrderUpdate::OpenOrder(_) | OrderUpdate::OrderBound(_) => {}
        }
    }

    /// Takes in an error or a word about the order it names.
    pub(crate) fn note(&mut self, notice: &Notice) {
        let (Some(order_id), client_id) = (notice.request_id, self.client_id) else {
            return;
        };
        if let Some(known) = self.of_ids(0, client_id, order_id) {
            known.say(notice.code, &notice.message);
            if notice.code == ibapi::ORDER_CANCELLED_CODE {
                known.stand(Standing::Cancelled);
            }
        }
    }

    /// Takes in the whole answer about open orders: what is not in it is not open.
    pub(crate) fn answer_open(&mut self, rows: &[Orders]) {
        let mut places = Vec::new();
        for row in rows {
            if let Orders::OrderData(row) = row
                && let Some(place) = self.place_of(row)
                && let Some(known) = self.orders.get_mut(place)
            {
                match shares(row.order.total_quantity) {
                    Ok(ordered) => known.shares = Some(ordered),
                    Err(_no_figure) => known.is_garbled = true,
                }
                let standing = Standing::of(&row.order_state.status);
                known.stand_as_answered(standing.unwrap_or(Standing::Pending));
                places.push(place);
            }
        }
        for row in rows {
            if let Orders::OrderStatus(status) = row {
                self.status(status, Known::stand_as_answered);
            }
        }
        for (place, known) in self.orders.iter_mut().enumerate() {
            if known.standing.is_alive() && !places.contains(&place) {
                known.standing = Standing::Gone;
            }
        }
    }

    /// Takes in the whole answer about orders that have ended. Their rows have no order id, and their
    /// quantity is what was left.
    pub(crate) fn answer_completed(&mut self, rows: &[Orders]) {
        for row in rows {
            if let Orders::OrderData(row) = row
                && let Some(place) = self.place_of(row)
                && let Some(known) = self.orders.get_mut(place)
            {
                let is_filled = Standing::of(&row.order_state.status) == Some(Standing::Filled);
                match shares(row.order.total_quantity) {
                    Ok(_) if is_filled => known.shares = known.shares.or(Some(known.filled)),
                    Ok(left) => known.shares = known.shares.or(Some(left.plus(known.filled))),
                    Err(_no_figure) => known.is_garbled = true,
                }
                if let Some(reason) = rejection_of(&row.order_state) {
                    known.say(ORDER_REJECTED, reason);
                }
                known.stand(if is_filled {
                    Standing::Filled
                } else {
                    Standing::Cancelled
                });
            }
        }
    }

    /// Takes in executions and what is told of their fees.
    pub(crate) fn answer_executions(&mut self, rows: &[Executions]) {
        for row in rows {
            match row {
                Executions::ExecutionData(row) => self.execution(row),
                Executions::CommissionReport(report) => self.commission(report),
            }
        }
    }

    fn status(&mut self, status: &OrderStatus, stand: fn(&mut Known, Standing)) {
        let found = self.of_ids(status.perm_id, status.client_id, status.order_id);
        let Some(known) = found else {
            return;
        };
        if status.perm_id != 0 {
            known.perm_id = status.perm_id;
        }
        if status.parent_id != 0 {
            known.parent_id = status.parent_id;
        }
        known.fill(status.filled);
        if let Some(standing) = Standing::of(&status.status) {
            stand(known, standing);
        }
    }

    fn execution(&mut self, row: &ExecutionData) {
        let told = &row.execution;
        if told.account_number != self.account && !told.account_number.is_empty() {
            return;
        }
        let deal = match deal_of(row) {
            Ok(None) => return,
            Ok(Some(deal)) => Ok(deal),
            Err(error) => Err(error),
        };
        if let Ok(deal) = &deal
            && let Some(known) = self
                .orders
                .iter_mut()
                .find(|known| known.id == Some(deal.order))
        {
            known.fill_up_to(deal.cumulative);
        }
        self.deals.insert(told.execution_id.clone(), deal);
    }

    fn commission(&mut self, report: &CommissionReport) {
        if let Some(fees) = fees_of(report) {
            self.fees.insert(report.execution_id.clone(), fees);
        }
    }

    /// Where the order of a row is, found or entered, after it was told what the row says.
    fn place_of(&mut self, row: &OrderData) -> Option<usize> {
        let order = &row.order;
        if order.account != self.account && !order.account.is_empty() {
            return None;
        }
        let name = order.order_ref.parse::<ClientOrderId>();
        let by_name = |known: &Known| name.as_ref().is_ok_and(|name| known.id == Some(*name));
        let by_ids = |known: &Known| is_of(known, order.perm_id, order.client_id, row.order_id);
        let place = self.orders.iter().position(by_name);
        let place = place.or_else(|| self.orders.iter().position(by_ids));
        let place = place.unwrap_or_else(|| {
            self.orders.push(Known::new(row.order_id, order.client_id));
            self.orders.len() - 1
        });
        let known = self.orders.get_mut(place)?;
        if row.order_id != 0 && row.order_id != -1 {
            (known.order_id, known.client_id) = (row.order_id, order.client_id);
        }
        known.describe(&row.contract, order);
        Some(place)
    }

    fn of_ids(&mut self, perm_id: i64, client_id: i32, order_id: i32) -> Option<&mut Known> {
        self.orders
            .iter_mut()
            .find(|known| is_of(known, perm_id, client_id, order_id))
    }

    pub(super) fn find(&self, id: ClientOrderId) -> Option<&Known> {
        self.orders.iter().find(|known| known.id == Some(id))
    }

    /// The ticket of `id` as far as it is known; `None` where its end is not.
    pub(crate) fn ticket(&self, id: ClientOrderId) -> Option<OrderTicket> {
        let known = self.find(id)?;
        known.ticket(self.waits(known))
    }

    /// Every order of ours that may still fill, by symbol and then as they were sent.
    pub(crate) fn alive(&self) -> Vec<OrderTicket> {
        let alive = self.orders.iter().filter(|known| known.standing.is_alive());
        let tickets = alive.filter_map(|known| known.ticket(self.waits(known)));
        let mut tickets: Vec<OrderTicket> =
            tickets.filter(|ticket| ticket.status.is_alive()).collect();
        tickets.sort_by_key(|ticket| (ticket.symbol, ticket.id));
        tickets
    }

    /// Orders that may still fill and that are not ours.
    pub(super) fn others(&self) -> impl Iterator<Item = &Known> {
        let alive = self.orders.iter().filter(|known| known.standing.is_alive());
        alive.filter(|known| known.id.is_none())
    }

    /// An order of ours that may still fill and of which too little is told to make a ticket.
    pub(crate) fn unreadable(&self) -> Option<ClientOrderId> {
        let alive = self.orders.iter().filter(|known| known.standing.is_alive());
        let mut blank = alive.filter(|known| known.ticket(false).is_none());
        blank.find_map(|known| known.id)
    }

    /// The order id under which this client can cancel `id`; the other client's id where it cannot.
    pub(crate) fn order_id(&self, id: ClientOrderId) -> Option<Result<i32, i32>> {
        let known = self.find(id)?;
        let is_own = known.client_id == self.client_id;
        Some(if is_own {
            Ok(known.order_id)
        } else {
            Err(known.client_id)
        })
    }

    /// What the broker said last about `id`, with its code.
    pub(crate) fn last_words(&self, id: ClientOrderId) -> Option<String> {
        self.find(id).and_then(Known::last_words)
    }

    /// How many words were said about `id`.
    pub(crate) fn words(&self, id: ClientOrderId) -> usize {
        self.find(id).map_or(0, |known| known.words.len())
    }

    /// The codes of what was said about `id` after the first `count` words.
    pub(crate) fn words_after(&self, id: ClientOrderId, count: usize) -> Vec<i32> {
        let words = self.find(id).into_iter().flat_map(|known| &known.words);
        words.skip(count).map(|(code, _)| *code).collect()
    }

    /// True for an order that was told of, and of which too little is told to make a ticket.
    pub(crate) fn is_unreadable(&self, id: ClientOrderId) -> bool {
        let known = self
            .find(id)
            .filter(|known| known.standing != Standing::Gone);
        known.is_some() && self.ticket(id).is_none()
    }

    /// Executions so far in the order they happened, each with the fees told so far.
    pub(crate) fn deals(&self) -> Result<Vec<(Deal, Option<Money>)>, BadExecution> {
        let told = self.deals.iter().map(|(id, deal)| match deal {
            Ok(deal) => Ok((deal.clone(), self.fees.get(id).copied())),
            Err(error) => Err(error.clone()),
        });
        let mut deals = told.collect::<Result<Vec<_>, _>>()?;
        deals.sort_by(|(a, _), (b, _)| (a.at, &a.id).cmp(&(b.at, &b.id)));
        Ok(deals)
    }

    /// What executions alone say of an order that is neither open nor among the completed: it has
    /// ended, with so many filled.
    pub(crate) fn ticket_by_deals(&self, id: ClientOrderId) -> Option<OrderTicket> {
        let mut deals = self
            .deals
            .values()
            .flatten()
            .filter(|deal| deal.order == id);
        let first = deals.next()?;
        let filled = deals.fold(first.cumulative.max(first.shares), |most, deal| {
            most.max(deal.cumulative)
        });
        let ordered = self
            .find(id)
            .and_then(|known| known.shares)
            .unwrap_or(filled);
        let is_filled = filled >= ordered;
        Some(OrderTicket {
            id,
            symbol: first.symbol,
            side: first.side,
            price: self.find(id).and_then(|known| known.price),
            shares: ordered,
            filled: filled.min(ordered),
            status: if is_filled {
                TicketStatus::Filled
            } else {
                TicketStatus::Cancelled
            },
        })
    }

    /// True for an exit whose entry may still fill and has not.
    fn waits(&self, known: &Known) -> bool {
        let is_child = known.side == Some(Side::Sell) && known.parent_id != 0;
        let is_parent = |other: &&Known| {
            (other.client_id, other.order_id) == (known.client_id, known.parent_id)
        };
        let parent = self.orders.iter().find(is_parent).filter(|_| is_child);
        parent.is_some_and(|parent| {
            parent.standing.is_alive() && parent.filled.is_zero() && !parent.is_filled()
        })
    }
}

/// Why an order that has ended never worked, where that is how it ended.
fn rejection_of(state: &OrderState) -> Option<&str> {
    let given = state.reject_reason.as_str();
    if !given.is_empty() {
        return Some(given);
    }
    let is_inactive = Standing::of(&state.status) == Some(Standing::Inactive);
    is_inactive.then_some(state.completed_status.as_str())
}

/// The broker's own number names an order for ever, the order id only with its client.
const fn is_of(known: &Known, perm_id: i64, client_id: i32, order_id: i32) -> bool {
    if perm_id != 0 && known.perm_id != 0 {
        return known.perm_id == perm_id;
    }
    order_id > 0 && known.order_id == order_id && known.client_id == client_id
}
