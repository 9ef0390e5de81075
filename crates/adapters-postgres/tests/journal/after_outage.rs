//! What is true after an outage, and of a journal that somebody has damaged: nothing is lost, nothing is
//! taken for another's, and what cannot be read is named.

use std::path::Path;

use catalyst_adapters_postgres::{Database, SqlJournal, migrate_postgres};
use catalyst_domain::order::{CycleId, Leg};
use catalyst_ports::journal::{Archive as _, CycleEnding, CycleRecord, FlawKind, Journal as _};
use catalyst_testkit::builders::{a_cycle_start, a_fill, a_moment, an_order, told};
use catalyst_testkit::postgres::Cluster;
use sea_orm::ConnectionTrait as _;

const TEN: &str = "2026-09-14T02:00:00Z";

fn ended(id: CycleId) -> CycleRecord {
    CycleRecord {
        id,
        ending: CycleEnding::Done,
        summary: "over".to_owned(),
        tool_calls: 0,
        next_at: None,
        at: a_moment("2026-09-14T02:05:00Z"),
    }
}

async fn begun(journal: &SqlJournal) -> CycleId {
    let start = a_cycle_start("20260914-1000.1", a_moment(TEN));
    journal.open(start).await.unwrap()
}

async fn other_program(path: &Path, sql: &str) -> sea_orm::DatabaseConnection {
    let url = format!("sqlite://{}?mode=rwc", path.display());
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(1);
    let db = sea_orm::Database::connect(options).await.unwrap();
    db.execute_unprepared(sql).await.unwrap();
    db
}

/// The end of the run reaches the database together with the fill that had to wait, and behind it.
#[tokio::test]
async fn a_run_that_ends_after_an_outage_carries_its_fill_into_the_next_day() {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Cluster::own(&[]).unwrap();
    let server = cluster.database().unwrap();
    let config = crate::fixture::postgres::config(&server);
    migrate_postgres(&config).await.unwrap();
    let database = Database::postgres(&config, crate::fixture::rules()).await;
    let journal = crate::fixture::journal(&database.unwrap()).await;
    let path = folder.path().join("pending.jsonl");
    let journal = journal.with_write_ahead(path.clone()).await.unwrap();
    let run = begun(&journal).await;
    let fill = a_fill("1").order(an_order(run, 1, Leg::Entry)).build();

    cluster.stop().unwrap();
    journal.record(run, vec![told(fill.clone())]).await.unwrap();
    assert!(path.exists(), "it waits in the file");
    cluster.start().unwrap();
    journal.close(ended(run), Vec::new()).await.unwrap();
    drop(journal);
    let database = Database::postgres(&config, crate::fixture::rules()).await;
    let journal = crate::fixture::journal(&database.unwrap()).await;
    let journal = journal.with_write_ahead(path.clone()).await.unwrap();

    assert!(!path.exists(), "it has reached the database");
    for date in ["2026-09-14", "2026-09-15"] {
        let day = journal.day(date.parse().unwrap()).await.unwrap();
        assert_eq!(day.holdings.shares(fill.symbol), fill.shares, "{date}");
    }
}

#[tokio::test]
async fn what_waits_for_one_journal_is_not_given_to_another() {
    let folder = tempfile::tempdir().unwrap();
    let pending = folder.path().join("pending.jsonl");
    let (first, second) = (
        folder.path().join("a.sqlite"),
        folder.path().join("b.sqlite"),
    );
    let database = Database::sqlite(&first, crate::fixture::rules())
        .await
        .unwrap();
    let journal = crate::fixture::journal(&database).await;
    let journal = journal.with_write_ahead(pending.clone()).await.unwrap();
    let run = begun(&journal).await;
    let held = other_program(&first, "BEGIN IMMEDIATE").await;
    let fill = a_fill("1").order(an_order(run, 1, Leg::Entry)).build();
    journal.record(run, vec![told(fill)]).await.unwrap();
    held.execute_unprepared("ROLLBACK").await.unwrap();
    drop((journal, database));

    let other = Database::sqlite(&second, crate::fixture::rules())
        .await
        .unwrap();
    let later = a_moment("2026-09-15T00:00:00Z");
    let book = catalyst_adapters_postgres::Book::Account("DU0000000".to_owned());
    let other = other.book(&book, later).await.unwrap();
    let refused = other.with_write_ahead(pending.clone()).await.unwrap_err();

    let text = refused.source.to_string();
    assert!(text.contains("what another journal has to keep"), "{text}");
    assert!(pending.exists(), "nothing of it is lost");
    let database = Database::sqlite(&first, crate::fixture::rules())
        .await
        .unwrap();
    let journal = crate::fixture::journal(&database).await;
    let journal = journal.with_write_ahead(pending).await.unwrap();
    let day = journal.day("2026-09-14".parse().unwrap()).await.unwrap();
    assert_eq!(day.fills.len(), 1);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_named_like_one_that_was_altered() {
    for (sql, kind) in [
        ("UPDATE executions SET price = 'x'", FlawKind::Altered),
        (
            "UPDATE executions SET symbol = CAST(x'ff30' AS TEXT)",
            FlawKind::Altered,
        ),
        ("UPDATE chain_heads SET hash = x'00'", FlawKind::HeadMoved),
        ("DELETE FROM chain_heads", FlawKind::HeadMoved),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite");
        let database = Database::sqlite(&path, crate::fixture::rules())
            .await
            .unwrap();
        let journal = crate::fixture::journal(&database).await;
        let run = begun(&journal).await;
        let fill = a_fill("1").order(an_order(run, 1, Leg::Entry)).build();
        journal.record(run, vec![told(fill)]).await.unwrap();
        drop(other_program(&path, sql).await);

        let flaw = database.verify(None).await.unwrap().flaw.unwrap();

        assert_eq!(flaw.kind, kind, "{sql}");
        if kind == FlawKind::Altered {
            assert_eq!(flaw.row, 4, "{sql}");
        }
    }
}
