//! The state of exchange and account, and what may be asked of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::fees::{CommissionPlan, FeesOfDay};
use catalyst_domain::instrument::Instrument;
use catalyst_domain::market::Bar;
use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, Fill, Leg, OrderTicket};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};

use super::event::{ExchangeError, ExchangeEvent};
use super::order::{Order, Standing};
use crate::config::SimConfig;
use catalyst_domain::rulebook::Rulebook;

/// The day that trades, with what may be traded on it.
#[derive(Debug)]
pub(super) struct OpenDay {
    pub(super) date: TradingDate,
    pub(super) instruments: BTreeMap<Symbol, Instrument>,
    pub(super) fees: FeesOfDay,
}

/// A simulated exchange with one account at it.
#[derive(Debug)]
pub struct Exchange {
    pub(super) rules: Arc<Rulebook>,
    pub(super) config: SimConfig,
    pub(super) day: Option<OpenDay>,
    /// The latest moment the exchange has lived through; bars that ended before are not matched again.
    pub(super) lived_until: DateTime<Utc>,
    pub(super) cash: Money,
    pub(super) shares: BTreeMap<Symbol, Shares>,
    pub(super) orders: BTreeMap<ClientOrderId, Order>,
    /// Orders that may still fill, in the order they came.
    pub(super) alive: BTreeMap<Symbol, Vec<ClientOrderId>>,
    pub(super) fills: Vec<Fill>,
    /// The last bar of each symbol in which shares traded.
    pub(super) last_bars: BTreeMap<Symbol, Bar>,
    /// The last price of what is held, also over nights.
    pub(super) marks: BTreeMap<Symbol, Price>,
    pub(super) outbox: Vec<ExchangeEvent>,
}

impl Exchange {
    /// An account with nothing but cash, at an exchange that has seen nothing before `now`.
    pub const fn new(rules: Arc<Rulebook>, config: SimConfig, now: DateTime<Utc>) -> Self {
        Self {
            rules,
            config,
            day: None,
            lived_until: now,
            cash: config.cash,
            shares: BTreeMap::new(),
            orders: BTreeMap::new(),
            alive: BTreeMap::new(),
            fills: Vec::new(),
            last_bars: BTreeMap::new(),
            marks: BTreeMap::new(),
            outbox: Vec::new(),
        }
    }

    /// Cash, changed by each fill at once.
    pub const fn cash(&self) -> Money {
        self.cash
    }

    /// What the broker takes.
    pub const fn plan(&self) -> CommissionPlan {
        self.config.plan
    }

    /// Shares held by symbol, none of them zero.
    pub const fn positions(&self) -> &BTreeMap<Symbol, Shares> {
        &self.shares
    }

    /// The last price of a held symbol; its purchase gave it one.
    pub fn mark(&self, symbol: Symbol) -> Option<Price> {
        self.marks.get(&symbol).copied()
    }

    /// Every execution in the order it happened.
    pub fn fills(&self) -> &[Fill] {
        &self.fills
    }

    /// The ticket of an order, dead or alive.
    pub fn ticket(&self, id: ClientOrderId) -> Option<OrderTicket> {
        self.orders.get(&id).map(Order::ticket)
    }

    /// Every order that may still fill, by symbol and then in the order they came.
    pub fn working(&self) -> Vec<OrderTicket> {
        let ids = self.alive.values().flatten();
        ids.filter_map(|id| self.ticket(*id)).collect()
    }

    /// True when no bar can change anything.
    pub fn is_idle(&self) -> bool {
        self.alive.is_empty()
    }

    /// The latest moment the exchange has lived through.
    pub const fn lived_until(&self) -> DateTime<Utc> {
        self.lived_until
    }

    /// Says that nothing more will come from before `now`.
    pub fn pass_time(&mut self, now: DateTime<Utc>) {
        self.lived_until = self.lived_until.max(now);
    }

    /// Withdraws an order and returns its ticket afterwards. In a phase in which the exchange cancels
    /// nothing, an entry or exit stays at work; what the broker keeps can always be withdrawn.
    pub fn cancel(
        &mut self,
        id: ClientOrderId,
        now: DateTime<Utc>,
    ) -> Result<Option<OrderTicket>, ExchangeError> {
        let Some(order) = self.orders.get(&id) else {
            return Ok(None);
        };
        let at_exchange = order.is_working() && order.role.is_for_the_day();
        let phase = self.rules.calendar.phase_at(now)?;
        if order.standing.is_alive() && (!at_exchange || phase.cancels()) {
            self.end(id, Standing::Cancelled);
        }
        Ok(self.ticket(id))
    }

    /// The broker refuses the stop of a family after taking its entry.
    pub fn refuse_stop(&mut self, family: ClientOrderId) {
        self.end(family.sibling(Leg::Stop), Standing::Rejected);
    }

    /// What happened since the last call, in order.
    pub fn take_events(&mut self) -> Vec<ExchangeEvent> {
        std::mem::take(&mut self.outbox)
    }

    /// Ends a living order; an entry that bought nothing takes its held exits with it.
    pub(super) fn end(&mut self, id: ClientOrderId, standing: Standing) {
        let Some(order) = self
            .orders
            .get_mut(&id)
            .filter(|order| order.standing.is_alive())
        else {
            return;
        };
        order.standing = standing;
        let bought_nothing = order.filled.is_zero();
        self.bury(id);
        if id.leg() == Leg::Entry && bought_nothing {
            for leg in [Leg::Stop, Leg::Target] {
                self.end(id.sibling(leg), Standing::Cancelled);
            }
        }
    }

    /// Takes an order that has just died off the list of the living, and reports it.
    pub(super) fn bury(&mut self, id: ClientOrderId) {
        let Some(order) = self.orders.get(&id) else {
            return;
        };
        let ticket = order.ticket();
        if let Some(ids) = self.alive.get_mut(&ticket.symbol) {
            ids.retain(|living| *living != id);
            if ids.is_empty() {
                self.alive.remove(&ticket.symbol);
            }
        }
        self.outbox.push(ExchangeEvent::Ended(ticket));
    }

    pub(super) fn held(&self, symbol: Symbol) -> Shares {
        self.shares.get(&symbol).copied().unwrap_or(Shares::ZERO)
    }
}
