//! Exits that the broker refuses again and again: stops are not taken away every minute for ever.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use catalyst_adapters_postgres::FlattenFile;
use catalyst_adapters_sim::notifier::CollectingNotifier;
use catalyst_app::run_flatten;
use tempfile::TempDir;

use super::stage::{Stage, noted};

/// A day on which the stop is not come to, neither in its first hour nor in its last.
const DATE: &str = "2026-09-15";

/// A hundred shares that the owner wants left, at a broker that takes no exit; the stop stays after two of
/// them in a row.
async fn unsold(date: &str, time: &str) -> (Stage, Arc<CollectingNotifier>, TempDir) {
    let mut stage = Stage::on(date, noted());
    stage.policy.repairs_max = 2;
    stage.at(time);
    let calls = stage.purchase(100).await;
    stage.cycle(time, &calls).await.unwrap();
    let home = tempfile::tempdir().unwrap();
    let requests = FlattenFile::at(home.path().join("flatten"));
    requests.ask("for the test").unwrap();
    stage.ports.requests = Arc::new(requests);
    let told = Arc::new(CollectingNotifier::new());
    stage.ports.notifier = Arc::<CollectingNotifier>::clone(&told);
    stage.gateway.refuses_exits.store(true, Ordering::Relaxed);
    (stage, told, home)
}

#[tokio::test]
async fn after_exits_in_vain_the_stop_stays_for_longer_and_the_owner_is_called_once() {
    let (stage, told, _home) = unsold(DATE, "10:00").await;

    let mut sent = Vec::new();
    for time in [
        "10:05", "10:06", "10:07", "10:35", "10:37", "10:38", "11:07",
    ] {
        stage.at(time);
        sent.push((time, stage.guard(time).await.orders));
        assert_eq!(stage.held_and_guarded().await, (100, 100), "{time}");
    }

    let tries = sent.into_iter().filter(|(_, orders)| *orders > 0);
    let tries: Vec<&str> = tries.map(|(time, _)| time).collect();
    assert_eq!(tries, ["10:05", "10:06", "10:37", "11:07"]);
    let calls = told.alerts().into_iter();
    let calls: Vec<String> = calls
        .filter(|alert| alert.subject == "00700 is not sold")
        .map(|alert| alert.message)
        .collect();
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert!(
        calls[0].starts_with("2 exits in a row sold nothing"),
        "{calls:?}"
    );
}

#[tokio::test]
async fn a_stop_that_stays_after_vain_exits_still_leaves_by_the_owners_hand_and_in_the_auction() {
    let (stage, _told, _home) = unsold(DATE, "15:30").await;
    stage.at("15:35");
    let tried = stage.guard("15:35").await.orders;
    stage.at("15:36");
    stage.guard("15:36").await;

    stage.at("15:40");
    let by_hand = run_flatten(&stage.ports, &stage.policy, &stage.rules).await;
    stage.at("15:55");
    let rested = stage.guard("15:55").await.orders;
    stage.gateway.refuses_exits.store(false, Ordering::Relaxed);
    stage.at("16:02");
    let in_auction = stage.guard("16:02").await.orders;
    stage.at("16:12");
    stage.guard("16:12").await;

    assert_ne!(tried, 0);
    assert_eq!(by_hand.unwrap().orders, tried);
    assert_eq!((rested, in_auction), (0, 1));
    assert_eq!(stage.held_and_guarded().await, (0, 0));
}

#[tokio::test]
async fn once_the_broker_takes_exits_again_the_next_one_leaves() {
    let (stage, _told, _home) = unsold(DATE, "10:00").await;
    for time in ["10:05", "10:06"] {
        stage.at(time);
        stage.guard(time).await;
    }
    stage.gateway.refuses_exits.store(false, Ordering::Relaxed);

    stage.at("10:30");
    stage.guard("10:30").await;
    let resting = stage.held_and_guarded().await;
    stage.at("10:37");
    stage.guard("10:37").await;

    assert_eq!(resting, (100, 100));
    assert_eq!(stage.held_and_guarded().await, (0, 0));
}
