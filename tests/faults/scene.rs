//! One account behind a practice gateway, and the runs on it, each with a connection of its own.

use std::sync::Arc;
use std::time::Duration;

use catalyst_adapters_ibkr::{
    AccountMode, IbkrAccount, IbkrCatalog, IbkrConfig, IbkrGateway, IbkrMarketData, IbkrNews,
    IbkrSession, OrderExchange,
};
use catalyst_adapters_postgres::{Book, Database, FlattenFile, MarketRules};
use catalyst_adapters_sim::config::SimConfig;
use catalyst_adapters_sim::faces::{SimAccount, SimClock, SimGateway, SimMarketData};
use catalyst_adapters_sim::generator::Generator;
use catalyst_adapters_sim::no_halt::NoHalt;
use catalyst_adapters_sim::no_lock::InProcessLock;
use catalyst_adapters_sim::notifier::CollectingNotifier;
use catalyst_adapters_sim::world::{SimWorld, Tape, WorldSetup};
use catalyst_app::{Policy, Ports, run_cycle, run_guard};
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::money::Currency;
use catalyst_domain::ratio::BasisPoints;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::clock::Clock;
use catalyst_testkit::builders::hkd;
use catalyst_tws_emulator::{
    Effect, Emulator, EmulatorConfig, Fault, FaultScript, RequestKind, Trigger,
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::checked::{Checked, Lies};
use super::steps::{Phase, Plot, Step};
use crate::days::policy::policy;
use crate::days::stage::{clock, noted, purchase, script};

const ACCOUNT: &str = "DU1234567";

/// How long one call may take while something goes wrong.
pub(super) const SHORT: Duration = Duration::from_millis(200);

/// The same where nothing does.
const LONG: Duration = Duration::from_secs(5);

/// How long one run may take, whatever goes wrong.
pub(super) const RUN_MAX: Duration = Duration::from_secs(20);

/// A fault at its step, as often as it befalls.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    pub(super) step: Step,
    pub(super) effect: Effect,
    pub(super) times: u32,
}

/// What a trouble is done to.
pub(super) struct Scene {
    pub(super) plot: Plot,
    pub(super) world: Arc<SimWorld>,
    pub(super) rules: Arc<Rulebook>,
    pub(super) emulator: Emulator,
    pub(super) database: Database,
    pub(super) lies: Lies,
    pub(super) policy: Policy,
    pub(super) requests: Arc<FlattenFile>,
    _home: TempDir,
}

/// One process of the agent.
pub(super) struct Life {
    pub(super) session: Arc<IbkrSession>,
    pub(super) ports: Ports,
}

impl Scene {
    /// Ten o'clock on an ordinary Monday, with an empty journal and nothing held.
    pub(super) async fn new(rules: &Arc<Rulebook>, plot: Plot) -> Self {
        let pessimistic = SimConfig::pessimistic(hkd("2000000"), CommissionPlan::IbkrFixed);
        let participation = match plot {
            Plot::Partial => BasisPoints::new(1),
            Plot::Closes | Plot::Flattens | Plot::Asked | Plot::Repairs => {
                pessimistic.participation
            }
        };
        let world = SimWorld::begin(WorldSetup {
            rules: Arc::clone(rules),
            tape: Tape::Generated(Generator::of_first(Arc::clone(rules), 5, 1).unwrap()),
            news: Vec::new(),
            config: SimConfig {
                participation,
                ..pessimistic
            },
            account: None,
            start: rules
                .calendar
                .at("2026-09-14".parse().unwrap(), clock("10:00")),
        })
        .unwrap();
        let config = EmulatorConfig::paper("127.0.0.1:0".parse().unwrap());
        let home = tempfile::tempdir().unwrap();
        let market = MarketRules {
            calendar: Arc::new(rules.calendar.clone()),
            ticks: Arc::new(rules.ticks.clone()),
            currency: Currency::Hkd,
        };
        Self {
            plot,
            emulator: Emulator::start(config, Arc::clone(&world), FaultScript::none()).unwrap(),
            world,
            rules: Arc::clone(rules),
            database: Database::in_memory(market).await.unwrap(),
            lies: Lies::default(),
            policy: policy(noted()),
            requests: Arc::new(FlattenFile::at(home.path().join("flatten"))),
            _home: home,
        }
    }

    /// Shares that the one purchase orders.
    pub(super) const fn ordered(&self) -> u64 {
        match self.plot {
            Plot::Partial => 400,
            Plot::Closes | Plot::Flattens | Plot::Asked | Plot::Repairs => 200,
        }
    }

