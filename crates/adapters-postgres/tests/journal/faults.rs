//! Databases that are full, locked or crowded, and locks whose holder is gone.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use catalyst_adapters_postgres::{
    BothLocks, Database, FileLock, PostgresConfig, SessionLock, SqlJournal, migrate_postgres,
};
use catalyst_domain::order::{ClientOrderId, CycleId, Leg};
use catalyst_ports::cycle_lock::CycleLock;
use catalyst_ports::journal::{Archive as _, Journal as _, JournalEntry};
use catalyst_testkit::builders::{
    a_bracket_plan, a_cycle_start, a_fill, a_moment, an_auction_exit, an_intent_of, an_order, told,
};
use catalyst_testkit::clock::ManualClock;
use catalyst_testkit::postgres::Cluster;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use tempfile::TempDir;

fn at() -> DateTime<Utc> {
    a_moment("2026-09-14T02:00:00Z")
}

/// An error with all that caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

async fn opened(journal: &SqlJournal) -> CycleId {
    let start = a_cycle_start("20260914-1000.1", at());
    journal.open(start).await.unwrap()
}

fn an_exit(cycle: CycleId) -> (ClientOrderId, JournalEntry) {
    let id = an_order(cycle, 1, Leg::Exit);
    let intent = an_intent_of(an_auction_exit(), id, at());
    (id, JournalEntry::Intent(intent))
}

fn an_entry(cycle: CycleId) -> JournalEntry {
    let id = an_order(cycle, 2, Leg::Entry);
    JournalEntry::Intent(an_intent_of(a_bracket_plan(id), id, at()))
}

#[tokio::test]
async fn a_crowded_server_is_an_outage_and_says_so() {
    let settings = [
        "max_connections = 4",
        "superuser_reserved_connections = 0",
        "max_wal_senders = 0",
    ];
    let server = Cluster::own(&settings).unwrap();
    let database = server.database().unwrap();
    let config = crate::fixture::postgres::config(&database);
    migrate_postgres(&config).await.unwrap();

    let mut open = Vec::new();
    let refused = loop {
        match Database::postgres(&config, crate::fixture::rules()).await {
            Ok(database) => open.push(database),
            Err(refused) => break refused,
        }
    };

    assert!((1..=4).contains(&open.len()), "{}", open.len());
    assert!(refused.is_outage());
    let text = chain(&refused);
    assert!(text.contains("no connection free"), "{text}");
}

#[tokio::test]
async fn a_lock_of_somebody_else_is_waited_for_in_bounds_and_then_an_outage() {
    let (database, server) = crate::fixture::postgres::migrated().await;
    let folder = tempfile::tempdir().unwrap();
    let journal = crate::fixture::journal(&database).await;
    let ahead = folder.path().join("write-ahead.jsonl");
    let journal = journal.with_write_ahead(ahead.clone()).await.unwrap();
    let cycle = opened(&journal).await;
    let other = sea_orm::Database::connect(server.url()).await.unwrap();
    let held = other.begin().await.unwrap();
    let lock = "LOCK TABLE catalyst_intl.chain_heads IN ACCESS EXCLUSIVE MODE";
    held.execute_unprepared(lock).await.unwrap();

    let begin = Instant::now();
    let refused = journal.record(cycle, vec![an_entry(cycle)]).await;
    let (exit, entry) = an_exit(cycle);
    journal.record(cycle, vec![entry]).await.unwrap();

    assert!(refused.is_err());
    assert!(begin.elapsed() < Duration::from_secs(8), "{begin:?}");
    assert!(ahead.exists());
    held.rollback().await.unwrap();
    drop(journal);
    let again = crate::fixture::journal(&database).await;
    let again = again.with_write_ahead(ahead.clone()).await.unwrap();
    let known = again.unsettled().await.unwrap();
    assert_eq!(known.iter().map(|one| one.id).collect::<Vec<_>>(), [exit]);
    assert!(!ahead.exists());
    assert_eq!(database.verify(None).await.unwrap().flaw, None);
}

/// Fills stamped later than the clock of the run that reads them.
#[tokio::test]
async fn a_clock_that_went_backwards_neither_hides_nor_doubles_a_fill() {
    let database = Database::in_memory(crate::fixture::rules()).await.unwrap();
    let journal = crate::fixture::journal(&database).await;
    let cycle = opened(&journal).await;
    let later = a_moment("2026-09-14T02:30:00Z");
    let fill = || told(a_fill("one").at(later).build());
    journal.record(cycle, vec![fill()]).await.unwrap();

    let again = opened(&journal).await;
    journal.record(again, vec![fill()]).await.unwrap();

    let day = journal.day("2026-09-14".parse().unwrap()).await.unwrap();
    assert_eq!(day.fills.len(), 1);
    assert_eq!(day.holdings.positions().count(), 1);
}

fn file_lock(path: PathBuf) -> FileLock {
    FileLock::new(path, Arc::new(ManualClock::at(at())), TimeDelta::minutes(6))
}

fn both(config: &PostgresConfig, folder: &Path) -> BothLocks {
    let file = file_lock(folder.join("catalyst.lock"));
    BothLocks::new(Arc::new(file), Arc::new(SessionLock::new(config.clone())))
}

