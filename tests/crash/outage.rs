//! The database goes away while a run is at work: entries stop, exits and protection go on, and what
//! happened meanwhile is kept in the write-ahead file until the database is back.

use std::sync::Arc;

use catalyst_adapters_sim::faults::Fault;
use catalyst_app::CycleError;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::order::Leg;
use catalyst_domain::rulebook::Rulebook;
use catalyst_testkit::postgres::{Cluster, Own};

use super::engine::Engine;
use super::hook::{Act, Call, Fate, Point, Side, Step};
use super::scene::{ORDERED, Scene, departure, unharmed};

/// A scene whose server is its own.
struct Outage {
    scene: Scene,
    server: Arc<Own>,
}

/// What is done to the server.
#[derive(Debug, Clone, Copy)]
enum Harm {
    Stops,
    Restarts,
}

impl Outage {
    async fn new() -> Self {
        // Stops of the server are in good order, so that nothing has to wait for the disk.
        let server = Arc::new(Cluster::own(&["fsync = off"]).unwrap());
        let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
        let engine = Engine::Postgres(server.database().unwrap());
        Self {
            scene: Scene::new(&rules, &engine, 1).await,
            server,
        }
    }

    /// Harms the server once a run stands `at`.
    fn when(&self, at: (Call, Side, Step), harm: Harm) -> Act {
        let server = Arc::clone(&self.server);
        Box::new(move |point: &Point| {
            if (point.call, point.side, point.step) == at {
                match harm {
                    Harm::Stops => server.stop().unwrap_or(()),
                    Harm::Restarts => server.restart().unwrap(),
                }
            }
            Fate::Lives
        })
    }

    async fn bought(&self) {
        let mut life = self.scene.life(unharmed()).await;
        let calls = self.scene.purchase(&life).await;
        let bought = self.scene.cycle(&mut life, "10:00", &calls).await;
        assert_eq!(bought.unwrap().unwrap().approved, 1);
        self.scene.later(2);
    }

    fn waits(&self) -> bool {
        self.scene.folder.path().join("write-ahead.jsonl").is_file()
    }

    /// The server is back: the next process keeps what waits, and all is as if nothing had been.
    async fn assert_made_good(&self) {
        self.server.start().unwrap();
        self.scene.later(2);
        let life = self.scene.life(unharmed()).await;
        assert!(!self.waits(), "replayed at the start");
        self.scene.guard(&life, "11:00").await.unwrap().unwrap();
        self.scene.assert_whole(&life, "after the outage").await;
    }

    fn legs_sent(&self) -> Vec<Leg> {
        let sent = self.scene.sent.lock().unwrap();
        sent.iter().map(|order| order.leg()).collect()
    }
}

const SENT: (Call, Side, Step) = (Call::Submit, Side::After, Step::AfterSend);

#[tokio::test]
async fn a_server_that_stops_after_a_send_costs_neither_stop_nor_record() {
    let outage = Outage::new().await;
    let scene = &outage.scene;
    let mut life = scene.life(outage.when(SENT, Harm::Stops)).await;
    let calls = scene.purchase(&life).await;

    scene
        .cycle(&mut life, "10:00", &calls)
        .await
        .unwrap()
        .unwrap();

    assert_eq!(scene.held_and_guarded().await, (ORDERED, ORDERED));
    assert!(outage.waits());
    drop(life);
    outage.assert_made_good().await;
}

#[tokio::test]
async fn a_server_that_restarts_after_a_send_is_used_again() {
    let outage = Outage::new().await;
    let scene = &outage.scene;
    let mut life = scene.life(outage.when(SENT, Harm::Restarts)).await;
    let calls = scene.purchase(&life).await;

    scene
        .cycle(&mut life, "10:00", &calls)
        .await
        .unwrap()
        .unwrap();

    assert!(!outage.waits());
    scene.assert_whole(&life, "after the restart").await;
}

#[tokio::test]
async fn without_the_server_no_entry_is_sent() {
    let outage = Outage::new().await;
    let scene = &outage.scene;
    let at = (Call::Record, Side::Before, Step::BeforeIntent);
    let mut life = scene.life(outage.when(at, Harm::Stops)).await;
    let calls = scene.purchase(&life).await;

    let ended = scene.cycle(&mut life, "10:00", &calls).await.unwrap();

    assert!(matches!(ended, Err(CycleError::Journal(_))), "{ended:?}");
    assert_eq!(outage.legs_sent(), []);
    drop(life);
    outage.assert_made_good().await;
}

#[tokio::test]
async fn without_the_server_a_position_is_left_all_the_same() {
    let outage = Outage::new().await;
    let scene = &outage.scene;
    outage.bought().await;
    let at = (Call::Record, Side::Before, Step::WhileClosing);
    let mut life = scene.life(outage.when(at, Harm::Stops)).await;

    scene
        .cycle(&mut life, "10:30", &departure())
        .await
        .unwrap()
        .unwrap();

    assert_eq!(outage.legs_sent(), [Leg::Entry, Leg::Exit]);
    assert_eq!(scene.held_and_guarded().await, (0, 0));
    assert!(outage.waits());
    drop(life);
    outage.assert_made_good().await;
}

#[tokio::test]
async fn without_the_server_a_stop_is_put_back_all_the_same() {
    let outage = Outage::new().await;
    let scene = &outage.scene;
    scene.world.plan_faults([Some(Fault::StopRefused)]);
    let at = (Call::Record, Side::Before, Step::WhileProtecting);
    let mut life = scene.life(outage.when(at, Harm::Stops)).await;
    let calls = scene.purchase(&life).await;

    scene
        .cycle(&mut life, "10:00", &calls)
        .await
        .unwrap()
        .unwrap();

    assert_eq!(outage.legs_sent(), [Leg::Entry, Leg::Stop]);
    assert_eq!(scene.held_and_guarded().await, (ORDERED, ORDERED));
    assert!(outage.waits());
    drop(life);
    outage.assert_made_good().await;
}

#[tokio::test]
async fn where_nothing_can_be_kept_nothing_is_sent() {
    let outage = Outage::new().await;
    let scene = &outage.scene;
    outage.bought().await;
    let server = Arc::clone(&outage.server);
    let blocked = scene.folder.path().join("write-ahead.jsonl");
    let in_the_way = blocked.clone();
    let act: Act = Box::new(move |point| {
        if point.call == Call::Record && point.step == Step::WhileClosing && !in_the_way.exists() {
            server.stop().unwrap();
            std::fs::create_dir(&in_the_way).unwrap();
        }
        Fate::Lives
    });
    let mut life = scene.life(act).await;

    let ended = scene.cycle(&mut life, "10:30", &departure()).await.unwrap();

    assert!(ended.is_err(), "{ended:?}");
    assert_eq!(outage.legs_sent(), [Leg::Entry]);
    drop(life);
    std::fs::remove_dir(blocked).unwrap();
    outage.assert_made_good().await;
}
