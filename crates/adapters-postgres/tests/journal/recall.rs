//! What a handle remembers of its own commits is what a handle that remembers nothing reads, whatever is
//! kept, in whatever order, and whoever else writes in between.

use catalyst_adapters_postgres::{Book, Database, SqlJournal};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::{CycleId, Execution, ExecutionId, FeesAre, Leg};
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::{
    CycleEnding, CycleRecord, EQUITY_BASE, FamilyEnding, IntentRecord, Journal as _, JournalEntry,
    LimitRecord, StateScope,
};
use catalyst_testkit::builders::{
    a_bracket_plan, a_cycle, a_cycle_start, a_fill, a_moment, an_intent_of, an_order, hkd, shares,
    symbol,
};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rust_decimal::Decimal;

use crate::fixture::journal;
use crate::tables::full;

/// Runs are of these two days.
pub(crate) const SLOTS: [&str; 2] = ["20260914-1000.1", "20260915-1000.1"];

/// One batch of a run, and what is asked behind it.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// Which handle writes: the one that is asked, rarely another.
    pub(crate) writer: usize,
    /// Of which day the run is.
    pub(crate) day: usize,
    pub(crate) entries: Vec<Choice>,
    /// Whether the run ends with the batch.
    pub(crate) ends: bool,
    /// About which day, if any.
    pub(crate) asks: Option<usize>,
}

/// An entry by numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice {
    kind: usize,
    number: u16,
    minute: i64,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let mostly_first = || prop_oneof![9 => Just(0_usize), 1 => Just(1)];
    let day = prop_oneof![3 => Just(0_usize), 1 => Just(1)];
    let choice =
        (0..24_usize, 1..7_u16, -3_000..3_000_i64).prop_map(|(kind, number, minute)| Choice {
            kind,
            number,
            minute,
        });
    let asks = prop_oneof![3 => mostly_first().prop_map(Some), 1 => Just(None)];
    let step = (
        mostly_first(),
        day,
        prop::collection::vec(choice, 0..4),
        prop::bool::weighted(0.1),
        asks,
    );
    let step = step.prop_map(|(writer, day, entries, ends, asks)| Step {
        writer,
        day,
        entries,
        ends,
        asks,
    });
    prop::collection::vec(step, 1..20)
}

/// The entry that `choice` means in the run `cycle`. `fresh` is a number that no intent had; an order ends
/// after its intent was kept.
pub(crate) fn entry(cycle: CycleId, choice: Choice, fresh: u16) -> JournalEntry {
    let Choice {
        kind,
        number,
        minute,
    } = choice;
    let at = a_moment("2026-09-14T04:00:00Z") + TimeDelta::minutes(minute);
    let order = |number| an_order(a_cycle(SLOTS[0]), number, Leg::Entry);
    match kind {
        0..=1 => {
            let id = order(fresh);
            JournalEntry::Intent(an_intent_of(a_bracket_plan(id), id, at))
        }
        2..=3 => JournalEntry::Settled {
            id: order(number.min(fresh)),
            ending: [FamilyEnding::Done, FamilyEnding::NotSent][usize::from(number % 2)],
            at,
        },
        4..=6 => JournalEntry::Execution(execution(choice, at)),
        7 => JournalEntry::State {
            state: [TradingState::Trading, TradingState::Halted][usize::from(number % 2)],
            scope: [StateScope::UntilMoved, StateScope::Day][usize::from(minute % 2 == 0)],
            reason: "the owner".to_owned(),
            at,
        },
        8 => JournalEntry::Limits {
            changes: vec![LimitRecord {
                name: EQUITY_BASE.to_owned(),
                was: None,
                becomes: "any".to_owned(),
            }],
            accepted_by: "the owner".to_owned(),
            at,
        },
        9 => JournalEntry::Reading {
            equity: hkd("1000000"),
            cash: hkd(&format!("{number}00000.5")),
            at,
        },
        10 => JournalEntry::Findings {
            findings: Vec::new(),
            at,
        },
        11 => JournalEntry::WriteOff {
            symbol: symbol("700"),
            from: shares(400),
            to: shares(u64::from(number) * 50),
            evidence: "the broker has fewer".to_owned(),
            at,
        },
        // A report on an order of the run.
        22..=23 => full::family(cycle, number, at).swap_remove(kind - 19),
        // The wordy ones, one of each kind.
        other => full::notes(cycle, at)
            .into_iter()
            .chain(full::family(cycle, number, at).into_iter().take(2))
            .nth(other - 12)
            .unwrap(),
    }
}

