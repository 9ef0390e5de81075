//! What the broker shows beside the agent's own orders of the day: the owner's orders, and nothing any
//! more of orders of earlier days.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use catalyst_adapters_sim::faults::Fault;
use catalyst_app::run_guard;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::instrument::{Instrument, InstrumentKind};
use catalyst_domain::order::Leg;
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::{Finding, ForeignOrder};
use catalyst_domain::risk::Rule;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::instruments::{CatalogError, InstrumentCatalog};
use catalyst_ports::journal::FamilyEnding;
use catalyst_ports::order_gateway::OrderGateway as _;
use catalyst_ports::tool::ScanIndex;
use chrono::{NaiveTime, TimeDelta};
use serde_json::{Value, json};

use super::stage::Stage;

#[tokio::test]
async fn an_order_by_the_owners_hand_is_a_finding_that_forbids_entries_and_is_not_touched() {
    let mut stage = Stage::monday();
    let order = ForeignOrder {
        number: 1_742,
        symbol: "700".parse().unwrap(),
        side: Side::Sell,
        shares: Shares::new(100).unwrap(),
    };
    stage.gateway.foreign.lock().unwrap().push(order);
    let calls = stage.purchase(100).await;

    let ended = stage.cycle("10:00", &calls).await.unwrap();

    assert_eq!((ended.approved, stage.submitted()), (0, 0));
    assert_eq!(ended.refused.get(&Rule::FindingsOpen), Some(&2));
    let findings = stage.day().await.findings;
    assert_eq!(findings.len(), 1);
    assert!(matches!(
        findings[0].finding,
        Finding::ForeignOrder { number: 1_742, .. }
    ));

    stage.gateway.foreign.lock().unwrap().clear();
    stage.at("10:05");
    stage.guard("10:05").await;
    assert_eq!(stage.day().await.findings, []);
}

#[tokio::test]
async fn an_order_that_ended_out_of_sight_is_lost_and_counts_as_sent() {
    let mut stage = Stage::monday();
    stage
        .world
        .plan_faults([Some(Fault::UnknownBeforeAcceptance)]);
    let calls = stage.purchase(100).await;
    stage.cycle("10:00", &calls).await.unwrap();
    stage.gateway.forgets.store(true, Ordering::Relaxed);

    stage.at("10:05");
    stage.guard("10:05").await;

    let families = stage.day().await.families;
    assert_eq!(families[0].ending, Some(FamilyEnding::Lost));
    assert!(FamilyEnding::Lost.was_sent());
}

#[tokio::test]
async fn a_purchase_out_of_sight_is_done_by_its_fills_once_its_stop_has_ended() {
    let mut stage = Stage::monday();
    let calls = stage.purchase(100).await;
    stage.cycle("10:00", &calls).await.unwrap();
    stage.gateway.forgets.store(true, Ordering::Relaxed);

    stage.at("10:05");
    stage.guard("10:05").await;
    let open = stage.day().await.families;
    assert_eq!(open[0].ending, None);

    for ticket in stage.gateway.working().await.unwrap() {
        if ticket.id.leg() != Leg::Entry {
            stage.gateway.cancel(ticket.id).await.unwrap();
        }
    }
    stage.at("10:10");
    stage.guard("10:10").await;
    let families = stage.day().await.families;
    assert_eq!(families[0].ending, Some(FamilyEnding::Done));
}

/// Check and execution of a purchase that waits well below the market.
async fn waiting_purchase(stage: &Stage) -> Vec<Value> {
    let quote = stage.ports.market.quote("700".parse().unwrap()).await;
    let grid = stage.rules.ticks.on(stage.date(), InstrumentKind::Equity);
    let (ask, grid) = (quote.unwrap().ask, grid.unwrap());
    let away = |steps| grid.step(ask, steps).unwrap().to_string();
    let (limit, stop, target) = (away(-40), away(-60), away(80));
    vec![
        json!({"tool": "check_risk", "input": {"symbol": "700", "side": "buy", "quantity": 100,
            "entry_price": limit, "stop_loss": stop, "take_profit": target}}),
        json!({"tool": "execute_trade", "input": {"symbol": "700", "side": "buy", "quantity": 100,
            "order_type": "limit", "limit_price": limit, "stop_loss": stop, "take_profit": target,
            "reason": "for the test"}}),
    ]
}