/// Tries until the lock is free; a server notices within moments that a client is gone.
async fn soon_free(lock: &dyn CycleLock) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(10) {
        if lock.acquire().await.unwrap().is_some() {
            return true;
        }
    }
    false
}

#[tokio::test]
async fn of_two_runs_on_one_schema_the_second_waits_for_the_end_of_the_first() {
    let server = crate::fixture::postgres::empty();
    let config = crate::fixture::postgres::config(&server);
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = both(&config, here.path()).acquire().await.unwrap();
    assert!(first.is_some());

    for folder in [&here, &there] {
        let second = both(&config, folder.path()).acquire().await.unwrap();
        assert!(second.is_none(), "{}", folder.path().display());
    }
    drop(first);

    assert!(soon_free(&both(&config, there.path())).await);
}

#[tokio::test]
async fn a_lock_goes_with_the_session_that_the_server_ended() {
    let server = crate::fixture::postgres::empty();
    let config = crate::fixture::postgres::config(&server);
    let lock = SessionLock::new(config.clone());
    let held = lock.acquire().await.unwrap();

    let ended = server.psql(
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' \
         and database = (select oid from pg_database where datname = current_database())",
    );

    assert_eq!(ended.unwrap(), "t");
    assert!(soon_free(&lock).await);
    drop(held);
}

/// What the process says that holds the lock.
const HELD: &str = "the lock is held";

/// Set for the process that plays a part in a test of this file: what it works on.
const PART: &str = "CATALYST_TEST_PART";

/// This program once more, to play one part; `shell` is what is set before it.
fn part(name: &str, folder: &TempDir, shell: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{shell} exec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", &format!("faults::{name}"), "--nocapture"])
        .env(PART, folder.path())
        .stdin(Stdio::null());
    command
}

fn given() -> Option<PathBuf> {
    std::env::var_os(PART).map(PathBuf::from)
}

#[tokio::test]
async fn a_lock_left_by_a_killed_process_is_free() {
    let folder = tempfile::tempdir().unwrap();
    let lock = file_lock(folder.path().join("catalyst.lock"));
    let mut holder = part("a_process_that_holds_the_lock", &folder, "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(holder.stdout.take().unwrap());
    assert!(said.lines().any(|line| line.unwrap().contains(HELD)));
    assert!(lock.acquire().await.unwrap().is_none());

    holder.kill().unwrap();
    holder.wait().unwrap();

    assert!(lock.acquire().await.unwrap().is_some());
}

#[tokio::test]
async fn a_process_that_holds_the_lock() {
    let Some(folder) = given() else { return };
    let held = file_lock(folder.join("catalyst.lock"))
        .acquire()
        .await
        .unwrap();
    assert!(held.is_some());
    println!("{HELD}");
    // Until the other end is closed, which its being killed comes before.
    std::io::stdin().read_line(&mut String::new()).unwrap();
    drop(held);
}

/// The system lets no file of the process grow past its limit, which to SQLite is a disk that takes no
/// more. `sh` counts in half kilobytes.
#[tokio::test]
async fn a_full_disk_is_named_and_the_journal_opens_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.sqlite");
    drop(
        Database::sqlite(&path, crate::fixture::rules())
            .await
            .unwrap(),
    );
    let full = part(
        "a_process_on_a_full_disk",
        &folder,
        "trap '' XFSZ; ulimit -f 1200;",
    );

    let ended = { full }.output().unwrap();

    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{said}");
    let database = Database::sqlite(&path, crate::fixture::rules())
        .await
        .unwrap();
    let journal = crate::fixture::journal(&database).await;
    assert_eq!(database.verify(None).await.unwrap().flaw, None);
    // What was told to be kept is kept; what was refused is not.
    let kept = journal.day("2026-09-14".parse().unwrap()).await.unwrap();
    let orders = journal.unsettled().await.unwrap();
    let promised = std::fs::read_to_string(folder.path().join("kept")).unwrap();
    let found = format!("{} fills, {} orders", kept.fills.len(), orders.len());
    assert_eq!(found, promised);
}

#[tokio::test]
async fn a_process_on_a_full_disk() {
    let Some(folder) = given() else { return };
    let path = folder.join("journal.sqlite");
    let database = Database::sqlite(&path, crate::fixture::rules())
        .await
        .unwrap();
    let journal = crate::fixture::journal(&database).await;
    let cycle = opened(&journal).await;
    let mut kept = 0;
    let failure = loop {
        assert!(kept < 5_000, "the disk never filled");
        let fill = told(a_fill(&kept.to_string()).at(at()).build());
        match journal.record(cycle, vec![fill]).await {
            Ok(()) => kept += 1,
            Err(failure) => break failure,
        }
    };
    let text = chain(&failure);
    assert!(text.contains("disk") || text.contains("full"), "{text}");
    // Whether an order still finds room where a fill found none is a matter of a few bytes.
    let order = journal.record(cycle, vec![an_entry(cycle)]).await;
    let orders = u8::from(order.is_ok());
    let promised = format!("{kept} fills, {orders} orders");
    std::fs::write(folder.join("kept"), promised).unwrap();
}