    /// The cycle of `phase`, with what goes wrong in it. It may fail; it must end.
    pub(super) async fn cycle(
        &self,
        phase: Phase,
        trouble: Option<&Trouble>,
    ) -> Result<(), String> {
        if (self.plot, phase) == (Plot::Asked, Phase::Leaving) {
            return self.flattens(trouble).await;
        }
        let mut life = self.life(SHORT).await;
        let (slot, calls) = match phase {
            Phase::Buying => ("10:00", self.buys().await),
            Phase::Leaving => ("10:30", self.leaves()),
        };
        life.ports.advisor = Some(script(&calls));
        self.emulator.set_faults(self.faults(phase, trouble));
        let run = run_cycle(&life.ports, &self.policy, &self.rules, clock(slot));
        let ended = tokio::time::timeout(RUN_MAX, run).await;
        life.session.close().await;
        let ended = ended.map_err(|_elapsed| format!("the cycle of {phase:?} does not end"))?;
        match (trouble, ended) {
            (None, Err(failure)) => Err(format!("undisturbed {phase:?} failed: {failure:?}")),
            _ => Ok(()),
        }
    }

    pub(super) fn faults(&self, phase: Phase, trouble: Option<&Trouble>) -> FaultScript {
        let mut faults = Vec::new();
        if let Some(trouble) = trouble.filter(|trouble| trouble.step.phase == phase) {
            faults.push(Fault {
                on: trouble.step.trigger,
                after: trouble.step.after,
                times: trouble.times,
                effect: trouble.effect.clone(),
            });
        }
        if self.plot == Plot::Repairs && phase == Phase::Buying {
            faults.push(Fault {
                on: Trigger::Request(RequestKind::PlaceOrder),
                after: 2,
                times: 1,
                effect: Effect::RejectStop,
            });
        }
        FaultScript { faults }
    }

    /// A guard of a process to which nothing happens.
    pub(super) async fn guard(&self) -> Result<(), String> {
        self.emulator.set_faults(FaultScript::none());
        let life = self.life(LONG).await;
        let swept = run_guard(&life.ports, &self.policy, &self.rules, clock("11:00")).await;
        life.session.close().await;
        swept
            .map(|_| ())
            .map_err(|failure| format!("the guard failed: {failure:?}"))
    }

    /// Lets time pass.
    pub(super) fn later(&self, minutes: i64) {
        let moment = self.world.now() + TimeDelta::minutes(minutes);
        self.emulator.advance_to(moment);
    }

    async fn buys(&self) -> Vec<Value> {
        let market = &SimMarketData::new(Arc::clone(&self.world));
        let look = |tool| json!({"tool": tool, "input": {"symbol": "700"}});
        let mut calls = vec![look("get_quote"), look("get_technicals")];
        calls.extend(purchase(market, self.world.now(), &self.rules, self.ordered()).await);
        calls
    }

    fn leaves(&self) -> Vec<Value> {
        vec![match self.plot {
            Plot::Flattens => json!({"tool": "close_all", "input": {"reason": "for the test"}}),
            Plot::Closes | Plot::Partial | Plot::Asked | Plot::Repairs => {
                json!({"tool": "close_position", "input": {"symbol": "700", "reason": "for the test"}})
            }
        }]
    }

    /// A process that has just started.
    pub(super) async fn life(&self, patience: Duration) -> Life {
        let time: Arc<dyn Clock> = Arc::new(SimClock::new(Arc::clone(&self.world)));
        let session = IbkrSession::new(
            self.config(patience),
            Arc::clone(&self.rules),
            Arc::clone(&time),
        );
        let session = Arc::new(session.unwrap());
        let account = Book::Account(ACCOUNT.to_owned());
        let journal = self
            .database
            .book(&account, self.world.now())
            .await
            .unwrap();
        let ports = Ports {
            clock: time,
            market: Arc::new(IbkrMarketData::new(Arc::clone(&session))),
            catalog: Arc::new(IbkrCatalog::new(Arc::clone(&session))),
            account: Arc::new(Checked {
                wired: IbkrAccount::new(Arc::clone(&session)),
                truth: SimAccount::new(Arc::clone(&self.world)),
                lies: Arc::clone(&self.lies),
            }),
            gateway: Arc::new(Checked {
                wired: IbkrGateway::new(Arc::clone(&session)),
                truth: SimGateway::new(Arc::clone(&self.world)),
                lies: Arc::clone(&self.lies),
            }),
            advisor: None,
            news: Arc::new(IbkrNews::new(Arc::clone(&session))),
            journal: Arc::new(journal.alone()),
            halt: Arc::new(NoHalt),
            requests: Arc::<FlattenFile>::clone(&self.requests),
            stop: Arc::new(NoHalt),
            lock: Arc::new(InProcessLock::new()),
            notifier: Arc::new(CollectingNotifier::new()),
            alerts: None,
        };
        Life { session, ports }
    }

    fn config(&self, patience: Duration) -> IbkrConfig {
        IbkrConfig {
            host: "127.0.0.1".into(),
            port: self.emulator.address().port(),
            client_id: 17,
            account: ACCOUNT.parse().unwrap(),
            mode: AccountMode::Paper,
            connect_timeout: patience,
            call_timeout: patience,
            submit_timeout: patience,
            order_exchange: OrderExchange::Sehk,
            delayed: false,
            bars_per_ten_minutes: None,
            news_providers: Vec::new(),
            universe: Vec::new(),
            skew_max: TimeDelta::seconds(30),
            orders_max: 50,
            repairs_max: 50,
            commission: CommissionPlan::IbkrFixed,
        }
    }
}
