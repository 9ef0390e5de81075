//! Every order there ever was, by client and id and by its name at the exchange.

use std::collections::{BTreeMap, BTreeSet};

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::{ClientOrderId, CycleId, Leg, RunKind};
use chrono::{Datelike as _, NaiveTime};

use super::wire_order::{Stage, WireOrder};

/// Where an order stands in the book.
pub(super) type OrderIndex = usize;

/// Permanent ids begin here and go on from day to day.
const PERM_BASE: i64 = 1_000_000_000;

/// Permanent ids that one day has for itself.
const PERM_A_DAY: i64 = 10_000;

/// No run of the agent has this attempt at midnight, so the names of other clients' orders are free.
const STRANGERS_ATTEMPT: u16 = u16::MAX;

/// The orders of every client.
#[derive(Debug)]
pub(super) struct OrderBook {
    orders: Vec<WireOrder>,
    by_id: BTreeMap<(i32, i32), OrderIndex>,
    by_leg: BTreeMap<ClientOrderId, OrderIndex>,
    /// Orders whose end has not been told.
    open: BTreeSet<OrderIndex>,
    next_perm: i64,
    strangers: u16,
}

impl OrderBook {
    /// An empty book that begins on `today`.
    pub(super) fn begin(today: TradingDate) -> Self {
        let day = i64::from(today.as_naive().num_days_from_ce() % 20_000);
        Self {
            orders: Vec::new(),
            by_id: BTreeMap::new(),
            by_leg: BTreeMap::new(),
            open: BTreeSet::new(),
            next_perm: PERM_BASE + day * PERM_A_DAY,
            strangers: 0,
        }
    }

    pub(super) const fn next_perm_id(&mut self) -> i64 {
        self.next_perm += 1;
        self.next_perm
    }

    pub(super) fn add(&mut self, order: WireOrder) -> OrderIndex {
        let index = self.orders.len();
        self.by_id.insert((order.client_id, order.order_id), index);
        self.open.insert(index);
        self.orders.push(order);
        index
    }

    pub(super) fn get(&self, index: OrderIndex) -> Option<&WireOrder> {
        self.orders.get(index)
    }

    pub(super) fn get_mut(&mut self, index: OrderIndex) -> Option<&mut WireOrder> {
        self.orders.get_mut(index)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &WireOrder> {
        self.orders.iter()
    }

    pub(super) fn index_of(&self, client_id: i32, order_id: i32) -> Option<OrderIndex> {
        self.by_id.get(&(client_id, order_id)).copied()
    }

    pub(super) fn find(&self, client_id: i32, order_id: i32) -> Option<&WireOrder> {
        self.get(self.index_of(client_id, order_id)?)
    }

    pub(super) fn index_of_leg(&self, leg: ClientOrderId) -> Option<OrderIndex> {
        self.by_leg.get(&leg).copied()
    }

    /// Orders whose end has not been told, in the order they came.
    pub(super) fn open(&self) -> Vec<OrderIndex> {
        self.open.iter().copied().collect()
    }

    pub(super) fn is_open(&self, index: OrderIndex) -> bool {
        self.open.contains(&index)
    }

    pub(super) fn end(&mut self, index: OrderIndex) {
        self.open.remove(&index);
    }

    /// Gives an order its name at the exchange.
    pub(super) fn name(&mut self, index: OrderIndex, leg: ClientOrderId) {
        self.by_leg.insert(leg, index);
        if let Some(order) = self.orders.get_mut(index) {
            order.leg = Some(leg);
            order.stage = Stage::Placed;
        }
    }

    /// Waiting orders under a parent, in the order they came.
    pub(super) fn waiting_under(&self, client_id: i32, parent_id: i32) -> Vec<OrderIndex> {
        let all = self.orders.iter().enumerate();
        all.filter(|(_, order)| {
            order.client_id == client_id
                && order.parent_id() == parent_id
                && order.stage == Stage::Waiting
        })
        .map(|(index, _)| index)
        .collect()
    }

    /// Another order of the same group that has been at the exchange.
    pub(super) fn in_group(&self, group: &str, beside: OrderIndex) -> Option<&WireOrder> {
        let all = self.orders.iter().enumerate();
        all.filter(|(index, order)| *index != beside && order.group() == Some(group))
            .map(|(_, order)| order)
            .find(|order| order.leg.is_some())
    }

    /// A name for the order of a client that does not name its orders as the agent does.
    pub(super) fn strange_name(&mut self, date: TradingDate, leg: Leg) -> ClientOrderId {
        self.strangers = self.strangers.wrapping_add(1);
        let cycle = CycleId::new(RunKind::Hand, date, NaiveTime::MIN, STRANGERS_ATTEMPT);
        ClientOrderId::derive(cycle, self.strangers, leg)
    }
}
