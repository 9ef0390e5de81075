//! Bad market data through whole cycles: what the advisor is shown, what the owner is told, and that
//! nothing is bought on it.

use std::sync::Arc;

use catalyst_adapters_sim::notifier::CollectingNotifier;
use catalyst_domain::market::{Feed, Snapshot};
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::{RawLimits, Rule};
use catalyst_domain::scan::{FeedSentinel, Sentinel, Universe};
use catalyst_ports::journal::JournalEntry;
use catalyst_ports::tool::{QuoteReport, RiskReport, ScanIndex, ScanReport, ToolReply};
use catalyst_testkit::builders::{hkd, symbol};
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::doctored::{Doctor, NAMES, Sickness, sick, staged};
use super::stage::{Stage, noted};

fn scan() -> Value {
    json!({"tool": "scan_market", "input": {"index": "ALL"}})
}

/// Half past ten with eight names, the market in a doctor's hands.
fn doctored(limits: RawLimits, doctor: Doctor) -> (Stage, Arc<CollectingNotifier>) {
    staged(limits, Sickness { doctor, ..sick() })
}

/// The first answer of a kind that the tools of the first cycle gave.
fn first<T>(stage: &Stage, kind: fn(ToolReply) -> Option<T>) -> T {
    let cycle = stage.journal.inner.cycles()[0].id;
    let entries = stage.journal.inner.entries(cycle).into_iter();
    let replies = entries.filter_map(|entry| {
        if let JournalEntry::Tool(record) = entry {
            return kind(record.reply);
        }
        None
    });
    replies.into_iter().next().unwrap()
}

fn scanned(stage: &Stage) -> ScanReport {
    first(stage, |reply| {
        if let ToolReply::Scan(report) = reply {
            return Some(report);
        }
        None
    })
}

fn quoted(stage: &Stage) -> QuoteReport {
    first(stage, |reply| {
        if let ToolReply::Quotes(report) = reply {
            return Some(report);
        }
        None
    })
}

fn judged(stage: &Stage) -> RiskReport {
    first(stage, |reply| {
        if let ToolReply::Risk(report) = reply {
            return Some(report);
        }
        None
    })
}

fn broken(report: &RiskReport) -> Vec<String> {
    let breaches = report.breaches.iter();
    breaches.map(ToString::to_string).collect()
}

/// Warnings about the feed that reached the owner.
fn told(owner: &CollectingNotifier) -> Vec<String> {
    let alerts = owner.alerts().into_iter();
    alerts
        .filter(|alert| alert.subject == "market feed doubted")
        .map(|alert| alert.message)
        .collect()
}

/// Every name looked at is in exactly one place of the report.
fn adds_up(report: &ScanReport) -> bool {
    let filtered: usize = report.filtered.values().map(Vec::len).sum();
    let out = filtered + report.quarantined.len();
    usize::try_from(report.looked_at - report.passed).unwrap() == out
}

fn without_close(shown: &mut Snapshot) {
    if shown.quote.symbol == symbol("700") {
        shown.previous_close = None;
    }
}

#[tokio::test]
async fn a_sound_market_raises_no_doubt_and_no_alarm() {
    let (mut stage, owner) = staged(noted(), sick());

    stage.cycle("10:30", &[scan()]).await.unwrap();

    let report = scanned(&stage);
    assert_eq!((report.looked_at, report.quarantined.len()), (8, 0));
    assert!(adds_up(&report) && !report.candidates.is_empty());
    assert_eq!(
        (report.feed.len(), report.reason, told(&owner).len()),
        (0, None, 0)
    );
}

#[tokio::test]
async fn a_quarantined_name_is_not_entered_even_where_criteria_are_only_noted() {
    let (mut stage, owner) = doctored(noted(), without_close);
    let mut calls = vec![scan()];
    calls.extend(stage.purchase(100).await);

    let ended = stage.cycle("10:30", &calls).await.unwrap();

    let report = scanned(&stage);
    assert_eq!(report.quarantined, [(symbol("700"), Sentinel::NoClose)]);
    assert_eq!(
        broken(&judged(&stage)),
        ["data_doubted: believed data allowed, no_close found"]
    );
    assert_eq!(ended.refused.get(&Rule::DataDoubted), Some(&2));
    assert_eq!((stage.submitted(), told(&owner).len()), (0, 0));
}

#[tokio::test]
async fn a_name_that_nobody_looked_at_is_judged_by_the_sentinels_all_the_same() {
    let (mut stage, _) = doctored(noted(), without_close);
    let calls = stage.purchase(100).await;

    let ended = stage.cycle("10:30", &calls).await.unwrap();

    assert_eq!(
        broken(&judged(&stage)),
        ["data_doubted: believed data allowed, no_close found"]
    );
    assert_eq!(ended.refused.get(&Rule::DataDoubted), Some(&2));
    assert_eq!(stage.submitted(), 0);
}

