//! The deaths: a run is held at its first message and killed, at its second, and so on; then at moments
//! that chance picks. After each a new run finds out.

use std::sync::Arc;
use std::time::{Duration, Instant};

use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;
use catalyst_tws_emulator::{Effect, Fault, FaultScript, Received, RequestKind, Trigger};

use super::journal::Engine;
use super::stand::Stand;

/// Deaths on each engine at least.
const DEATHS_MIN: u32 = 200;

/// Seed of the moments of chance.
const SEED: u64 = 20_260_914;

/// What the run does that is killed.
#[derive(Debug, Clone, Copy)]
enum Plot {
    /// It buys, and the purchase fills.
    Buys,
    /// It leaves what an earlier run has bought.
    Closes,
}

/// How the message is met at which the run dies.
#[derive(Debug, Clone, Copy)]
enum Met {
    /// It is lost.
    Lost,
    /// It is handled, and its answer is not sent.
    Handled,
}

/// One engine's deaths, counted.
struct Deaths<'a> {
    rules: Arc<Rulebook>,
    engine: &'a Engine,
    name: &'static str,
    stands: u32,
    killed: u32,
}

impl Deaths<'_> {
    async fn stand(&mut self, plot: Plot) -> Stand {
        self.stands += 1;
        let stand = Stand::new(&self.rules, self.engine, self.stands).await;
        stand.write_purchase("buy").await;
        stand.write_departure("close");
        if matches!(plot, Plot::Closes) {
            let ended = stand.cycle("buy");
            assert_eq!(ended.code, Some(0), "{ended:?}");
            stand.later(2);
        }
        stand
    }

    /// The messages of a run that lives.
    async fn unharmed(&mut self, plot: Plot) -> (Vec<Received>, Duration) {
        let stand = self.stand(plot).await;
        let before = stand.gateway.log().len();
        let begun = Instant::now();
        let ended = stand.cycle(script(plot));
        let took = begun.elapsed();
        assert_eq!(ended.code, Some(0), "{plot:?}: {ended:?}");
        stand.assert_whole(&format!("{plot:?} unharmed")).await;
        (stand.gateway.log().split_off(before), took)
    }

    /// Kills a run at each of its messages.
    async fn at_every_message(&mut self, plot: Plot) -> Duration {
        let (messages, took) = self.unharmed(plot).await;
        for (place, message) in messages.iter().enumerate() {
            let kind = message.kind;
            let is_same = |one: &&Received| one.kind == kind;
            let after = messages.iter().take(place).filter(is_same).count();
            let after = u32::try_from(after).unwrap();
            let meetings: &[Met] = if moves(kind) {
                &[Met::Lost, Met::Handled]
            } else {
                &[Met::Handled]
            };
            for met in meetings {
                let stand = self.stand(plot).await;
                let before = stand.gateway.log().len();
                stand.gateway.set_faults(held(kind, after, *met));
                let mut run = stand.start_cycle(script(plot));
                let heard = stand.has_heard(before + place + 1, &mut run);
                self.kill(&mut run, heard);
                stand.gateway.set_faults(FaultScript::none());
                let name = self.name;
                let what = format!("{plot:?} on {name}, message {place} {kind:?} {met:?}");
                stand.recover(&what, self.stands.is_multiple_of(2)).await;
            }
        }
        took
    }

    /// Kills runs after a while that chance picks, until there were enough deaths.
    async fn at_any_moment(&mut self, plots: [(Plot, Duration); 2]) {
        let mut chance = Chance(SEED);
        while self.killed < DEATHS_MIN {
            for (plot, took) in plots {
                let stand = self.stand(plot).await;
                let wait = took.mul_f64(chance.part());
                let mut run = stand.start_cycle(script(plot));
                let begun = Instant::now();
                while begun.elapsed() < wait {
                    std::thread::yield_now();
                }
                self.kill(&mut run, true);
                let what = format!("{plot:?} on {}, after {wait:?}", self.name);
                stand.recover(&what, self.stands.is_multiple_of(2)).await;
            }
        }
    }

    fn kill(&mut self, run: &mut std::process::Child, counts: bool) {
        let was_alive = run.try_wait().unwrap().is_none();
        run.kill().unwrap();
        run.wait().unwrap();
        self.killed += u32::from(counts && was_alive);
    }
}

const fn script(plot: Plot) -> &'static str {
    match plot {
        Plot::Buys => "buy",
        Plot::Closes => "close",
    }
}

/// True for messages after which the account may stand differently.
fn moves(kind: RequestKind) -> bool {
    matches!(
        kind,
        RequestKind::PlaceOrder | RequestKind::CancelOrder | RequestKind::GlobalCancel
    )
}

/// From the `after + 1`st message of `kind` on nothing of that kind gets through, so that the run stands
/// still until it is killed.
fn held(kind: RequestKind, after: u32, met: Met) -> FaultScript {
    let effect = match met {
        Met::Lost => Effect::Lose,
        Met::Handled => Effect::NeverAnswer,
    };
    let fault = Fault {
        on: Trigger::Request(kind),
        after,
        times: 1,
        effect,
    };
    FaultScript {
        faults: vec![fault],
    }
}

/// Parts of one, evenly spread: a linear congruential generator is chance enough for moments of death.
struct Chance(u64);

impl Chance {
    fn part(&mut self) -> f64 {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX)
    }
}

async fn die_often(engine: &Engine, name: &'static str) {
    let mut deaths = Deaths {
        rules: Arc::new(Rulebook::of(Exchange::Hkex).unwrap()),
        engine,
        name,
        stands: 0,
        killed: 0,
    };
    let mut plots = Vec::new();
    for plot in [Plot::Buys, Plot::Closes] {
        plots.push((plot, deaths.at_every_message(plot).await));
        eprintln!("{name}: {} deaths after {plot:?}", deaths.killed);
    }
    deaths.at_any_moment([plots[0], plots[1]]).await;
    eprintln!("{name}: {} deaths", deaths.killed);
    assert!(deaths.killed >= DEATHS_MIN);
}

#[tokio::test]
async fn killed_at_every_message_and_at_any_moment_on_sqlite() {
    die_often(&Engine::Sqlite, "SQLite").await;
}

#[tokio::test]
async fn killed_at_every_message_and_at_any_moment_on_postgresql() {
    die_often(&Engine::postgres(), "PostgreSQL").await;
}