#[tokio::test]
async fn an_entry_that_turns_up_after_its_family_was_given_up_is_cancelled() {
    let mut stage = Stage::monday();
    stage.policy.fill_wait = TimeDelta::minutes(30);
    stage.policy.time_limit = TimeDelta::seconds(1);
    stage
        .world
        .plan_faults([Some(Fault::UnknownAfterAcceptance)]);
    let calls = waiting_purchase(&stage).await;
    stage.gateway.hides.store(true, Ordering::Relaxed);
    stage.cycle("10:00", &calls).await.unwrap();
    stage.at("10:05");
    stage.guard("10:05").await;
    let given_up = stage.day().await.families[0].ending;
    assert_eq!(given_up, Some(FamilyEnding::NotSent));

    stage.gateway.hides.store(false, Ordering::Relaxed);
    assert!(!stage.gateway.working().await.unwrap().is_empty());
    stage.at("10:06");
    stage.guard("10:06").await;

    assert_eq!(stage.gateway.working().await.unwrap(), []);
    assert_eq!(stage.day().await.findings, []);
}

#[tokio::test]
async fn no_stop_is_put_beside_a_target_that_does_not_go_away() {
    let mut stage = Stage::monday();
    let calls = stage.purchase(100).await;
    stage.cycle("10:00", &calls).await.unwrap();
    for ticket in stage.gateway.working().await.unwrap() {
        if ticket.id.leg() == Leg::Stop {
            stage.gateway.cancel(ticket.id).await.unwrap();
        }
    }
    let (sent, left) = (stage.submitted(), stage.gateway.working().await.unwrap());
    assert_eq!(left.len(), 1);
    stage.gateway.keeps.store(true, Ordering::Relaxed);

    stage.at("10:05");
    let slot = NaiveTime::from_hms_opt(10, 5, 0).unwrap();
    let swept = run_guard(&stage.ports, &stage.policy, &stage.rules, slot).await;

    assert!(swept.is_err(), "{swept:?}");
    assert_eq!(stage.submitted(), sent);
    assert_eq!(stage.gateway.working().await.unwrap(), left);

    stage.gateway.keeps.store(false, Ordering::Relaxed);
    stage.at("10:06");
    stage.guard("10:06").await;
    assert_eq!(stage.held_and_guarded().await, (100, 100));
}

/// A broker that says nothing of any listing.
#[derive(Debug)]
struct NoCatalog;

#[async_trait]
impl InstrumentCatalog for NoCatalog {
    async fn instrument(
        &self,
        _symbol: Symbol,
        _date: TradingDate,
    ) -> Result<Instrument, CatalogError> {
        Err(CatalogError::Unavailable {
            source: "silent".into(),
        })
    }

    async fn members(
        &self,
        _index: ScanIndex,
        _date: TradingDate,
    ) -> Result<Vec<Symbol>, CatalogError> {
        Err(CatalogError::Unavailable {
            source: "silent".into(),
        })
    }
}

#[tokio::test]
async fn what_is_held_is_protected_and_left_by_the_table_while_the_catalog_is_silent() {
    let mut stage = Stage::monday();
    let buy = stage.purchase(100).await;
    stage.cycle("10:00", &buy).await.unwrap();
    stage.ports.catalog = Arc::new(NoCatalog);
    for ticket in stage.gateway.working().await.unwrap() {
        stage.gateway.cancel(ticket.id).await.unwrap();
    }

    stage.at("10:05");
    stage.guard("10:05").await;
    assert_eq!(stage.held_and_guarded().await, (100, 100));

    let leave =
        json!({"tool": "close_position", "input": {"symbol": "700", "reason": "for the test"}});
    stage.at("10:30");
    stage.cycle("10:30", &[leave]).await.unwrap();
    assert_eq!(stage.held_and_guarded().await, (0, 0));

    let again = stage.purchase(100).await;
    stage.at("11:00");
    let ended = stage.cycle("11:00", &again).await.unwrap();
    assert_eq!(ended.approved, 0);
}