#[tokio::test]
async fn what_was_learned_before_the_doubt_does_not_count_either() {
    let (mut stage, _) = doctored(RawLimits::owner(), without_close);
    let mut calls = vec![
        json!({"tool": "get_technicals", "input": {"symbol": "700"}}),
        json!({"tool": "get_quote", "input": {"symbol": "700"}}),
    ];
    calls.extend(stage.purchase(100).await);

    stage.cycle("10:30", &calls).await.unwrap();

    let quote = &quoted(&stage).quotes[0];
    assert_eq!(quote.doubt, Some(Sentinel::NoClose));
    let broken = broken(&judged(&stage));
    for line in [
        "data_doubted: believed data allowed, no_close found",
        "relative_volume: above 1.5 allowed, not known found",
        "rsi_range: at least 40 allowed, not known found",
    ] {
        assert!(broken.iter().any(|one| one == line), "{broken:?}");
    }
}

#[tokio::test]
async fn a_crossed_book_is_quarantined_and_the_others_are_ranked() {
    let (mut stage, _) = doctored(noted(), |shown| {
        if shown.quote.symbol == symbol("700") {
            shown.quote.bid = shown.quote.ask;
        }
    });

    let calls = [
        scan(),
        json!({"tool": "get_quote", "input": {"symbols": ["700", "999"]}}),
    ];
    stage.cycle("10:30", &calls).await.unwrap();

    let report = scanned(&stage);
    assert_eq!(report.quarantined, [(symbol("700"), Sentinel::Crossed)]);
    assert!(adds_up(&report));
    let quotes = quoted(&stage);
    assert_eq!(quotes.quotes[0].doubt, Some(Sentinel::Crossed));
    assert_eq!(quotes.missing, [(symbol("999"), Sentinel::NoData)]);
}

#[tokio::test]
async fn delayed_quotes() {
    let (mut stage, owner) = doctored(noted(), |shown| {
        shown.quote.feed = Feed::Delayed;
        shown.quote.at -= TimeDelta::minutes(15);
    });
    let mut calls = vec![scan()];
    calls.extend(stage.purchase(100).await);

    stage.cycle("10:30", &calls).await.unwrap();

    let report = scanned(&stage);
    assert_eq!((report.quarantined.len(), report.passed), (NAMES, 0));
    assert_eq!(report.feed, [FeedSentinel::Delayed]);
    assert_eq!(
        report.reason.as_deref(),
        Some("of 8 names, 8 quarantined (8 delayed), the feed is doubted (feed_delayed)")
    );
    assert_eq!(
        told(&owner),
        ["feed_delayed, over 8 names; what rests on it is withheld and meets no entry rule"]
    );
    let broken = broken(&judged(&stage));
    assert!(broken.contains(&"data_doubted: believed data allowed, delayed found".to_owned()));
    assert_eq!(stage.submitted(), 0);
}

#[tokio::test]
async fn a_feed_that_stopped_is_told_once_and_nothing_is_bought_on_it() {
    let (mut stage, owner) = doctored(noted(), |shown| {
        shown.quote.at -= TimeDelta::hours(1);
    });
    let mut calls = vec![scan(), scan()];
    calls.extend(stage.purchase(100).await);

    stage.cycle("10:30", &calls).await.unwrap();

    assert_eq!(scanned(&stage).feed, [FeedSentinel::Stopped]);
    assert_eq!((told(&owner).len(), stage.submitted()), (1, 0));
    let cycle = stage.journal.inner.cycles()[0].id;
    let kept = |entry: &JournalEntry| {
        matches!(entry, JournalEntry::Alert { alert, delivered: true }
            if alert.subject == "market feed doubted")
    };
    let entries = stage.journal.inner.entries(cycle);
    assert_eq!(entries.iter().filter(|entry| kept(entry)).count(), 1);
}

#[tokio::test]
async fn a_doubt_about_prices_holds_for_names_outside_the_scan_too() {
    let (mut stage, _) = doctored(noted(), |shown| {
        if shown.quote.symbol != symbol("700") {
            shown.quote.at -= TimeDelta::hours(1);
        }
    });
    let others = stage.ports.catalog.members(ScanIndex::All, stage.date());
    let mut others = others.await.unwrap();
    others.retain(|name| *name != symbol("700"));
    stage.policy.scan.universe = Universe::List(others);
    let mut calls = vec![scan()];
    calls.extend(stage.purchase(100).await);

    stage.cycle("10:30", &calls).await.unwrap();

    assert_eq!(
        broken(&judged(&stage))[1..],
        ["data_doubted: believed data allowed, feed_stopped found"]
    );
}

