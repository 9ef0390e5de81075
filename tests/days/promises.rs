//! What holds whatever goes wrong: journal before send, nothing sent twice, every position under a
//! stop, the day's loss limit, a cycle's record in every ending.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use catalyst_adapters_sim::faults::Fault;
use catalyst_adapters_sim::world::SimWorld;
use catalyst_app::{CycleError, NoAdvice, run_cycle};
use catalyst_domain::order::Leg;
use catalyst_domain::risk::{RawLimits, Rule, TradingState};
use catalyst_domain::side::Side;
use catalyst_ports::advisor::{Advisor, AdvisorError, Brief, Consultation, ToolAnswer, Turn};
use catalyst_ports::cycle_lock::CycleLock as _;
use catalyst_ports::journal::{CycleEnding, FamilyEnding, JournalEntry};
use catalyst_ports::order_gateway::OrderGateway as _;
use chrono::{DateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use serde_json::json;

use super::stage::{Stage, noted};

/// An advisor that never answers, and counts how often it was asked.
#[derive(Debug)]
struct Silent {
    asked: AtomicU32,
}

#[async_trait]
impl Advisor for Silent {
    fn name(&self) -> &'static str {
        "silent"
    }

    async fn consult(&self, _brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Err(AdvisorError::Overspent)
    }
}

/// An advisor that is waited for until the time of the cycle is over.
struct Late {
    world: Arc<SimWorld>,
}

#[async_trait]
impl Advisor for Late {
    fn name(&self) -> &'static str {
        "late"
    }

    async fn consult(&self, brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        let world = Arc::clone(&self.world);
        let deadline = brief.deadline;
        Ok(Box::new(LateTalk { world, deadline }))
    }
}

struct LateTalk {
    world: Arc<SimWorld>,
    deadline: DateTime<Utc>,
}

#[async_trait]
impl Consultation for LateTalk {
    async fn next(&mut self, _answers: Vec<ToolAnswer>) -> Result<Turn, AdvisorError> {
        self.world.advance_to(self.deadline).unwrap();
        Err(AdvisorError::Unavailable {
            source: "no answer".into(),
        })
    }
}

fn silent() -> Arc<Silent> {
    Arc::new(Silent {
        asked: AtomicU32::new(0),
    })
}

#[tokio::test]
async fn what_cannot_be_journalled_is_not_sent_and_the_cycle_is_closed_as_failed() {
    let mut stage = Stage::monday();
    let calls = stage.purchase(100).await;
    stage.journal.refuses_intents.store(true, Ordering::Relaxed);

    let ended = stage.cycle("10:00", &calls).await;

    assert!(matches!(ended, Err(CycleError::Journal(_))), "{ended:?}");
    assert_eq!(stage.submitted(), 0);
    let cycles = stage.journal.inner.cycles();
    let record = cycles[0].end.as_ref().unwrap();
    assert_eq!((cycles.len(), record.ending), (1, CycleEnding::Failed));
}

#[tokio::test]
async fn an_order_of_unknown_fate_blocks_its_symbol_and_is_never_sent_twice() {
    let mut stage = Stage::monday();
    stage
        .world
        .plan_faults([Some(Fault::UnknownAfterAcceptance)]);
    let mut calls = stage.purchase(100).await;
    calls.extend(calls.clone());

    let ended = stage.cycle("10:00", &calls).await.unwrap();

    assert_eq!((ended.approved, stage.submitted()), (1, 1));
    assert_eq!(ended.refused.get(&Rule::UnresolvedOrder), Some(&2));
    stage.at("10:30");
    stage.guard("10:30").await;
    let day = stage.day().await;
    assert!(day.findings.is_empty(), "{:?}", day.findings);
    assert_eq!(stage.journal.inner.cycles().len(), 2);
    let entries = day.fills.iter().filter(|fill| fill.side == Side::Buy);
    assert!(entries.map(|fill| fill.shares.count()).sum::<u64>() <= 100);
    let (held, guarded) = stage.held_and_guarded().await;
    assert_eq!(held, guarded);
}

#[tokio::test]
async fn an_order_that_never_arrived_is_settled_as_not_sent() {
    let mut stage = Stage::monday();
    stage
        .world
        .plan_faults([Some(Fault::UnknownBeforeAcceptance)]);
    let calls = stage.purchase(100).await;

    stage.cycle("10:00", &calls).await.unwrap();
    stage.at("10:05");
    stage.guard("10:05").await;

    let day = stage.day().await;
    let endings: Vec<_> = day.families.iter().map(|family| family.ending).collect();
    assert_eq!(endings, [Some(FamilyEnding::NotSent)]);
    assert_eq!(stage.submitted(), 1);
    assert_eq!(stage.held_and_guarded().await, (0, 0));
}

#[tokio::test]
async fn stop_leg_rejected() {
    let mut stage = Stage::monday();
    stage.world.plan_faults([Some(Fault::StopRefused)]);
    let calls = stage.purchase(100).await;

    let ended = stage.cycle("10:00", &calls).await.unwrap();

    assert_eq!((ended.approved, ended.orders), (1, 2));
    assert_eq!(stage.held_and_guarded().await, (100, 100));
}

#[tokio::test]
async fn a_position_that_keeps_no_stop_is_left_after_so_many_repairs() {
    let mut stage = Stage::monday();
    stage.policy.repairs_max = 2;
    let calls = stage.purchase(100).await;
    stage.cycle("10:00", &calls).await.unwrap();

    for (time, positions) in [("10:05", 1), ("10:10", 1), ("10:15", 0)] {
        for ticket in stage.gateway.working().await.unwrap() {
            stage.gateway.cancel(ticket.id).await.unwrap();
        }
        stage.at(time);
        assert_eq!(stage.guard(time).await.positions, positions, "{time}");
    }
}

