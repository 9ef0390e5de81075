//! A practice gateway, and one home of the program that trades on it.

use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use catalyst_adapters_sim::faces::SimMarketData;
use catalyst_adapters_sim::world::SimWorld;
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::market_data::MarketData as _;
use catalyst_testkit::builders::symbol;
use catalyst_tws_emulator::{Emulator, EmulatorConfig, FaultScript};
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::journal::{Engine, Place};
use crate::days::stage::{purchase, world};
use crate::program::{Ended, Program};

/// The account of the gateway's login.
pub(crate) const ACCOUNT: &str = "DU1234567";

/// Shares that the one purchase of a stand orders.
pub(crate) const ORDERED: u64 = 200;

/// A run that takes longer than this hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// The gateway with its world, and the program.
pub(crate) struct Stand {
    pub(crate) rules: Arc<Rulebook>,
    pub(crate) world: Arc<SimWorld>,
    pub(crate) gateway: Emulator,
    pub(crate) program: Program,
    pub(crate) place: Place,
    /// The settings of the journal.
    database: String,
}

impl Stand {
    /// Ten o'clock on an ordinary Monday, with an empty journal.
    pub(crate) async fn new(rules: &Arc<Rulebook>, engine: &Engine, number: u32) -> Self {
        let config = EmulatorConfig::paper(([127, 0, 0, 1], 0).into());
        Self::with(rules, engine, number, config).await
    }

    /// The same at a gateway of this kind.
    pub(crate) async fn with(
        rules: &Arc<Rulebook>,
        engine: &Engine,
        number: u32,
        config: EmulatorConfig,
    ) -> Self {
        Self::on(rules, engine, number, ("2026-09-14", config)).await
    }

    /// The same on another day.
    pub(crate) async fn on(
        rules: &Arc<Rulebook>,
        engine: &Engine,
        number: u32,
        (date, config): (&str, EmulatorConfig),
    ) -> Self {
        let world = world(rules, date, (1, ""));
        let gateway = Emulator::start(config, Arc::clone(&world), FaultScript::none()).unwrap();
        let (program, database, place) = engine.home(number).await;
        let stand = Self {
            rules: Arc::clone(rules),
            world,
            gateway,
            program,
            place,
            database,
        };
        stand.set("");
        stand
    }

    /// Writes the settings, with `more` keys of the broker, each behind a comma.
    pub(crate) fn set(&self, more: &str) {
        let (port, database) = (self.gateway.address().port(), &self.database);
        let settings = format!(
            "clock: gateway\n\
             broker: {{name: ibkr, port: {port}, account: {ACCOUNT}{more}}}\n\
             strategy: {{entry_criteria: report}}\n{database}"
        );
        self.program.file("config/settings.yaml", &settings);
    }

    /// Puts the calls of a purchase at the present price into the script `NAME.jsonl`.
    pub(crate) async fn write_purchase(&self, name: &str) {
        self.write_purchase_of(name, ORDERED).await;
    }

    /// The same of so many shares.
    pub(crate) async fn write_purchase_of(&self, name: &str, shares: u64) {
        let market = SimMarketData::new(Arc::clone(&self.world));
        let calls = purchase(&market, self.world.now(), &self.rules, shares).await;
        self.write_script(name, &calls);
    }

    /// Puts the calls of a purchase below the market there, which waits for its fill.
    pub(crate) async fn write_patient_purchase(&self, name: &str) {
        let market = SimMarketData::new(Arc::clone(&self.world));
        let mut calls = purchase(&market, self.world.now(), &self.rules, ORDERED).await;
        let quote = market.quote(symbol("700")).await.unwrap();
        let date = self.rules.calendar.date_of(self.world.now());
        let grid = self.rules.ticks.on(date, InstrumentKind::Equity).unwrap();
        let patient = grid.step(quote.ask, -15).unwrap().to_string();
        for (call, key) in calls.iter_mut().zip(["entry_price", "limit_price"]) {
            call["input"][key] = patient.clone().into();
        }
        calls[1]["input"]["order_type"] = "limit".into();
        self.write_script(name, &calls);
    }

    /// Puts the call of an exit there.
    pub(crate) fn write_departure(&self, name: &str) {
        let leave =
            json!({"tool": "close_position", "input": {"symbol": "700", "reason": "for the test"}});
        self.write_script(name, &[leave]);
    }

    fn write_script(&self, name: &str, calls: &[Value]) {
        let lines: Vec<String> = calls.iter().map(Value::to_string).collect();
        let text = lines.join("\n") + "\n{\"finish\":\"done\"}\n";
        self.program.file(&format!("{name}.jsonl"), &text);
    }

    /// A cycle by the script, to its end.
    pub(crate) fn cycle(&self, script: &str) -> Ended {
        let advisor = format!("script:{script}.jsonl");
        self.program.catalyst(&["cycle", "--advisor", &advisor])
    }

    /// The same, just started.
    pub(crate) fn start_cycle(&self, script: &str) -> Child {
        let advisor = format!("script:{script}.jsonl");
        let mut command = self.program.command(&["cycle", "--advisor", &advisor]);
        command.stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    /// A sweep, to its end.
    pub(crate) fn guard(&self) -> Ended {
        self.program.catalyst(&["guard"])
    }

    /// Lets time pass at the exchange.
    pub(crate) fn later(&self, minutes: i64) {
        let moment = self.world.now() + TimeDelta::minutes(minutes);
        self.gateway.advance_to(moment);
    }

    /// Waits until `run` has ended or the gateway has had `messages` messages; true for the latter.
    pub(crate) fn has_heard(&self, messages: usize, run: &mut Child) -> bool {
        let begun = Instant::now();
        loop {
            if self.gateway.log().len() >= messages {
                return true;
            }
            if run.try_wait().unwrap().is_some() {
                return false;
            }
            assert!(begun.elapsed() < PATIENCE, "a run hangs");
            std::thread::yield_now();
        }
    }
}
