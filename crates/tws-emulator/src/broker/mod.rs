//! The broker behind the wire: orders, account and quotes over the simulated world. It knows clients by
//! their numbers and queues, and never touches a socket.

mod account;
mod answer;
mod bars;
mod book;
mod cancel;
mod contracts;
mod executions;
mod happenings;
mod hours;
mod ledger;
mod news;
mod orders;
mod pace;
mod place;
mod profit;
mod quotes;
mod received;
mod release;
mod report;
mod revise;
mod scan;
mod seen;
mod sessions;
mod terms;
mod wire_order;

use std::collections::BTreeMap;

use catalyst_adapters_sim::faces::SimWire;
use catalyst_domain::calendar::TradingDate;
use chrono::{DateTime, Utc};

use crate::config::EmulatorConfig;
use crate::faults::FaultWatch;

use book::OrderBook;
use pace::Pace;
use sessions::Session;

pub use received::{Received, SentOrder};
pub(crate) use sessions::{Outgoing, SessionId};

/// Everything that outlives a connection, and the connections there are.
#[derive(Debug)]
pub(crate) struct Broker {
    config: EmulatorConfig,
    wire: SimWire,
    pace: Pace,
    faults: FaultWatch,
    sessions: BTreeMap<SessionId, Session>,
    session_count: u64,
    /// Connections that are refused before the next is taken.
    refusing: u32,
    /// The highest order id that each client has used.
    floors: BTreeMap<i32, i32>,
    orders: OrderBook,
    received: Vec<Received>,
}

impl Broker {
    /// A broker that nobody is connected to.
    pub(crate) fn new(config: EmulatorConfig, wire: SimWire, faults: FaultWatch) -> Self {
        let pace = Pace::begin(config.time, wire.now());
        let today = wire.rules().calendar.date_of(wire.now());
        Self {
            config,
            wire,
            pace,
            faults,
            sessions: BTreeMap::new(),
            session_count: 0,
            refusing: 0,
            floors: BTreeMap::new(),
            orders: OrderBook::begin(today),
            received: Vec::new(),
        }
    }

    /// The settings.
    pub(crate) const fn config(&self) -> &EmulatorConfig {
        &self.config
    }

    /// Replaces the faults; counting begins anew.
    pub(crate) fn set_faults(&mut self, faults: FaultWatch) {
        self.faults = faults;
    }

    /// What clients have sent so far.
    pub(crate) fn received(&self) -> &[Received] {
        &self.received
    }

    fn now(&self) -> DateTime<Utc> {
        self.wire.now()
    }

    fn today(&self) -> TradingDate {
        self.wire.rules().calendar.date_of(self.now())
    }
}
