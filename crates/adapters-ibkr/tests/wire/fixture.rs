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
use catalyst_adapters_sim::faces::{SimAccount, SimClock, SimGateway, SimMarketData};
use catalyst_adapters_sim::generator::Generator;
use catalyst_adapters_sim::headlines::parse_headlines;
use catalyst_adapters_sim::world::{SimWorld, Tape, WorldSetup};
use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::market::Quote;
use catalyst_domain::order::{
    EntryIdea, EntryIntent, EntryKind, ExitCause, ExitIntent, ExitKind, Leg, OrderIntent,
    OrderTicket, ProtectIntent,
};
use catalyst_domain::price::Price;
use catalyst_domain::risk::{ApprovedOrder, Held, RiskDecision, RiskGate};
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::side::Side;
use catalyst_ports::account::{AccountBook, AccountSnapshot};
use catalyst_ports::market_data::MarketData as _;
use catalyst_ports::order_gateway::{OrderGateway, SubmitError};
use catalyst_testkit::builders::{
    ViewBuilder, a_cycle, a_moment, a_view, an_order, hkd, limits, shares, symbol,
};
use catalyst_testkit::contract::order_gateway::{GatewayHarness, approved};
use catalyst_tws_emulator::{
    Effect, Emulator, EmulatorConfig, Fault, FaultScript, Spoken, Trigger,
};
use chrono::{DateTime, TimeDelta, Utc};

/// Two headlines about one name, and one that is still to come.
const NEWS: &str = concat!(
    r#"{"symbol":"700","published":"2026-09-14T08:00:00+08:00","headline":"early"}"#,
    "\n",
    r#"{"symbol":"700","published":"2026-09-14T09:00:00+08:00","headline":"late"}"#,
    "\n",
    r#"{"symbol":"700","published":"2026-09-14T15:00:00+08:00","headline":"to come"}"#,
);

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
        news: parse_headlines(NEWS).unwrap(),
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

/// A fault that happens once, at the first message of its kind.
pub(crate) fn once(on: Trigger, effect: Effect) -> FaultScript {
    nth(on, 0, effect)
}

/// A fault that happens once, after so many messages of its kind.
pub(crate) fn nth(on: Trigger, after: u32, effect: Effect) -> FaultScript {
    let fault = Fault {
        on,
        after,
        times: 1,
        effect,
    };
    FaultScript {
        faults: vec![fault],
    }
}

/// An error of the broker's table.
pub(crate) fn spoken(code: i32) -> Spoken {
    Spoken {
        code,
        text: format!("words of {code}"),
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

    /// What the exchange itself has at work.
    pub(crate) async fn at_work(&self) -> Vec<OrderTicket> {
        let gateway = SimGateway::new(Arc::clone(&self.world));
        gateway.working().await.unwrap()
    }

    /// What the exchange itself says is held, and in cash.
    pub(crate) async fn truth(&self) -> AccountSnapshot {
        let account = SimAccount::new(Arc::clone(&self.world));
        account.snapshot().await.unwrap()
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

impl Desk {
    /// Buys one lot, and returns the ticket of its entry after it has filled.
    pub(crate) async fn bought(&self) -> OrderTicket {
        let order = approved(self, self.trading());
        let sent = self.gateway.submit(order, self.now()).await.unwrap();
        self.pass_time().await;
        self.gateway.ticket(sent.id).await.unwrap().unwrap()
    }

    /// The approval of a protection of one held lot, as the second order of the day.
    pub(crate) fn protection(&self) -> ApprovedOrder {
        let bid = self.quote.bid;
        let intent = OrderIntent::Protect(ProtectIntent {
            symbol: symbol("700"),
            shares: shares(100),
            stop: self.morning.ticks_from(bid, -40),
            target: Some(self.morning.ticks_from(bid, 140)),
        });
        self.reviewed(&intent, Leg::Stop)
    }

    /// The approval of a sale of one held lot at the lowest price the gate lets through.
    pub(crate) fn exit(&self) -> ApprovedOrder {
        let below = self.morning.ticks_from(self.quote.bid, -5);
        let intent = OrderIntent::Exit(ExitIntent {
            symbol: symbol("700"),
            shares: shares(100),
            kind: ExitKind::Limit(below),
            cause: ExitCause::Advisor,
        });
        self.reviewed(&intent, Leg::Exit)
    }

    fn reviewed(&self, intent: &OrderIntent, leg: Leg) -> ApprovedOrder {
        let mut view = self.view();
        view.holdings = vec![Held {
            symbol: symbol("700"),
            shares: shares(100),
            mark: Some(self.quote.bid),
        }];
        let id = an_order(a_cycle("20260914-1000.1"), 2, leg);
        match RiskGate::new(limits()).review(intent, &view.view(), id) {
            RiskDecision::Approved(order) => order,
            RiskDecision::Refused(refusal) => panic!("refused: {refusal}"),
        }
    }
}

/// Sends an entry that does not fill.
pub(crate) async fn rest(desk: &Desk) -> Result<OrderTicket, SubmitError> {
    let order = approved(desk, desk.resting());
    desk.gateway.submit(order, desk.now()).await
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
