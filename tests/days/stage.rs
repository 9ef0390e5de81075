//! A generated morning in process: the app over the simulated exchange, with a journal that can
//! refuse intents and a gateway that counts what it is sent.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use catalyst_adapters_sim::advisor::ScriptAdvisor;
use catalyst_adapters_sim::config::SimConfig;
use catalyst_adapters_sim::faces::{
    SimAccount, SimCatalog, SimClock, SimGateway, SimMarketData, SimNews,
};
use catalyst_adapters_sim::generator::Generator;
use catalyst_adapters_sim::headlines::parse_headlines;
use catalyst_adapters_sim::memory_journal::MemoryJournal;
use catalyst_adapters_sim::no_halt::NoHalt;
use catalyst_adapters_sim::no_lock::InProcessLock;
use catalyst_adapters_sim::notifier::CollectingNotifier;
use catalyst_adapters_sim::world::{SimWorld, Tape, WorldSetup};
use catalyst_app::{CycleError, CycleOutcome, GuardOutcome, Policy, Ports, run_cycle, run_guard};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::money::Currency;
use catalyst_domain::order::{ClientOrderId, CycleId, Leg, OrderTicket};
use catalyst_domain::reconcile::{ForeignOrder, guarded_shares};
use catalyst_domain::risk::{ApprovedOrder, EntryCriteria, RawLimits};
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::advisor::Advisor;
use catalyst_ports::journal::{
    CycleRecord, CycleStart, DayJournal, IntentRecord, Journal, JournalEntry, JournalError,
    Spending, SpendingBook,
};
use catalyst_ports::market_data::MarketData;
use catalyst_ports::order_gateway::{GatewayError, OrderGateway, SubmitError};
use catalyst_testkit::builders::{hkd, symbol};
use chrono::{DateTime, NaiveTime, Utc};
use serde_json::{Value, json};

use super::policy::policy;

/// A journal in memory that can be told to refuse intents.
#[derive(Debug)]
pub(crate) struct WatchedJournal {
    pub(crate) inner: MemoryJournal,
    pub(crate) refuses_intents: AtomicBool,
    /// True while it cannot tell what advice has cost.
    pub(crate) hides_spending: AtomicBool,
    kept: Mutex<Vec<JournalEntry>>,
}

impl WatchedJournal {
    /// Every entry so far, in order.
    pub(crate) fn kept(&self) -> Vec<JournalEntry> {
        self.kept.lock().unwrap().clone()
    }
}

#[async_trait]
impl SpendingBook for WatchedJournal {
    async fn spending(&self, date: TradingDate, advisor: &str) -> Result<Spending, JournalError> {
        if self.hides_spending.load(Ordering::Relaxed) {
            let source = "the pages stick together".into();
            return Err(JournalError { source });
        }
        self.inner.spending(date, advisor).await
    }
}

#[async_trait]
impl Journal for WatchedJournal {
    async fn open(&self, start: CycleStart) -> Result<CycleId, JournalError> {
        self.inner.open(start).await
    }

    async fn record(&self, cycle: CycleId, entries: Vec<JournalEntry>) -> Result<(), JournalError> {
        let intends = |entry: &JournalEntry| matches!(entry, JournalEntry::Intent(_));
        if self.refuses_intents.load(Ordering::Relaxed) && entries.iter().any(intends) {
            let source = "the disk is full".into();
            return Err(JournalError { source });
        }
        self.kept.lock().unwrap().extend(entries.iter().cloned());
        self.inner.record(cycle, entries).await
    }

    async fn close(
        &self,
        record: CycleRecord,
        entries: Vec<JournalEntry>,
    ) -> Result<(), JournalError> {
        self.kept.lock().unwrap().extend(entries.iter().cloned());
        self.inner.close(record, entries).await
    }

    async fn unsettled(&self) -> Result<Vec<IntentRecord>, JournalError> {
        self.inner.unsettled().await
    }

    async fn day(&self, date: TradingDate) -> Result<Arc<DayJournal>, JournalError> {
        self.inner.day(date).await
    }
}

/// The simulated order desk, counting every call.
#[derive(Debug)]
pub(crate) struct CountingGateway {
    inner: SimGateway,
    pub(crate) submitted: AtomicU32,
    pub(crate) touched: AtomicU32,
    /// Orders of the owner's own hand.
    pub(crate) foreign: Mutex<Vec<ForeignOrder>>,
    /// True once the broker shows no ended orders any more.
    pub(crate) forgets: AtomicBool,
    /// True while the broker shows no order at all.
    pub(crate) hides: AtomicBool,
    /// True while the broker ends nothing that it is asked to.
    pub(crate) keeps: AtomicBool,
    /// True while the broker takes no exit.
    pub(crate) refuses_exits: AtomicBool,
}