#[tokio::test]
async fn constant_volume_ratio() {
    let constant = Shares::new(20_000_000).unwrap();
    let (mut stage, owner) = staged(
        RawLimits::owner(),
        Sickness {
            doctor: |shown| {
                shown.quote.day_volume = Shares::new(9_000_000).unwrap();
            },
            bar_volume: Some(constant),
            ..sick()
        },
    );
    let mut calls = vec![
        scan(),
        json!({"tool": "get_technicals", "input": {"symbol": "700"}}),
    ];
    calls.extend(stage.purchase(100).await);

    stage.cycle("10:30", &calls).await.unwrap();

    let report = scanned(&stage);
    assert_eq!(report.feed, [FeedSentinel::ConstantVolume]);
    assert!(!report.candidates.is_empty() && adds_up(&report));
    let mut shown = report.candidates.iter();
    assert!(shown.all(|candidate| candidate.relative_volume.is_none()));
    assert_eq!(told(&owner).len(), 1);
    let broken = broken(&judged(&stage));
    let unseen = "relative_volume: above 1.5 allowed, not known found";
    assert!(broken.iter().any(|line| line == unseen), "{broken:?}");
    let price_doubt = |line: &String| line.starts_with("data_doubted");
    assert!(!broken.iter().any(price_doubt), "{broken:?}");
}

#[tokio::test]
async fn nan_everywhere() {
    let (mut stage, owner) = staged(
        noted(),
        Sickness {
            is_nan: |_| true,
            ..sick()
        },
    );

    let calls = [
        scan(),
        json!({"tool": "get_quote", "input": {"symbols": ["700", "5"]}}),
    ];
    let ended = stage.cycle("10:30", &calls).await.unwrap();

    let report = scanned(&stage);
    assert_eq!(
        (report.quarantined.len(), report.candidates.len()),
        (NAMES, 0)
    );
    assert_eq!(report.feed, [FeedSentinel::NoData]);
    assert_eq!(
        report.reason.as_deref(),
        Some("of 8 names, 8 quarantined (8 malformed), the feed is doubted (feed_no_data)")
    );
    let malformed = ["700", "5"].map(|code| (symbol(code), Sentinel::Malformed));
    assert_eq!(quoted(&stage).missing, malformed);
    assert_eq!((told(&owner).len(), ended.orders), (1, 0));
}

#[tokio::test]
async fn one_malformed_name_leaves_the_others_to_be_ranked() {
    let (mut stage, owner) = staged(
        noted(),
        Sickness {
            is_nan: |name| name == symbol("700"),
            ..sick()
        },
    );

    stage.cycle("10:30", &[scan()]).await.unwrap();

    let report = scanned(&stage);
    assert_eq!(report.quarantined, [(symbol("700"), Sentinel::Malformed)]);
    assert!(!report.candidates.is_empty() && told(&owner).is_empty());
}

/// What one cycle can say of a scanner that finds nothing for days: which rule took how many names.
#[tokio::test]
async fn zero_candidates_for_days() {
    let (mut stage, _) = staged(noted(), sick());
    stage.policy.scan.limits.min_turnover = hkd("900000000000");

    stage.cycle("10:30", &[scan()]).await.unwrap();

    let report = scanned(&stage);
    assert_eq!((report.passed, report.candidates.len()), (0, 0));
    let why = report.reason.unwrap();
    assert!(
        why.starts_with("of 8 names, 8 filtered (") && why.ends_with(" turnover)"),
        "{why}"
    );
}

#[tokio::test]
async fn a_scan_outside_trading_says_that_prices_stand_still() {
    let (mut stage, owner) = doctored(noted(), |shown| {
        shown.quote.at -= TimeDelta::hours(1);
    });
    stage.at("12:30");

    stage.cycle("12:30", &[scan()]).await.unwrap();

    let why = scanned(&stage).reason.unwrap();
    assert_eq!(
        why,
        "of 8 names, 8 quarantined (8 stale), \
         the exchange does not trade continuously (lunch)"
    );
    assert!(told(&owner).is_empty());
}

#[tokio::test]
async fn a_list_of_the_owner_is_the_universe_and_a_name_without_data_is_counted() {
    let (mut stage, _) = staged(noted(), sick());
    let list = ["5", "700", "999"].map(symbol);
    stage.policy.scan.universe = Universe::List(list.to_vec());

    let without_index = json!({"tool": "scan_market", "input": {}});
    stage.cycle("10:30", &[without_index]).await.unwrap();

    let report = scanned(&stage);
    assert_eq!(report.looked_at, 3);
    assert_eq!(report.quarantined, [(symbol("999"), Sentinel::NoData)]);
    assert!(adds_up(&report));
}

#[tokio::test]
async fn of_an_index_only_the_names_on_the_owners_list_are_looked_at() {
    let (mut stage, _) = staged(noted(), sick());
    stage.policy.scan.universe = Universe::List(["5", "700"].map(symbol).to_vec());

    let technology = json!({"tool": "scan_market", "input": {"index": "HSTECH"}});
    stage.cycle("10:30", &[technology]).await.unwrap();

    assert_eq!(scanned(&stage).looked_at, 1);
}
