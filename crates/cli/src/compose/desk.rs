//! The broker of a real run: the built-in exchange with the account of the state folder, or Interactive
//! Brokers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalyst_adapters_ibkr::{
    AccountMode, IbkrAccount, IbkrCatalog, IbkrConfig, IbkrGateway, IbkrMarketData, IbkrNews,
    IbkrSession, OrderExchange, PracticeClock, ProviderCode,
};
use catalyst_adapters_sim::no_halt::NoHalt;
use catalyst_adapters_sim::no_lock::InProcessLock;
use catalyst_adapters_sim::world::SimWorld;
use catalyst_app::Ports;
use catalyst_domain::index::IndexName;
use catalyst_domain::risk::FeedPolicy;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::clock::Clock;
use catalyst_ports::journal::Journal;
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use super::account_file::{save_account, saved_account};
use super::journal::SIM_ACCOUNT;
use super::{Begins, ComposeError, generated_tape, quiet, saving_gateway, sim_ports, world};
use crate::commands::real_now;
use crate::settings::{Broker, BrokerSettings, ClockChoice, OrderRoute, Settings, TradingMode};
use crate::standing_clock::StandingClock;
use crate::system_clock::SystemClock;

/// How far the gateway's clock and the agent's may be apart.
pub(super) const SKEW_MAX: TimeDelta = TimeDelta::seconds(30);

/// Requests for bars that the broker answers in ten minutes.
const BARS_PER_TEN_MINUTES: u32 = 60;

/// The name of the account that `broker` trades.
pub(crate) fn account_name(
    settings: &BrokerSettings,
    broker: Broker,
) -> Result<&str, ComposeError> {
    match broker {
        Broker::Sim => Ok(SIM_ACCOUNT),
        Broker::Ibkr => settings.account.as_deref().ok_or(ComposeError::NoAccount),
    }
}

/// Whose time a real run lives in; `at` is for the built-in exchange only.
pub(crate) async fn run_clock(
    settings: &Settings,
    broker: Broker,
    at: Option<DateTime<FixedOffset>>,
) -> Result<Arc<dyn Clock>, ComposeError> {
    if broker == Broker::Ibkr {
        ibkr_config(settings, Vec::new())?.check()?;
    }
    let settings = &settings.broker;
    match (broker, at, settings.clock) {
        (Broker::Ibkr, Some(_), _) => Err(ComposeError::MomentAtBroker),
        (Broker::Sim, _, ClockChoice::Gateway) => Err(ComposeError::ClockOfNobody),
        (Broker::Sim, at, ClockChoice::Real) => Ok(Arc::new(StandingClock(
            at.map_or_else(real_now, |at| at.to_utc()),
        ))),
        (Broker::Ibkr, None, ClockChoice::Real) => Ok(Arc::new(SystemClock)),
        (Broker::Ibkr, None, ClockChoice::Gateway) => {
            let address = format!("{}:{}", settings.host, settings.port);
            match PracticeClock::connect(&address).await {
                Ok(clock) => Ok(Arc::new(clock)),
                Err(source) => Err(ComposeError::GatewayClock { address, source }),
            }
        }
    }
}

/// Where the simulated account stands; `None` for another broker, before it has begun, and where it cannot
/// be read, which keeps no hand from halting.
pub(crate) fn account_moment(broker: Broker, state: &Path) -> Option<DateTime<Utc>> {
    match broker {
        Broker::Sim => saved_account(state)
            .ok()?
            .map(|account| account.lived_until()),
        Broker::Ibkr => None,
    }
}

/// The broker, reached and ready.
pub(crate) enum Desk {
    /// The built-in exchange; its account is kept in the folder.
    Sim {
        /// The world with its exchange.
        world: Arc<SimWorld>,
        /// The state folder.
        state: PathBuf,
    },
    /// Interactive Brokers.
    Ibkr {
        /// The connection, made at the first question.
        session: Arc<IbkrSession>,
        /// Whose time counts.
        clock: Arc<dyn Clock>,
    },
}