/// A purchase, a sale or a correction, its cost guessed or reported.
fn execution(choice: Choice, at: DateTime<Utc>) -> Execution {
    let Choice { kind, number, .. } = choice;
    let fill = a_fill(&format!("{kind}-{number}"))
        .order(an_order(a_cycle(SLOTS[0]), number, Leg::Entry))
        .fees(Decimal::from(choice.minute.abs()))
        .at(at);
    let fill = if kind == 5 { fill.selling() } else { fill };
    Execution {
        fill: fill.build(),
        fees: if choice.minute % 3 == 0 {
            FeesAre::Estimated
        } else {
            FeesAre::Reported
        },
        replaces: (kind == 6).then(|| ExecutionId::new(format!("4-{number}"))),
    }
}

/// The answers about `date`, or why there are none.
async fn answers(handle: &SqlJournal, date: TradingDate) -> (String, Vec<IntentRecord>) {
    let day = match handle.day(date).await {
        Ok(day) => format!("{day:#?}"),
        Err(refused) => format!("{:?}", refused.source),
    };
    (day, handle.unsettled().await.unwrap())
}

/// Plays `steps` in an empty journal and asks behind them.
async fn is_remembered(database: &Database, steps: Vec<Step>) {
    let handles = [journal(database).await, journal(database).await];
    play(database, &handles, steps).await;
}

/// The same with a handle that takes the word that nobody else adds to its book; the other writer rehearses in
/// the same journal.
async fn is_remembered_alone(database: &Database, steps: Vec<Step>) {
    let rehearsal = Book::Rehearsal("a dry run".to_owned());
    let now = a_moment("2026-09-14T00:00:00Z");
    let handles = [
        journal(database).await.alone(),
        database.book(&rehearsal, now).await.unwrap(),
    ];
    play(database, &handles, steps).await;
}

/// How a run ends.
pub(crate) fn the_end(run: CycleId) -> CycleRecord {
    CycleRecord {
        id: run,
        ending: CycleEnding::Done,
        summary: "over".to_owned(),
        tool_calls: 0,
        next_at: None,
        at: a_moment("2026-09-14T02:05:00Z"),
    }
}

async fn play(database: &Database, handles: &[SqlJournal], steps: Vec<Step>) {
    let mut runs: [[Option<CycleId>; 2]; 2] = [[None; 2]; 2];
    let mut fresh = 0;
    for step in steps {
        let writer = &handles[step.writer];
        let run = if let Some(run) = runs[step.writer][step.day] {
            run
        } else {
            let start = a_cycle_start(SLOTS[step.day], a_moment("2026-09-14T02:00:00Z"));
            writer.open(start).await.unwrap()
        };
        runs[step.writer][step.day] = Some(run);
        let mut entries = Vec::new();
        for choice in &step.entries {
            fresh += 1;
            entries.push(entry(run, *choice, fresh));
        }
        if step.ends {
            writer.close(the_end(run), entries).await.unwrap();
            runs[step.writer][step.day] = None;
        } else {
            writer.record(run, entries).await.unwrap();
        }
        if let Some(day) = step.asks {
            let date = a_cycle(SLOTS[day]).date();
            let nobody = journal(database).await;
            assert_eq!(
                answers(&handles[0], date).await,
                answers(&nobody, date).await
            );
        }
    }
}

/// Tries a law on `cases` random runs.
pub(crate) fn law(cases: u32, holds: impl AsyncFn(Vec<Step>)) {
    let mut runner = TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let law = runner.run(&steps(), |steps| {
        runtime.block_on(holds(steps));
        Ok(())
    });
    law.unwrap();
}