impl CountingGateway {
    fn touch(&self) {
        self.touched.fetch_add(1, Ordering::Relaxed);
    }
}

#[async_trait]
impl OrderGateway for CountingGateway {
    async fn submit(
        &self,
        order: ApprovedOrder,
        now: DateTime<Utc>,
    ) -> Result<OrderTicket, SubmitError> {
        self.touch();
        self.submitted.fetch_add(1, Ordering::Relaxed);
        if self.refuses_exits.load(Ordering::Relaxed) && order.id().leg() == Leg::Exit {
            let reason = "no exit is taken".to_owned();
            return Err(SubmitError::Rejected { reason });
        }
        self.inner.submit(order, now).await
    }

    async fn cancel(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        self.touch();
        if self.keeps.load(Ordering::Relaxed) {
            return self.inner.ticket(id).await;
        }
        self.inner.cancel(id).await
    }

    async fn ticket(&self, id: ClientOrderId) -> Result<Option<OrderTicket>, GatewayError> {
        self.touch();
        if self.hides.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let ticket = self.inner.ticket(id).await?;
        let forgets = self.forgets.load(Ordering::Relaxed);
        if forgets && ticket.is_none_or(|ticket| !ticket.status.is_alive()) {
            return Err(GatewayError::OutOfSight);
        }
        Ok(ticket)
    }

