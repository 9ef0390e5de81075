//! What was written last in an account's book, on each engine.

use catalyst_adapters_postgres::{Book, Database};
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::{
    CycleEnding, CycleRecord, Journal, JournalEntry, Latest, Standing as _, StateScope,
};
use catalyst_testkit::builders::{a_cycle_start, a_moment};
use chrono::{DateTime, Utc};

fn on(day: u32, hour: u32) -> DateTime<Utc> {
    a_moment(&format!("2026-09-{day}T{hour:02}:00:00Z"))
}

async fn latest(database: &Database, date: &str) -> Latest {
    database.latest(date.parse().unwrap()).await.unwrap()
}

fn moved(state: TradingState, scope: StateScope, reason: &str, at: DateTime<Utc>) -> JournalEntry {
    JournalEntry::State {
        state,
        scope,
        reason: reason.to_owned(),
        at,
    }
}

/// A halt that holds, a stop of the same day, and a run of the next day that was killed.
async fn keep(journal: &impl Journal) {
    let run = journal
        .open(a_cycle_start("20260914-1000.1", on(14, 2)))
        .await
        .unwrap();
    let moves = vec![
        moved(
            TradingState::ExitsOnly,
            StateScope::UntilMoved,
            "a storm",
            on(14, 2),
        ),
        moved(
            TradingState::ExitsOnly,
            StateScope::Day,
            "the day is lost",
            on(14, 3),
        ),
    ];
    journal.record(run, moves).await.unwrap();
    let record = CycleRecord {
        id: run,
        ending: CycleEnding::Done,
        summary: "over".to_owned(),
        tool_calls: 0,
        next_at: None,
        at: on(14, 3),
    };
    journal.close(record, Vec::new()).await.unwrap();
    journal
        .open(a_cycle_start("20260915-1000.1", on(15, 2)))
        .await
        .unwrap();
}

#[tokio::test]
async fn the_last_run_and_the_moves_of_the_day_are_told_from_the_accounts_book_alone() {
    let embedded = Database::in_memory(crate::fixture::rules()).await.unwrap();
    let (in_postgres, _server) = crate::fixture::postgres::migrated().await;
    for database in [&embedded, &in_postgres] {
        assert_eq!(latest(database, "2026-09-15").await, Latest::nothing());
        keep(&crate::fixture::journal(database).await).await;
        let rehearsal = Book::Rehearsal("later".to_owned());
        let rehearsal = database.book(&rehearsal, on(16, 2)).await.unwrap();
        rehearsal
            .open(a_cycle_start("20260916-1000.1", on(16, 2)))
            .await
            .unwrap();

        let today = latest(database, "2026-09-14").await;
        let later = latest(database, "2026-09-15").await;

        let run = later.run.unwrap();
        assert_eq!(
            (run.name.as_str(), run.begun),
            ("20260915-1000.1", on(15, 2))
        );
        assert_eq!(run.ending, None);
        let reasons = |moves: &[catalyst_ports::journal::SwitchNote]| {
            let told = moves.iter().map(|one| (one.reason.clone(), one.at));
            told.collect::<Vec<_>>()
        };
        let storm = ("a storm".to_owned(), on(14, 2));
        assert_eq!(
            reasons(&today.moves),
            [storm.clone(), ("the day is lost".to_owned(), on(14, 3))]
        );
        assert_eq!(reasons(&later.moves), [storm]);
    }
}