/// Tries the law on empty journals. `empty` gives one with what has to live as long.
fn tried<T>(cases: u32, empty: impl AsyncFn() -> (Database, T)) {
    law(cases, async |steps| {
        let (database, _alive) = empty().await;
        is_remembered(&database, steps.clone()).await;
        let (database, _alive) = empty().await;
        is_remembered_alone(&database, steps).await;
    });
}

#[test]
fn what_a_handle_remembers_is_what_sqlite_holds() {
    tried(128, async || {
        let database = Database::in_memory(crate::fixture::rules()).await;
        (database.unwrap(), ())
    });
}

#[test]
fn what_a_handle_remembers_is_what_postgres_holds() {
    tried(12, crate::fixture::postgres::migrated);
}

/// A batch of the handle that is asked, in a run of day `day`: entries of some kinds at some minutes.
fn step(day: usize, entries: &[(usize, i64)], ends: bool) -> Step {
    let choice = |(kind, minute): &(usize, i64)| Choice {
        kind: *kind,
        number: 1,
        minute: *minute,
    };
    Step {
        writer: 0,
        day,
        entries: entries.iter().map(choice).collect(),
        ends,
        asks: Some(day),
    }
}

/// Plays `steps` in an empty journal of the embedded engine.
fn plays(steps: &[Step]) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let database = Database::in_memory(crate::fixture::rules()).await.unwrap();
        is_remembered(&database, steps.to_vec()).await;
    });
}

/// Bought and sold on the first day, so that the second begins with nothing; then the purchase is corrected.
#[test]
fn a_correction_of_what_a_handle_does_not_remember_is_not_missed() {
    plays(&[
        step(0, &[(4, 1), (5, 3)], true),
        step(1, &[], false),
        step(1, &[(6, 2)], false),
    ]);
}

/// Halted for the day, and moved to trading by the owner: the move of the day is over.
#[test]
fn a_release_ends_the_move_of_the_day_that_a_handle_remembers() {
    let moved = |number, minute| Choice {
        kind: 7,
        number,
        minute,
    };
    let step = |choice| Step {
        entries: vec![choice],
        ..step(0, &[], false)
    };
    plays(&[step(moved(1, 2)), step(moved(2, 3))]);
}

/// An order of the first day is seen open on the second and ends there.
#[test]
fn an_order_of_an_earlier_day_that_ends_is_no_longer_told() {
    let order = Step {
        entries: vec![Choice {
            kind: 2,
            number: 1,
            minute: 1,
        }],
        ..step(1, &[], false)
    };
    plays(&[step(0, &[(0, 1)], true), step(1, &[], false), order]);
}

#[tokio::test]
async fn whoever_takes_himself_for_alone_and_is_not_sends_no_order_of_new_risk() {
    let database = Database::in_memory(crate::fixture::rules()).await.unwrap();
    let [ours, other] = [journal(&database).await.alone(), journal(&database).await];
    let at = a_moment("2026-09-14T02:00:00Z");
    let run = ours.open(a_cycle_start(SLOTS[0], at)).await.unwrap();
    let intrusion = other.open(a_cycle_start(SLOTS[0], at)).await.unwrap();
    let intent = |number| {
        let id = an_order(run, number, Leg::Entry);
        JournalEntry::Intent(an_intent_of(a_bracket_plan(id), id, at))
    };
    ours.day(run.date()).await.unwrap();
    ours.record(run, vec![intent(1)]).await.unwrap();
    let halt = entry(
        intrusion,
        Choice {
            kind: 7,
            number: 1,
            minute: 1,
        },
        1,
    );
    other.record(intrusion, vec![halt]).await.unwrap();

    for harmless in [
        None,
        Some(JournalEntry::Findings {
            findings: Vec::new(),
            at,
        }),
    ] {
        ours.record(run, harmless.into_iter().collect())
            .await
            .unwrap();
        // As often as it is told: whoever is refused may try again without his notes.
        for _ in 0..2 {
            let refused = ours.record(run, vec![intent(2)]).await.unwrap_err();
            let text = refused.source.to_string();
            assert!(text.starts_with("the journal has moved on"), "{text}");
        }
    }
    let day = ours.day(run.date()).await.unwrap();
    assert_eq!((day.state, day.families.len()), (TradingState::Halted, 1));
    ours.record(run, vec![intent(3)]).await.unwrap();
}
