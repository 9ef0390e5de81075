//! The kill loop: the same run again and again, killed at its first point, its second, and so on until
//! it comes to its end unharmed. After each death time passes, and a new process finds out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use catalyst_adapters_sim::faults::Fault;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;

use super::engine::Engine;
use super::hook::{Act, Fate, Point, Step};
use super::scene::{Scene, departure, unharmed};

/// A loop that goes on longer than this has no end.
const POINTS_MAX: u32 = 1_000;

/// What the run does that is killed.
#[derive(Debug, Clone, Copy)]
enum Plot {
    /// It buys, and the purchase fills.
    Buys,
    /// It leaves what an earlier run has bought.
    Closes,
    /// It buys, the broker takes the entry and refuses its stop.
    Repairs,
}

/// Kills `plot` at every point at which something outside of it may have moved, and returns how often
/// each step was met. Where it only asks it leaves the world as the point before left it, so that
/// dying there is dying at that point once more.
async fn kill_at_every_point(plot: Plot, engine: &Engine) -> BTreeMap<Step, u32> {
    let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
    let mut met = BTreeMap::new();
    for number in 1..POINTS_MAX {
        let scene = Scene::new(&rules, engine, number).await;
        let died_at = Arc::new(Mutex::new(None));
        let act = killer(number, &died_at);
        play(plot, &scene, act).await;
        let Some(point) = *died_at.lock().unwrap() else {
            let total: u32 = met.values().sum();
            eprintln!("{plot:?} on {}: {total} kills, {met:?}", engine.name());
            return met;
        };
        *met.entry(point.step).or_insert(0) += 1;
        recover(&scene, &format!("{plot:?} on {}, {point:?}", engine.name())).await;
    }
    panic!("more than {POINTS_MAX} points");
}

/// Kills at the `number`th point that counts.
fn killer(number: u32, died_at: &Arc<Mutex<Option<Point>>>) -> Act {
    let died_at = Arc::clone(died_at);
    let left = Mutex::new(number);
    Box::new(move |point| {
        if !point.call.moves() {
            return Fate::Lives;
        }
        let mut left = left.lock().unwrap();
        *left -= 1;
        if *left > 0 {
            return Fate::Lives;
        }
        *died_at.lock().unwrap() = Some(*point);
        Fate::Dies
    })
}

/// The run that is killed, after what comes before it. A run that lives must end well.
async fn play(plot: Plot, scene: &Scene, act: Act) {
    match plot {
        Plot::Buys => {}
        Plot::Closes => {
            let mut before = scene.life(unharmed()).await;
            let calls = scene.purchase(&before).await;
            let bought = scene.cycle(&mut before, "10:00", &calls).await;
            assert_eq!(bought.unwrap().unwrap().approved, 1);
            scene.later(2);
        }
        Plot::Repairs => scene.world.plan_faults([Some(Fault::StopRefused)]),
    }
    let mut life = scene.life(act).await;
    let calls = match plot {
        Plot::Buys | Plot::Repairs => scene.purchase(&life).await,
        Plot::Closes => departure(),
    };
    if let Some(ended) = scene.cycle(&mut life, "10:30", &calls).await {
        let orders = ended.unwrap().orders;
        assert!(orders > 0, "{plot:?}");
        scene.assert_whole(&life, "unharmed").await;
    }
}

/// A minute and more later a guard runs, then a cycle whose advisor wants nothing.
async fn recover(scene: &Scene, what: &str) {
    scene.later(2);
    let life = scene.life(unharmed()).await;
    let swept = scene.guard(&life, "11:00").await.unwrap();
    assert!(swept.is_ok(), "{what}: {swept:?}");
    drop(life);
    scene.later(5);
    let mut life = scene.life(unharmed()).await;
    let ended = scene.cycle(&mut life, "11:30", &[]).await.unwrap();
    assert!(ended.is_ok(), "{what}: {ended:?}");
    scene.assert_whole(&life, what).await;
}

fn assert_met(met: &BTreeMap<Step, u32>, steps: &[Step]) {
    for step in steps {
        assert!(met.contains_key(step), "no kill at {step:?}: {met:?}");
    }
}

const BUYING: [Step; 6] = [
    Step::Idle,
    Step::BeforeIntent,
    Step::AfterIntent,
    Step::AfterSend,
    Step::AfterAcknowledgement,
    Step::AfterFill,
];
const CLOSING: [Step; 2] = [Step::Uncovered, Step::WhileClosing];
const REPAIRING: [Step; 3] = [Step::AfterFill, Step::Uncovered, Step::WhileProtecting];

#[tokio::test]
async fn a_purchase_in_sqlite() {
    let met = kill_at_every_point(Plot::Buys, &Engine::Sqlite).await;
    assert_met(&met, &BUYING);
}

#[tokio::test]
async fn an_exit_in_sqlite() {
    let met = kill_at_every_point(Plot::Closes, &Engine::Sqlite).await;
    assert_met(&met, &CLOSING);
}

#[tokio::test]
async fn a_repair_in_sqlite() {
    let met = kill_at_every_point(Plot::Repairs, &Engine::Sqlite).await;
    assert_met(&met, &REPAIRING);
}

#[tokio::test]
async fn a_purchase_in_postgres() {
    let met = kill_at_every_point(Plot::Buys, &Engine::shared_postgres()).await;
    assert_met(&met, &BUYING);
}

#[tokio::test]
async fn an_exit_in_postgres() {
    let met = kill_at_every_point(Plot::Closes, &Engine::shared_postgres()).await;
    assert_met(&met, &CLOSING);
}

#[tokio::test]
async fn a_repair_in_postgres() {
    let met = kill_at_every_point(Plot::Repairs, &Engine::shared_postgres()).await;
    assert_met(&met, &REPAIRING);
}
