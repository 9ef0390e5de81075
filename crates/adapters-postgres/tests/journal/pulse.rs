//! What a watch reads, from days made by hand, on each engine.

use std::collections::BTreeMap;

use catalyst_adapters_postgres::Database;
use catalyst_domain::calendar::Phase;
use catalyst_domain::order::Leg;
use catalyst_domain::reconcile::{Discrepancy, Finding, OrphanRule};
use catalyst_ports::journal::{
    Archive as _, CycleEnding, CycleRecord, Journal as _, JournalEntry, Pulse, ToolRecord,
};
use catalyst_ports::tool::{Candidate, ScanReport, ToolReply};
use catalyst_testkit::builders::{
    a_bracket_plan, a_cycle, a_cycle_start, a_moment, an_intent_of, an_order, price, shares, symbol,
};
use chrono::{DateTime, NaiveTime, Utc};
use rust_decimal::Decimal;

const FIRST: &str = "20260914-1000.1";
const KILLED: &str = "20260915-1000.1";

fn on(day: u32, hour: u32) -> DateTime<Utc> {
    a_moment(&format!("2026-09-{day}T{hour:02}:00:00Z"))
}

fn candidate(code: &str, volume: Decimal) -> Candidate {
    Candidate {
        symbol: symbol(code),
        last: price("20"),
        change_pct: Decimal::ONE,
        gap_pct: None,
        relative_volume: Some(volume),
        turnover_millions: None,
        below_high_pct: None,
        above_vwap: None,
        spread_ticks: 1,
    }
}

fn scanned(number: u32, candidates: Vec<Candidate>, at: DateTime<Utc>) -> JournalEntry {
    let report = ScanReport {
        at: NaiveTime::MIN,
        phase: Some(Phase::ContinuousMorning),
        looked_at: 12,
        passed: 2,
        filtered: BTreeMap::new(),
        quarantined: Vec::new(),
        feed: Vec::new(),
        reason: None,
        candidates,
    };
    JournalEntry::Tool(Box::new(ToolRecord {
        number,
        name: "scan_market".to_owned(),
        request: None,
        reply: ToolReply::Scan(report),
        at,
    }))
}

/// A good day with two scans and an order, and one whose only run was killed over a missing stop.
async fn keep(database: &Database) {
    let journal = crate::fixture::journal(database).await;
    let run = journal.open(a_cycle_start(FIRST, on(14, 2))).await.unwrap();
    let id = an_order(a_cycle(FIRST), 1, Leg::Entry);
    let twice = |volume| candidate("700", Decimal::new(volume, 1));
    let entries = vec![
        scanned(
            1,
            vec![twice(15), candidate("5", Decimal::new(15, 1))],
            on(14, 2),
        ),
        scanned(2, vec![twice(16)], on(14, 2)),
        JournalEntry::Intent(an_intent_of(a_bracket_plan(id), id, on(14, 2))),
    ];
    journal.record(run, entries).await.unwrap();
    let record = CycleRecord {
        id: run,
        ending: CycleEnding::Done,
        summary: "bought".to_owned(),
        tool_calls: 2,
        next_at: Some(on(14, 3)),
        at: on(14, 2),
    };
    journal.close(record, Vec::new()).await.unwrap();
    let run = journal
        .open(a_cycle_start(KILLED, on(15, 2)))
        .await
        .unwrap();
    let bare = Finding::MissingProtection {
        symbol: symbol("700"),
        held: shares(100),
    };
    let findings = vec![Discrepancy {
        remedy: bare.remedy(OrphanRule::Flatten),
        finding: bare,
        evidence: "nothing at work".to_owned(),
    }];
    let at = on(15, 2);
    let seen = vec![JournalEntry::Findings { findings, at }];
    journal.record(run, seen).await.unwrap();
}

async fn pulse(database: &Database, since: &str) -> Pulse {
    database.pulse(since.parse().unwrap()).await.unwrap()
}

async fn on_each_engine() -> (Vec<Database>, catalyst_testkit::postgres::Database) {
    let embedded = Database::in_memory(crate::fixture::rules()).await.unwrap();
    let (in_postgres, server) = crate::fixture::postgres::migrated().await;
    (vec![embedded, in_postgres], server)
}

#[tokio::test]
async fn the_days_tell_their_runs_and_what_these_saw() {
    let (databases, _server) = on_each_engine().await;
    for database in &databases {
        keep(database).await;

        let found = pulse(database, "2026-09-14").await;

        assert_eq!(found.first_run, Some(on(14, 2)));
        let proof = found.proof.unwrap();
        assert_eq!((proof.at, proof.next_at), (on(14, 2), Some(on(14, 3))));
        let (good, bad) = (&found.days[0], &found.days[1]);
        assert_eq!(good.runs[0].ending, Some(CycleEnding::Done));
        assert_eq!(good.runs[0].summary.as_deref(), Some("bought"));
        assert_eq!((good.scans, good.candidates), (2, 3));
        assert_eq!((good.quotes, good.orders), (3, 1));
        let of = |input, code| &good.inputs[&(input, symbol(code))];
        let (moving, still) = (of("relative volume", "700"), of("relative volume", "5"));
        assert_eq!((moving.seen, moving.varies), (2, true));
        assert_eq!((still.seen, still.varies), (1, false));
        assert_eq!(
            (moving.first.as_str(), still.first.as_str()),
            ("1.5", "1.5")
        );
        assert!(!of("price", "700").varies);
        assert_eq!(bad.runs[0].ending, None);
        let (at, words) = &bad.unprotected[0];
        assert_eq!(*at, on(15, 2));
        assert_eq!(words, "missing_protection 00700: nothing at work");
        assert!(good.unprotected.is_empty());
    }
}

#[tokio::test]
async fn days_before_are_not_told_but_the_first_run_and_the_proof_are() {
    let (databases, _server) = on_each_engine().await;
    for database in &databases {
        assert_eq!(pulse(database, "2026-09-14").await, Pulse::empty());
        keep(database).await;

        let found = pulse(database, "2026-09-15").await;

        assert_eq!(found.days.len(), 1);
        assert_eq!(found.first_run, Some(on(14, 2)));
        assert!(found.proof.is_some());
        assert_eq!(pulse(database, "2026-09-16").await.days, []);
    }
}
