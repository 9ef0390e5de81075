//! The bundle of ports a run works with.

use std::fmt;
use std::sync::Arc;

use catalyst_ports::account::AccountBook;
use catalyst_ports::advisor::Advisor;
use catalyst_ports::clock::Clock;
use catalyst_ports::cycle_lock::CycleLock;
use catalyst_ports::flatten_request::FlattenRequests;
use catalyst_ports::halt_flag::HaltFlag;
use catalyst_ports::instruments::InstrumentCatalog;
use catalyst_ports::journal::Journal;
use catalyst_ports::market_data::MarketData;
use catalyst_ports::news::NewsFeed;
use catalyst_ports::notifier::Notifier;
use catalyst_ports::order_gateway::OrderGateway;
use catalyst_ports::stop_signal::StopSignal;

use crate::AlertDesk;

/// Everything outside, as the run sees it.
#[derive(Clone)]
pub struct Ports {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Quotes and bars.
    pub market: Arc<dyn MarketData>,
    /// Lots and index members.
    pub catalog: Arc<dyn InstrumentCatalog>,
    /// Cash, positions, executions.
    pub account: Arc<dyn AccountBook>,
    /// Orders.
    pub gateway: Arc<dyn OrderGateway>,
    /// Whom to ask; `None` makes every cycle a protective one.
    pub advisor: Option<Arc<dyn Advisor>>,
    /// Headlines.
    pub news: Arc<dyn NewsFeed>,
    /// The durable record.
    pub journal: Arc<dyn Journal>,
    /// The halt switch that works without the journal.
    pub halt: Arc<dyn HaltFlag>,
    /// The owner's request that everything is left.
    pub requests: Arc<dyn FlattenRequests>,
    /// The wish of the operating system that the run ends.
    pub stop: Arc<dyn StopSignal>,
    /// What keeps two runs apart.
    pub lock: Arc<dyn CycleLock>,
    /// How the owner is told.
    pub notifier: Arc<dyn Notifier>,
    /// Where alerts wait for a channel; `None` sends each at once, and one that fails is lost.
    pub alerts: Option<AlertDesk>,
}

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let advisor = self
            .advisor
            .as_ref()
            .map_or("none", |advisor| advisor.name());
        f.debug_struct("Ports")
            .field("advisor", &advisor)
            .finish_non_exhaustive()
    }
}
