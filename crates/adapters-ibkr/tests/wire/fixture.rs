//! One generated morning behind a practice gateway, and a session that trades in it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use catalyst_adapters_ibkr::{
    AccountMode, IbkrAccount, IbkrCatalog, IbkrConfig, IbkrGateway, IbkrMarketData, IbkrNews,
    IbkrSession, OrderExchange,
};
use catalyst_adapters_sim::config::SimConfig;
use catalyst_adapters_sim::faces::{SimClock, SimMarketData};
use catalyst_adapters_sim::generator::Generator;
use catalyst_adapters_sim::world::{SimWorld, Tape, WorldSetup};
use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::market::Quote;
use catalyst_domain::order::{EntryIdea, EntryIntent, EntryKind};
use catalyst_domain::price::Price;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::side::Side;
use catalyst_ports::account::AccountBook;
use catalyst_ports::market_data::MarketData as _;
use catalyst_ports::order_gateway::OrderGateway;
use catalyst_testkit::builders::{ViewBuilder, a_moment, a_view, hkd, shares, symbol};
use catalyst_testkit::contract::order_gateway::GatewayHarness;
use catalyst_tws_emulator::{Emulator, EmulatorConfig, FaultScript};
use chrono::{DateTime, TimeDelta, Utc};

/// When the morning begins.
const BEGIN: &str = "2026-09-14T02:00:00Z";

/// A world with its gateway.
pub(crate) struct Morning {
    pub(crate) rules: Arc<Rulebook>,
    pub(crate) world: Arc<SimWorld>,
    pub(crate) emulator: Emulator,
}

/// A morning with a session on it.
pub(crate) struct Desk {
    pub(crate) morning: Morning,
    pub(crate) session: Arc<IbkrSession>,
    pub(crate) gateway: IbkrGateway,
    pub(crate) account: IbkrAccount,
    quote: Quote,
}

/// Any free port.
fn anywhere() -> SocketAddr {
    "127.0.0.1:0".parse().unwrap()
}

/// A gateway as `change` makes it.
pub(crate) fn a_morning(change: impl FnOnce(&mut EmulatorConfig)) -> Morning {
    let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
    let generator = Generator::of_first(Arc::clone(&rules), 5, 4).unwrap();
    let world = SimWorld::begin(WorldSetup {
        rules: Arc::clone(&rules),
        tape: Tape::Generated(generator),
        news: Vec::new(),
        config: SimConfig::pessimistic(hkd("1000000"), CommissionPlan::IbkrTiered),
        account: None,
        start: a_moment(BEGIN),
    })
    .unwrap();
    let mut config = EmulatorConfig::paper(anywhere());
    change(&mut config);
    let emulator = Emulator::start(config, Arc::clone(&world), FaultScript::none()).unwrap();
    Morning {
        rules,
        world,
        emulator,
    }
}

impl Morning {
    /// Settings that reach the gateway.
    pub(crate) fn config(&self) -> IbkrConfig {
        IbkrConfig {
            host: "127.0.0.1".into(),
            port: self.emulator.address().port(),
            client_id: 17,
            account: "DU1234567".parse().unwrap(),
            mode: AccountMode::Paper,
            connect_timeout: Duration::from_secs(5),
            call_timeout: Duration::from_secs(5),
            submit_timeout: Duration::from_secs(5),
            order_exchange: OrderExchange::Sehk,
            delayed: false,
            bars_per_ten_minutes: None,
            news_providers: vec!["SIM".parse().unwrap()],
            universe: vec![symbol("700")],
            skew_max: TimeDelta::seconds(30),
            orders_max: 50,
            repairs_max: 50,
            commission: CommissionPlan::IbkrTiered,
        }
    }

    /// A session of its own with those settings.
    pub(crate) fn session(&self, change: impl FnOnce(&mut IbkrConfig)) -> Arc<IbkrSession> {
        let mut config = self.config();
        change(&mut config);
        let clock = Arc::new(SimClock::new(Arc::clone(&self.world)));
        let session = IbkrSession::new(config, Arc::clone(&self.rules), clock);
        Arc::new(session.unwrap())
    }

    fn ticks_from(&self, price: Price, steps: i32) -> Price {
        let date = self.rules.calendar.date_of(self.world.now());
        let grid = self.rules.ticks.on(date, InstrumentKind::Equity).unwrap();
        grid.step(price, steps).unwrap().price()
    }

    /// One lot, its stop 20 ticks below the entry and its target 120 above.
    fn one_lot(&self, kind: EntryKind, entry: Price) -> EntryIntent {
        EntryIntent {
            idea: EntryIdea {
                symbol: symbol("700"),
                side: Side::Buy,
                kind,
                entry,
                stop: self.ticks_from(entry, -20),
                target: self.ticks_from(entry, 120),
            },
            shares: shares(100),
        }
    }
}

/// A morning with a session of the usual settings.
pub(crate) async fn a_desk() -> Desk {
    a_desk_with(a_morning(|_| {})).await
}

/// A session on `morning`.
pub(crate) async fn a_desk_with(morning: Morning) -> Desk {
    let market = SimMarketData::new(Arc::clone(&morning.world));
    let session = morning.session(|_| {});
    Desk {
        quote: market.quote(symbol("700")).await.unwrap(),
        gateway: IbkrGateway::new(Arc::clone(&session)),
        account: IbkrAccount::new(Arc::clone(&session)),
        session,
        morning,
    }
}

/// The faces that look at the market.
pub(crate) fn faces(session: &Arc<IbkrSession>) -> (IbkrMarketData, IbkrCatalog, IbkrNews) {
    (
        IbkrMarketData::new(Arc::clone(session)),
        IbkrCatalog::new(Arc::clone(session)),
        IbkrNews::new(Arc::clone(session)),
    )
}

#[async_trait]
impl GatewayHarness for Desk {
    fn gateway(&self) -> &dyn OrderGateway {
        &self.gateway
    }

    fn account(&self) -> &dyn AccountBook {
        &self.account
    }

    fn now(&self) -> DateTime<Utc> {
        self.morning.world.now()
    }

    fn view(&self) -> ViewBuilder {
        let mut view = a_view().at(self.now());
        view.quote = Some(self.quote);
        view
    }

    fn resting(&self) -> EntryIntent {
        let below = self.morning.ticks_from(self.quote.bid, -20);
        self.morning.one_lot(EntryKind::Limit, below)
    }

    fn trading(&self) -> EntryIntent {
        self.morning.one_lot(EntryKind::Market, self.quote.ask)
    }

    async fn pass_time(&self) {
        let later = self.now() + TimeDelta::minutes(5);
        self.morning.emulator.advance_to(later);
    }
}
