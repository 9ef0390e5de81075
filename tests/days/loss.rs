//! The day's loss: one bad price sells nothing, a true fall sells everything, the warning is told once;
//! and the owner's time stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use catalyst_domain::market::{Bar, Quote};
use catalyst_domain::order::{ExitCause, OrderPlan};
use catalyst_domain::price::Price;
use catalyst_domain::risk::{RawLimits, TradingState};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::JournalEntry;
use catalyst_ports::market_data::{BarSpan, MarketData, MarketDataError, SnapshotAnswer};
use chrono::TimeDelta;
use rust_decimal::Decimal;

use super::stage::{Stage, noted};

/// A market whose next so many looks show nothing at all, and so many after them every last price at a
/// tenth.
struct Spoiled {
    inner: Arc<dyn MarketData>,
    silent: AtomicU32,
    looks: AtomicU32,
    bid_agrees: bool,
}

#[async_trait]
impl MarketData for Spoiled {
    async fn quote(&self, symbol: Symbol) -> Result<Quote, MarketDataError> {
        self.inner.quote(symbol).await
    }

    async fn snapshots(&self, symbols: &[Symbol]) -> Result<Vec<SnapshotAnswer>, MarketDataError> {
        let fewer = |looks: u32| looks.checked_sub(1);
        let silent = &self.silent;
        if silent
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer)
            .is_ok()
        {
            return Ok(Vec::new());
        }
        let mut answers = self.inner.snapshots(symbols).await?;
        let spoiled = self
            .looks
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer)
            .is_ok();
        for snapshot in answers.iter_mut().filter_map(|(_, one)| one.as_mut().ok()) {
            let tenth = snapshot.quote.last.value() * Decimal::new(1, 1);
            if spoiled {
                snapshot.quote.last = Price::new(tenth.round_dp(3)).unwrap();
                if self.bid_agrees {
                    snapshot.quote.bid = snapshot.quote.last;
                }
            }
        }
        Ok(answers)
    }

    async fn bars(&self, symbol: Symbol, span: BarSpan) -> Result<Vec<Bar>, MarketDataError> {
        self.inner.bars(symbol, span).await
    }
}

/// A stage with 100 shares of 00700 whose next `looks` at the market are spoiled.
async fn spoiled(looks: u32, bid_agrees: bool) -> Stage {
    after_silence(0, looks, bid_agrees).await
}

/// The same after so many looks at which no name has a price.
async fn after_silence(silent: u32, looks: u32, bid_agrees: bool) -> Stage {
    let mut stage = Stage::monday();
    let calls = stage.purchase(100).await;
    stage.cycle("10:00", &calls).await.unwrap();
    stage.at("10:05");
    stage.ports.market = Arc::new(Spoiled {
        inner: Arc::clone(&stage.ports.market),
        silent: AtomicU32::new(silent),
        looks: AtomicU32::new(looks),
        bid_agrees,
    });
    stage
}

#[tokio::test]
async fn one_bad_tick_sells_nothing() {
    // Looks of a guard before it weighs the loss, and the first that weighs it.
    for looks in [1, 4, 6] {
        let stage = spoiled(looks, true).await;

        let guard = stage.guard("10:05").await;

        assert_eq!((guard.positions, guard.orders), (1, 0), "{looks} looks");
        assert_eq!(guard.state, TradingState::Trading, "{looks} looks");
    }
}

#[tokio::test]
async fn a_print_that_stays_and_that_no_buyer_agrees_with_sells_nothing() {
    let stage = spoiled(u32::MAX, false).await;

    let guard = stage.guard("10:05").await;

    assert_eq!((guard.positions, guard.orders), (1, 0));
    assert_eq!(guard.state, TradingState::Trading);
}

#[tokio::test]
async fn a_loss_that_stays_sells_everything_within_a_minute() {
    let stage = spoiled(u32::MAX, true).await;
    let begun = stage.world.now();

    let guard = stage.guard("10:05").await;

    assert_eq!((guard.positions, guard.state), (0, TradingState::ExitsOnly));
    let kept = stage.journal.kept();
    let stopped = kept.iter().find_map(|entry| {
        if let JournalEntry::State { at, .. } = entry {
            Some(*at)
        } else {
            None
        }
    });
    assert!(
        stopped.unwrap() - begun <= TimeDelta::seconds(60),
        "{stopped:?}"
    );
}

#[tokio::test]
async fn a_loss_whose_first_reading_had_no_price_is_confirmed_in_the_same_run() {
    for silent in [5, 6, 7] {
        let stage = after_silence(silent, u32::MAX, true).await;

        let guard = stage.guard("10:05").await;

        let ended = (guard.positions, guard.state);
        assert_eq!(ended, (0, TradingState::ExitsOnly), "{silent} looks");
    }
}

#[tokio::test]
async fn without_any_price_nothing_is_sold_and_the_owner_is_told() {
    let stage = after_silence(u32::MAX, 0, true).await;

    let guard = stage.guard("10:05").await;

    assert_eq!((guard.positions, guard.orders), (1, 0));
    let kept = stage.journal.kept();
    let told = kept.iter().filter(|entry| {
        matches!(entry, JournalEntry::Alert { alert, .. } if alert.subject == "the day's loss is not known")
    });
    assert_eq!(told.count(), 1);
}

#[tokio::test]
async fn the_warning_is_told_once_a_day() {
    let limits = RawLimits {
        max_daily_loss_pct: Decimal::new(5, 2),
        warning_loss_pct: Decimal::new(1, 4),
        ..noted()
    };
    let mut stage = Stage::on("2026-09-14", limits);
    let calls = stage.purchase(300).await;
    stage.cycle("10:00", &calls).await.unwrap();

    for time in ["10:05", "10:10", "10:15"] {
        stage.at(time);
        stage.guard(time).await;
    }

    let kept = stage.journal.kept();
    let told = kept.iter().filter(|entry| {
        matches!(entry, JournalEntry::Alert { alert, .. } if alert.subject == "daily loss warning")
    });
    assert_eq!(told.count(), 1);
}

#[tokio::test]
async fn a_position_that_goes_nowhere_is_left_after_its_time() {
    let mut stage = Stage::monday();
    stage.policy.time_stop = Some(TimeDelta::minutes(10));
    let calls = stage.purchase(100).await;
    stage.cycle("10:00", &calls).await.unwrap();

    stage.at("10:05");
    let early = stage.guard("10:05").await;
    stage.at("10:11");
    let late = stage.guard("10:11").await;

    assert_eq!((early.positions, late.positions), (1, 0));
    let families = stage.day().await.families;
    let last = families.last().unwrap().intent.plan;
    assert!(matches!(last, OrderPlan::Exit(exit) if exit.cause == ExitCause::TimeStop));
}
