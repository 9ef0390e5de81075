//! Opening a journal file: what is kept over a restart, and what is refused with a word on what to do.

use std::path::{Path, PathBuf};
use std::time::Instant;

use catalyst_adapters_postgres::{BindError, Book, Database as Opened, OpenError, SqlJournal};
use catalyst_domain::order::Leg;
use catalyst_ports::journal::{Journal as _, JournalEntry};
use catalyst_testkit::builders::{
    a_cycle_start, a_fill, a_moment, an_auction_exit, an_intent_of, an_order, told,
};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait as _, Database};
use tempfile::TempDir;

fn file() -> (PathBuf, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (folder.path().join("journal.sqlite"), folder)
}

async fn database(path: &Path) -> Result<Opened, OpenError> {
    Opened::sqlite(path, crate::fixture::rules()).await
}

async fn opened(path: &Path) -> Result<SqlJournal, OpenError> {
    let database = database(path).await?;
    Ok(crate::fixture::journal(&database).await)
}

/// Runs `sql` on the file as another program would.
async fn tampered(path: &Path, sql: &str) {
    let url = format!("sqlite://{}?mode=rwc", path.display());
    let db = Database::connect(url).await.unwrap();
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

#[tokio::test]
async fn what_was_recorded_is_there_after_a_restart() {
    let (path, _folder) = file();
    let at = a_moment("2026-09-14T02:00:00Z");
    let journal = opened(&path).await.unwrap();
    let cycle = journal
        .open(a_cycle_start("20260914-1000.1", at))
        .await
        .unwrap();
    let intent = an_intent_of(an_auction_exit(), an_order(cycle, 1, Leg::Exit), at);
    let entry = JournalEntry::Intent(intent.clone());
    journal.record(cycle, vec![entry]).await.unwrap();
    drop(journal);

    let again = opened(&path).await.unwrap();

    assert_eq!(again.unsettled().await.unwrap(), [intent]);
    let next = again
        .open(a_cycle_start("20260914-1000.1", at))
        .await
        .unwrap();
    assert_eq!(next.attempt(), 2);
}

#[tokio::test]
async fn two_handles_on_one_file_wait_for_one_another() {
    let (path, _folder) = file();
    let at = a_moment("2026-09-14T02:00:00Z");
    let one = opened(&path).await.unwrap();
    let other = opened(&path).await.unwrap();

    let first = one
        .open(a_cycle_start("20260914-1000.1", at))
        .await
        .unwrap();
    let second = other
        .open(a_cycle_start("20260914-1000.1", at))
        .await
        .unwrap();

    assert_eq!((first.attempt(), second.attempt()), (1, 2));
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named_and_left_alone() {
    let (path, _folder) = file();
    std::fs::write(&path, "symbol,timestamp,open\n").unwrap();

    let error = opened(&path).await.unwrap_err();

    let text = error.to_string();
    assert!(
        text.contains("journal.sqlite is no SQLite database; move it away"),
        "{text}"
    );
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        "symbol,timestamp,open\n"
    );
}

#[tokio::test]
async fn a_database_of_another_program_is_refused() {
    let (path, _folder) = file();
    tampered(&path, "CREATE TABLE positions (id INTEGER)").await;

    let error = opened(&path).await.unwrap_err();

    assert!(matches!(error, OpenError::Foreign { .. }), "{error}");
}

#[tokio::test]
async fn a_newer_schema_is_refused_with_both_versions() {
    let (path, _folder) = file();
    drop(opened(&path).await.unwrap());
    tampered(
        &path,
        "INSERT INTO catalyst_migrations VALUES (4, 'later', 'x')",
    )
    .await;

    let error = opened(&path).await.unwrap_err();

    let text = error.to_string();
    assert!(
        text.contains("has schema version 4, this program knows up to 3"),
        "{text}"
    );
}

#[tokio::test]
async fn a_migration_that_was_edited_is_refused() {
    let (path, _folder) = file();
    drop(opened(&path).await.unwrap());
    tampered(&path, "UPDATE catalyst_migrations SET checksum = 'x'").await;

    let error = opened(&path).await.unwrap_err();

    assert!(
        matches!(error, OpenError::Altered { version: 1, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn a_missing_folder_is_named_with_its_cause() {
    let (path, folder) = file();
    drop(folder);

    let error = opened(&path).await.unwrap_err();

    assert!(
        error
            .to_string()
            .contains("check that its folder or server is there"),
        "{error}"
    );
    assert!(
        std::error::Error::source(&error).is_some(),
        "the cause is kept"
    );
}

#[tokio::test]
async fn a_value_nobody_wrote_is_an_error_that_names_its_row() {
    let (path, _folder) = file();
    let at = a_moment("2026-09-14T02:00:00Z");
    let journal = opened(&path).await.unwrap();
    let cycle = journal
        .open(a_cycle_start("20260914-1000.1", at))
        .await
        .unwrap();
    let fill = told(a_fill("one").build());
    journal.record(cycle, vec![fill]).await.unwrap();
    tampered(&path, "UPDATE executions SET side = 'hold'").await;

    let error = journal
        .day("2026-09-14".parse().unwrap())
        .await
        .unwrap_err();

    assert_eq!(
        error.source.to_string(),
        "row 4 of executions holds `hold` as side: side `hold` is unknown, allowed are buy and sell \
         (long and short are read as these)"
    );
}

#[tokio::test]
async fn a_journal_serves_the_account_it_was_first_used_with() {
    let (path, _folder) = file();
    let now = a_moment("2026-09-14T02:00:00Z");
    let journal = database(&path).await.unwrap();
    let book = |name: &str| Book::Account(name.to_owned());
    drop(journal.book(&book("account-one"), now).await.unwrap());
    drop(journal.book(&book("account-one"), now).await.unwrap());
    drop(journal);

    let again = database(&path).await.unwrap();
    let error = again.book(&book("account-two"), now).await.unwrap_err();

    assert!(matches!(error, BindError::OtherAccount), "{error}");
    assert!(
        !error.to_string().contains("account-"),
        "accounts stay out of logs: {error}"
    );
}

/// Prints how long a full day takes to read; the machine decides, so nothing is asserted about it.
#[tokio::test]
async fn a_day_of_five_thousand_fills_is_read_whole() {
    let (path, _folder) = file();
    let at = a_moment("2026-09-14T01:30:00Z");
    let journal = opened(&path).await.unwrap();
    let cycle = journal
        .open(a_cycle_start("20260914-0930.1", at))
        .await
        .unwrap();
    let fills = (0..5_000).map(|number| {
        let moment = at + TimeDelta::milliseconds(number);
        told(a_fill(&number.to_string()).at(moment).build())
    });
    journal.record(cycle, fills.collect()).await.unwrap();

    let begin = Instant::now();
    let day = journal.day("2026-09-14".parse().unwrap()).await.unwrap();

    println!("a day of 5,000 fills read in {:?}", begin.elapsed());
    assert_eq!(day.fills.len(), 5_000);
}