    async fn working(&self) -> Result<Vec<OrderTicket>, GatewayError> {
        self.touch();
        if self.hides.load(Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        self.inner.working().await
    }

    async fn foreign(&self) -> Result<Vec<ForeignOrder>, GatewayError> {
        Ok(self.foreign.lock().unwrap().clone())
    }
}

/// The agent on a generated day.
pub(crate) struct Stage {
    pub(crate) world: Arc<SimWorld>,
    pub(crate) journal: Arc<WatchedJournal>,
    pub(crate) gateway: Arc<CountingGateway>,
    pub(crate) lock: InProcessLock,
    pub(crate) ports: Ports,
    pub(crate) policy: Policy,
    pub(crate) rules: Arc<Rulebook>,
}

/// The owner's limits with the entry criteria only noted, so that days without news trade.
pub(crate) fn noted() -> RawLimits {
    RawLimits {
        entry_criteria: EntryCriteria::Report,
        ..RawLimits::owner()
    }
}

pub(crate) fn clock(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

/// Ten o'clock on `date` in a generated world of as many names, with these headlines beside the
/// generated ones, and a million dollars.
pub(crate) fn world(
    rules: &Arc<Rulebook>,
    date: &str,
    (names, news): (usize, &str),
) -> Arc<SimWorld> {
    let generator = Generator::of_first(Arc::clone(rules), 5, names).unwrap();
    SimWorld::begin(WorldSetup {
        rules: Arc::clone(rules),
        tape: Tape::Generated(generator),
        news: parse_headlines(news).unwrap(),
        config: SimConfig::pessimistic(hkd("1000000"), CommissionPlan::IbkrFixed),
        account: None,
        start: rules.calendar.at(date.parse().unwrap(), clock("10:00")),
    })
    .unwrap()
}

/// Check and execution of a purchase of 00700 at market, fitting the present quote.
pub(crate) async fn purchase(
    market: &dyn MarketData,
    now: DateTime<Utc>,
    rules: &Rulebook,
    shares: u64,
) -> Vec<Value> {
    let quote = market.quote(symbol("700")).await.unwrap();
    let date = rules.calendar.date_of(now);
    let grid = rules.ticks.on(date, InstrumentKind::Equity).unwrap();
    let away = |steps| grid.step(quote.ask, steps).unwrap().to_string();
    let (stop, target) = (away(-20), away(120));
    vec![
        json!({"tool": "check_risk", "input": {"symbol": "700", "side": "buy",
            "quantity": shares, "entry_price": quote.ask.to_string(),
            "stop_loss": stop, "take_profit": target}}),
        json!({"tool": "execute_trade", "input": {"symbol": "700", "side": "buy",
            "quantity": shares, "order_type": "market", "stop_loss": stop,
            "take_profit": target, "reason": "for the test"}}),
    ]
}

/// An advisor that makes these calls, each in a turn of its own, and is done.
pub(crate) fn script(calls: &[Value]) -> Arc<ScriptAdvisor> {
    let lines: Vec<String> = calls.iter().map(Value::to_string).collect();
    let text = lines.join("\n") + "\n{\"finish\":\"done\"}";
    Arc::new(ScriptAdvisor::parse(&text).unwrap())
}

impl Stage {
    /// Ten o'clock on an ordinary Monday.
    pub(crate) fn monday() -> Self {
        Self::on("2026-09-14", noted())
    }

    /// Ten o'clock on `date`, four generated symbols, a million dollars.
    pub(crate) fn on(date: &str, limits: RawLimits) -> Self {
        Self::staged(date, limits, (4, ""))
    }

    /// The same with as many generated symbols.
    pub(crate) fn with_names(date: &str, limits: RawLimits, names: usize) -> Self {
        Self::staged(date, limits, (names, ""))
    }

    /// The same with these headlines beside the generated ones, as a news file has them.
    pub(crate) fn with_news(date: &str, limits: RawLimits, news: &str) -> Self {
        Self::staged(date, limits, (4, news))
    }

    fn staged(date: &str, limits: RawLimits, (names, news): (usize, &str)) -> Self {
        let market = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
        let world = world(&market, date, (names, news));
        let calendar = Arc::new(market.calendar.clone());
        let journal = Arc::new(WatchedJournal {
            inner: MemoryJournal::new(Currency::Hkd, calendar),
            refuses_intents: AtomicBool::new(false),
            hides_spending: AtomicBool::new(false),
            kept: Mutex::default(),
        });
        let gateway = Arc::new(CountingGateway {
            inner: SimGateway::new(Arc::clone(&world)),
            submitted: AtomicU32::new(0),
            touched: AtomicU32::new(0),
            foreign: Mutex::default(),
            forgets: AtomicBool::new(false),
            hides: AtomicBool::new(false),
            keeps: AtomicBool::new(false),
            refuses_exits: AtomicBool::new(false),
        });
        let lock = InProcessLock::new();
        let ports = Ports {
            clock: Arc::new(SimClock::new(Arc::clone(&world))),
            market: Arc::new(SimMarketData::new(Arc::clone(&world))),
            catalog: Arc::new(SimCatalog::new(Arc::clone(&world))),
            account: Arc::new(SimAccount::new(Arc::clone(&world))),
            gateway: Arc::<CountingGateway>::clone(&gateway),
            advisor: None,
            news: Arc::new(SimNews::new(Arc::clone(&world))),
            journal: Arc::<WatchedJournal>::clone(&journal),
            halt: Arc::new(NoHalt),
            requests: Arc::new(NoHalt),
            stop: Arc::new(NoHalt),
            lock: Arc::new(lock.clone()),
            notifier: Arc::new(CollectingNotifier::new()),
            alerts: None,
        };
        Self {
            world,
            journal,
            gateway,
            lock,
            ports,
            policy: policy(limits),
            rules: market,
        }
    }

    pub(crate) fn date(&self) -> TradingDate {
        self.rules.calendar.date_of(self.world.now())
    }

    /// Moves the world to a time of its day.
    pub(crate) fn at(&self, time: &str) {
        let moment = self.rules.calendar.at(self.date(), clock(time));
        self.world.advance_to(moment).unwrap();
    }

    /// Check and execution of a purchase of 00700 at market, fitting the present quote.
    pub(crate) async fn purchase(&self, shares: u64) -> Vec<Value> {
        let market = self.ports.market.as_ref();
        purchase(market, self.world.now(), &self.rules, shares).await
    }

    /// A cycle in which the advisor makes these calls, each in a turn of its own.
    pub(crate) async fn cycle(
        &mut self,
        slot: &str,
        calls: &[Value],
    ) -> Result<CycleOutcome, CycleError> {
        self.advised(slot, script(calls)).await
    }

    pub(crate) async fn advised(
        &mut self,
        slot: &str,
        advisor: Arc<dyn Advisor>,
    ) -> Result<CycleOutcome, CycleError> {
        self.ports.advisor = Some(advisor);
        run_cycle(&self.ports, &self.policy, &self.rules, clock(slot)).await
    }

    pub(crate) async fn guard(&self, slot: &str) -> GuardOutcome {
        let ran = run_guard(&self.ports, &self.policy, &self.rules, clock(slot)).await;
        ran.unwrap()
    }

    /// Shares of 00700 at the broker, and those of them under a working stop.
    pub(crate) async fn held_and_guarded(&self) -> (u64, u64) {
        let account = self.ports.account.snapshot().await.unwrap();
        let held = account.positions.first();
        let held = held.map_or(0, |position| position.shares.count());
        let working = self.ports.gateway.working().await.unwrap();
        (held, guarded_shares(symbol("700"), &working).count())
    }

    pub(crate) async fn day(&self) -> DayJournal {
        Arc::unwrap_or_clone(self.journal.day(self.date()).await.unwrap())
    }

    pub(crate) fn submitted(&self) -> u32 {
        self.gateway.submitted.load(Ordering::Relaxed)
    }
}
