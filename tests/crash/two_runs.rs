//! A second run at the same instant, and a run whose clock went backwards.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use catalyst_app::{CycleError, run_cycle};
use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::advisor::{Advisor, AdvisorError, Brief, Consultation};
use catalyst_ports::clock::Clock;
use chrono::{DateTime, TimeDelta, Utc};

use super::engine::Engine;
use super::hook::Fate;
use super::scene::{Scene, unharmed};
use crate::days::stage::clock;

/// Counts how often it is asked.
struct Unasked(AtomicU32);

#[async_trait]
impl Advisor for Unasked {
    fn name(&self) -> &'static str {
        "unasked"
    }

    async fn consult(&self, _brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Err(AdvisorError::Overspent)
    }
}

#[tokio::test]
async fn the_second_of_two_runs_touches_neither_broker_nor_advisor() {
    let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
    let scene = Scene::new(&rules, &Engine::Sqlite, 1).await;
    let first = scene.life(unharmed()).await;
    let held = first.ports.lock.acquire().await.unwrap().unwrap();
    let points = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&points);
    let act = Box::new(move |_: &_| {
        counted.fetch_add(1, Ordering::Relaxed);
        Fate::Lives
    });
    let mut second = scene.life(act).await;
    let advisor = Arc::new(Unasked(AtomicU32::new(0)));
    second.ports.advisor = Some(Arc::<Unasked>::clone(&advisor));

    let busy = run_cycle(&second.ports, &scene.policy, &rules, clock("10:00")).await;

    assert!(matches!(busy, Err(CycleError::Busy)), "{busy:?}");
    assert_eq!(points.load(Ordering::Relaxed), 0);
    assert_eq!(advisor.0.load(Ordering::Relaxed), 0);
    drop(held);
    let free = run_cycle(&second.ports, &scene.policy, &rules, clock("10:00")).await;
    assert!(!matches!(free, Err(CycleError::Busy)), "{free:?}");
    assert_eq!(advisor.0.load(Ordering::Relaxed), 1);
}

/// A clock behind another.
struct Behind(Arc<dyn Clock>, TimeDelta);

#[async_trait]
impl Clock for Behind {
    fn now(&self) -> DateTime<Utc> {
        self.0.now() - self.1
    }

    async fn sleep_until(&self, moment: DateTime<Utc>) {
        self.0.sleep_until(moment + self.1).await;
    }
}

#[tokio::test]
async fn fills_of_a_later_hour_than_now_are_counted_once() {
    let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
    let scene = Scene::new(&rules, &Engine::Sqlite, 1).await;
    let mut life = scene.life(unharmed()).await;
    let calls = scene.purchase(&life).await;
    scene
        .cycle(&mut life, "10:00", &calls)
        .await
        .unwrap()
        .unwrap();
    drop(life);

    let mut set_back = scene.life(unharmed()).await;
    let clock = Behind(Arc::clone(&set_back.ports.clock), TimeDelta::minutes(4));
    set_back.ports.clock = Arc::new(clock);
    scene.guard(&set_back, "10:30").await.unwrap().unwrap();

    scene.assert_whole(&set_back, "set back").await;
}