impl Desk {
    /// Opens the broker. The connection to Interactive Brokers is made at the first question, so that a
    /// gateway that is away is a failed run with its record, and not no run.
    pub(crate) fn open(
        settings: &Settings,
        rules: &Arc<Rulebook>,
        state: &Path,
        broker: Broker,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, ComposeError> {
        match broker {
            Broker::Sim => {
                let tape = generated_tape(settings, settings.sim.seed, &[], rules)?;
                let begins = Begins {
                    at: clock.now(),
                    account: saved_account(state)?,
                    cash: None,
                };
                Ok(Self::Sim {
                    world: world(settings, rules, tape, Vec::new(), begins)?,
                    state: state.to_owned(),
                })
            }
            Broker::Ibkr => {
                let config = ibkr_config(settings, universe(rules, clock.now()))?;
                let clock = Arc::clone(clock);
                let session = IbkrSession::new(config, Arc::clone(rules), Arc::clone(&clock))?;
                let session = Arc::new(session);
                Ok(Self::Ibkr { session, clock })
            }
        }
    }

    /// The broker as it is now, for somebody who only looks; `None` while the simulated account has not
    /// begun. Interactive Brokers is asked under a number of its own, so that no run is in the way.
    pub(crate) async fn to_look_at(
        settings: &Settings,
        rules: &Arc<Rulebook>,
        state: &Path,
    ) -> Result<Option<Self>, ComposeError> {
        let broker = settings.broker.name;
        let clock: Arc<dyn Clock> = match broker {
            Broker::Ibkr => run_clock(settings, broker, None).await?,
            Broker::Sim => match saved_account(state)? {
                None => return Ok(None),
                Some(account) => Arc::new(StandingClock(account.lived_until())),
            },
        };
        let mut settings = settings.clone();
        settings.broker.client_id += 1;
        Self::open(&settings, rules, state, broker, &clock).map(Some)
    }

    /// The ports over it, without an advisor and with the broker's own headlines.
    pub(crate) fn ports(&self, journal: Arc<dyn Journal>) -> Ports {
        match self {
            Self::Sim { world, state } => {
                let ports = sim_ports(world, None, journal, quiet());
                Ports {
                    gateway: saving_gateway(world, state),
                    ..ports
                }
            }
            Self::Ibkr { session, clock } => ibkr_ports(session, clock, journal),
        }
    }

    /// The connection, where the broker is Interactive Brokers.
    pub(crate) fn session(&self) -> Option<&IbkrSession> {
        match self {
            Self::Sim { .. } => None,
            Self::Ibkr { session, .. } => Some(session),
        }
    }

    /// Keeps the simulated account, or hangs up.
    pub(crate) async fn leave(self) -> Result<(), ComposeError> {
        if let Self::Sim { world, state } = &self {
            save_account(state, world)?;
        }
        self.hang_up().await;
        Ok(())
    }

    /// Ends the connection, if it is one; keeps nothing.
    pub(crate) async fn hang_up(self) {
        match self {
            Self::Sim { .. } => {}
            Self::Ibkr { session, .. } => session.close().await,
        }
    }
}

/// The ports over a connection. Whoever needs to keep other processes out holds the file lock already.
pub(super) fn ibkr_ports(
    session: &Arc<IbkrSession>,
    clock: &Arc<dyn Clock>,
    journal: Arc<dyn Journal>,
) -> Ports {
    Ports {
        clock: Arc::clone(clock),
        market: Arc::new(IbkrMarketData::new(Arc::clone(session))),
        catalog: Arc::new(IbkrCatalog::new(Arc::clone(session))),
        account: Arc::new(IbkrAccount::new(Arc::clone(session))),
        gateway: Arc::new(IbkrGateway::new(Arc::clone(session))),
        advisor: None,
        news: Arc::new(IbkrNews::new(Arc::clone(session))),
        journal,
        halt: Arc::new(NoHalt),
        requests: Arc::new(NoHalt),
        stop: Arc::new(NoHalt),
        lock: Arc::new(InProcessLock::new()),
        notifier: quiet(),
        alerts: None,
    }
}

fn ibkr_config(settings: &Settings, universe: Vec<Symbol>) -> Result<IbkrConfig, ComposeError> {
    let broker = &settings.broker;
    let account = account_name(broker, Broker::Ibkr)?.parse();
    let account = account.map_err(ComposeError::NoSuchAccount)?;
    let practice = broker.clock == ClockChoice::Gateway;
    let providers = settings.news.providers.iter();
    let providers = providers.map(|code| code.parse());
    let mut providers: Vec<ProviderCode> = providers.collect::<Result<_, _>>()?;
    if practice && providers.is_empty() {
        providers = practice_news()?;
    }
    Ok(IbkrConfig {
        host: broker.host.as_str().into(),
        port: broker.port,
        client_id: broker.client_id,
        account,
        mode: match broker.mode {
            TradingMode::Paper => AccountMode::Paper,
            TradingMode::Live => AccountMode::Live,
        },
        connect_timeout: broker.connect_timeout,
        call_timeout: broker.answer_timeout,
        submit_timeout: broker.order_timeout,
        order_exchange: match broker.route {
            OrderRoute::Sehk => OrderExchange::Sehk,
            OrderRoute::Smart => OrderExchange::Smart,
        },
        delayed: settings.limits.feed_policy() == FeedPolicy::DelayedAccepted,
        bars_per_ten_minutes: (!practice).then_some(BARS_PER_TEN_MINUTES),
        news_providers: providers,
        universe,
        skew_max: SKEW_MAX,
        orders_max: broker.orders_max,
        repairs_max: settings.orders.repairs_max,
        commission: settings.orders.commission,
    })
}

/// The one provider of headlines at a practice gateway.
pub(super) fn practice_news() -> Result<Vec<ProviderCode>, ComposeError> {
    Ok(vec!["SIM".parse()?])
}

/// The names to look at where the scanner has none: the members of every index that is known for the day.
fn universe(rules: &Rulebook, now: DateTime<Utc>) -> Vec<Symbol> {
    let date = rules.calendar.date_of(now);
    let known = [IndexName::Hsi, IndexName::Hscei, IndexName::Hstech]
        .into_iter()
        .filter_map(|index| rules.members.members(index, date).ok());
    let names: BTreeSet<Symbol> = known.flatten().collect();
    names.into_iter().collect()
}
