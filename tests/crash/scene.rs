//! One exchange and one database that outlive every run on them.

use std::sync::Arc;

use catalyst_adapters_postgres::{Database, FileLock};
use catalyst_adapters_sim::faces::{
    SimAccount, SimCatalog, SimClock, SimGateway, SimMarketData, SimNews,
};
use catalyst_adapters_sim::no_halt::NoHalt;
use catalyst_adapters_sim::notifier::CollectingNotifier;
use catalyst_adapters_sim::world::SimWorld;
use catalyst_app::{CycleError, CycleOutcome, GuardOutcome, Policy, Ports, run_cycle, run_guard};
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::account::AccountBook;
use catalyst_ports::advisor::Advisor;
use catalyst_ports::clock::Clock;
use catalyst_ports::order_gateway::OrderGateway as _;
use chrono::TimeDelta;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::engine::{Engine, Place};
use super::hook::{Act, Fate, Hook};
use super::wrap::{Desk, Hooked, Sent, Watched};
use crate::days::policy::policy;
use crate::days::stage::{clock, noted, purchase, script, world};

/// Shares that the one purchase of a scene orders.
pub(super) const ORDERED: u64 = 200;

/// What a test does things to.
pub(super) struct Scene {
    pub(super) world: Arc<SimWorld>,
    pub(super) rules: Arc<Rulebook>,
    pub(super) policy: Policy,
    pub(super) place: Place,
    pub(super) sent: Sent,
    pub(super) folder: TempDir,
}

/// One process of the agent.
pub(super) struct Life {
    pub(super) hook: Arc<Hook>,
    pub(super) ports: Ports,
    pub(super) database: Database,
}

/// Nothing happens at any point.
pub(super) fn unharmed() -> Act {
    Box::new(|_| Fate::Lives)
}

impl Scene {
    /// Ten o'clock on an ordinary Monday, with an empty journal.
    pub(super) async fn new(rules: &Arc<Rulebook>, engine: &Engine, number: u32) -> Self {
        let folder = scratch();
        Self {
            world: world(rules, "2026-09-14", (1, "")),
            rules: Arc::clone(rules),
            policy: policy(noted()),
            place: engine.place(number, &folder).await,
            sent: Sent::default(),
            folder,
        }
    }

    pub(super) fn account(&self) -> SimAccount {
        SimAccount::new(Arc::clone(&self.world))
    }

    pub(super) fn gateway(&self) -> SimGateway {
        SimGateway::new(Arc::clone(&self.world))
    }

    /// A process that has just started, with nothing but what is on the disk.
    pub(super) async fn life(&self, act: Act) -> Life {
        self.life_with(act, Arc::new(self.account())).await
    }

    /// The same with another view of the account.
    pub(super) async fn life_with(&self, act: Act, account: Arc<dyn AccountBook>) -> Life {
        let hook = Arc::new(Hook::new(act));
        let write_ahead = self.folder.path().join("write-ahead.jsonl");
        let now = self.world.now();
        let (database, journal) = self.place.open(&self.rules, write_ahead, now).await;
        let time: Arc<dyn Clock> = Arc::new(SimClock::new(Arc::clone(&self.world)));
        let lock = FileLock::new(
            self.folder.path().join("catalyst.lock"),
            Arc::clone(&time),
            TimeDelta::minutes(6),
        );
        let desk = Desk {
            inner: self.gateway(),
            sent: Arc::clone(&self.sent),
        };
        let ports = Ports {
            clock: Arc::new(Hooked {
                inner: time,
                hook: Arc::clone(&hook),
            }),
            market: Arc::new(SimMarketData::new(Arc::clone(&self.world))),
            catalog: Arc::new(SimCatalog::new(Arc::clone(&self.world))),
            account: Arc::new(Hooked {
                inner: Watched(account),
                hook: Arc::clone(&hook),
            }),
            gateway: Arc::new(Hooked {
                inner: desk,
                hook: Arc::clone(&hook),
            }),
            advisor: None,
            news: Arc::new(SimNews::new(Arc::clone(&self.world))),
            halt: Arc::new(NoHalt),
            requests: Arc::new(NoHalt),
            stop: Arc::new(NoHalt),
            journal: Arc::new(Hooked {
                inner: journal,
                hook: Arc::clone(&hook),
            }),
            lock: Arc::new(lock),
            notifier: Arc::new(CollectingNotifier::new()),
            alerts: None,
        };
        Life {
            hook,
            ports,
            database,
        }
    }

    /// Lets time pass.
    pub(super) fn later(&self, minutes: i64) {
        let moment = self.world.now() + TimeDelta::minutes(minutes);
        self.world.advance_to(moment).unwrap();
    }

    /// A cycle of `life` in which the advisor makes these calls; `None` when it was killed.
    pub(super) async fn cycle(
        &self,
        life: &mut Life,
        slot: &str,
        calls: &[Value],
    ) -> Option<Result<CycleOutcome, CycleError>> {
        let advisor: Arc<dyn Advisor> = script(calls);
        life.ports.advisor = Some(advisor);
        let run = run_cycle(&life.ports, &self.policy, &self.rules, clock(slot));
        life.hook.watch(run).await
    }

    /// A guard of `life`; `None` when it was killed.
    pub(super) async fn guard(
        &self,
        life: &Life,
        slot: &str,
    ) -> Option<Result<GuardOutcome, CycleError>> {
        let run = run_guard(&life.ports, &self.policy, &self.rules, clock(slot));
        life.hook.watch(run).await
    }

    /// What buys.
    pub(super) async fn purchase(&self, life: &Life) -> Vec<Value> {
        let market = life.ports.market.as_ref();
        purchase(market, self.world.now(), &self.rules, ORDERED).await
    }

    /// Shares held, and those of them under a working stop.
    pub(super) async fn held_and_guarded(&self) -> (u64, u64) {
        let account = self.account().snapshot().await.unwrap();
        let held = account.positions.first();
        let working = self.gateway().working().await.unwrap();
        let symbol = catalyst_testkit::builders::symbol("700");
        let guarded = catalyst_domain::reconcile::guarded_shares(symbol, &working);
        (held.map_or(0, |held| held.shares.count()), guarded.count())
    }
}

/// A folder in memory where there is one: runs die here, machines do not, and a disk that makes every
/// commit durable takes its time.
fn scratch() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_none| tempfile::tempdir())
        .unwrap()
}

/// What leaves.
pub(super) fn departure() -> Vec<Value> {
    vec![json!({"tool": "close_position", "input": {"symbol": "700", "reason": "for the test"}})]
}