#[tokio::test]
async fn a_stop_that_vanished_is_restored_by_the_next_guard() {
    let mut stage = Stage::monday();
    let calls = stage.purchase(100).await;
    stage.cycle("10:00", &calls).await.unwrap();
    let working = stage.gateway.working().await.unwrap();
    for ticket in working.iter().filter(|ticket| ticket.id.leg() == Leg::Stop) {
        stage.gateway.cancel(ticket.id).await.unwrap();
    }
    assert_eq!(stage.held_and_guarded().await, (100, 0));

    let guard = stage.guard("10:05").await;

    assert_eq!((guard.orders, guard.positions), (1, 1));
    assert_eq!(stage.held_and_guarded().await, (100, 100));
}

#[tokio::test]
async fn daily_loss_flatten() {
    // Two hundred dollars of a million: the costs of one purchase are more.
    let mut stage = Stage::on(
        "2026-09-14",
        RawLimits {
            max_daily_loss_pct: Decimal::new(2, 4),
            warning_loss_pct: Decimal::new(1, 4),
            ..noted()
        },
    );
    let calls = stage.purchase(300).await;
    stage.cycle("10:00", &calls).await.unwrap();

    stage.at("10:05");
    let guard = stage.guard("10:05").await;
    stage.at("10:30");
    let again = stage.purchase(100).await;
    let after = stage.cycle("10:30", &again).await.unwrap();

    assert_eq!((guard.positions, guard.state), (0, TradingState::ExitsOnly));
    assert_eq!(stage.held_and_guarded().await, (0, 0));
    assert_eq!((after.approved, after.state), (0, TradingState::ExitsOnly));
    assert!(
        after.refused.contains_key(&Rule::Halt),
        "{:?}",
        after.refused
    );
}

#[tokio::test]
async fn after_close_all_the_day_takes_no_entry() {
    let mut stage = Stage::monday();
    let mut calls = stage.purchase(100).await;
    calls.push(json!({"tool": "close_all", "input": {"reason": "for the test"}}));
    let closed = stage.cycle("10:00", &calls).await.unwrap();
    stage.at("10:30");
    let again = stage.purchase(100).await;

    let after = stage.cycle("10:30", &again).await.unwrap();

    assert_eq!(
        (closed.approved, closed.state),
        (1, TradingState::ExitsOnly)
    );
    assert_eq!(stage.held_and_guarded().await, (0, 0));
    assert_eq!((after.approved, after.orders), (0, 0));
    assert_eq!(after.refused.get(&Rule::Halt), Some(&2));
}

#[tokio::test]
async fn without_advice_a_cycle_protects_and_is_recorded() {
    let mut stage = Stage::monday();

    let ended = stage.advised("10:00", silent()).await.unwrap();

    assert_eq!((ended.ending, ended.orders), (CycleEnding::Protective, 0));
    let entries = stage.journal.inner.entries(ended.id);
    let decided = |entry: &&JournalEntry| matches!(entry, JournalEntry::Decision(_));
    assert_eq!(entries.iter().filter(decided).count(), 1);
    let told = |entry: &JournalEntry| matches!(entry, JournalEntry::Alert { alert, .. } if alert.subject == "no advice");
    assert!(entries.iter().any(told), "{entries:?}");
}

#[tokio::test]
async fn an_answer_that_is_waited_for_to_the_end_is_missing_advice_and_no_bound_kept() {
    let mut stage = Stage::monday();
    let late = Arc::new(Late {
        world: Arc::clone(&stage.world),
    });

    let ended = stage.advised("10:00", late).await.unwrap();

    assert_eq!(ended.ending, CycleEnding::Protective);
    assert_eq!(ended.no_advice, Some(NoAdvice::Passing));
    let entries = stage.journal.inner.entries(ended.id);
    let told = |entry: &JournalEntry| matches!(entry, JournalEntry::Alert { alert, .. } if alert.subject == "no advice");
    assert!(entries.iter().any(told), "{entries:?}");
}

#[tokio::test]
async fn overlapping_cron() {
    let mut stage = Stage::monday();
    let advisor = silent();
    stage.ports.advisor = Some(Arc::<Silent>::clone(&advisor));
    let held = stage.lock.acquire().await.unwrap();

    let slot = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
    let ended = run_cycle(&stage.ports, &stage.policy, &stage.rules, slot).await;

    assert!(matches!(ended, Err(CycleError::Busy)), "{ended:?}");
    assert_eq!(stage.gateway.touched.load(Ordering::Relaxed), 0);
    assert_eq!(advisor.asked.load(Ordering::Relaxed), 0);
    assert_eq!(stage.journal.inner.cycles(), []);
    drop(held);
}

#[tokio::test]
async fn half_day_run() {
    let mut stage = Stage::on("2026-02-16", noted());
    let calls = stage.purchase(100).await;
    let bought = stage.cycle("10:00", &calls).await.unwrap();

    let wakes = stage
        .policy
        .schedule
        .day(&stage.rules.calendar, stage.date());
    for wake in wakes
        .unwrap()
        .iter()
        .filter(|wake| wake.at > stage.world.now())
    {
        stage
            .world
            .advance_to(wake.at.max(stage.world.now()))
            .unwrap();
        let slot = wake.slot.format("%H:%M").to_string();
        stage.guard(&slot).await;
    }

    assert_eq!(
        (bought.approved, stage.held_and_guarded().await),
        (1, (0, 0))
    );
    let day = stage.day().await;
    let last = day.fills.last().unwrap();
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
    assert_eq!(last.side, Side::Sell);
    assert!(
        stage.rules.calendar.local(last.at).time() < noon,
        "{last:?}"
    );
    assert!(day.holdings.is_flat());
}
