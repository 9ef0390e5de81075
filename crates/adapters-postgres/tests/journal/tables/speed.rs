//! Years of runs in a journal: what a run and the owner ask of it stays quick, and no question walks
//! over all that was ever kept. Times are printed; what is asserted leaves room for a slow machine.

use std::time::{Duration, Instant};

use catalyst_adapters_postgres::Database;
use catalyst_ports::journal::Journal as _;

use super::hand::{Engine, Hand};

/// Runs in the journal: seven years of them at 14 cycles and 43 guards a day.
const RUNS: i64 = 100_000;

/// Orders in it.
const ORDERS: i64 = 20_000;

/// The slowest question that is let pass, without optimisation and on a busy machine.
const SLOWEST: Duration = Duration::from_secs(1);

/// Rows of one table that all questions of `catalyst status` together go through at most: those of a
/// day, not those of years.
const ROWS_MAX: i64 = 300;

/// Questions of a day to the tables that grow with every run, as both engines read them.
const BOUNDED: [&str; 13] = [
    "SELECT * FROM order_intents WHERE book_id = 1 AND date = '2026-09-14' ORDER BY id",
    "SELECT * FROM order_intents WHERE book_id = 1 AND id >= 1299000 AND NOT EXISTS (SELECT 1 \
     FROM settlements WHERE order_intents.book_id = settlements.book_id \
     AND order_intents.name = settlements.order_name) AND date < '2026-09-14' ORDER BY id",
    "SELECT * FROM settlements WHERE book_id = 1 AND order_name IN (SELECT name \
     FROM order_intents WHERE book_id = 1 AND date = '2026-09-14') ORDER BY id",
    "SELECT * FROM executions WHERE book_id = 1 AND id > 1299000 ORDER BY id",
    "SELECT * FROM executions WHERE book_id = 1 AND at > 1789000000000000 ORDER BY id",
    "SELECT * FROM commissions WHERE book_id = 1 AND execution IN (SELECT execution \
     FROM executions WHERE book_id = 1 AND id > 1299000) AND id > 1299000 ORDER BY id",
    "SELECT * FROM decisions WHERE cycle_id IN \
     (SELECT id FROM cycles WHERE book_id = 1 AND date = '2026-09-14') ORDER BY id",
    "SELECT * FROM readings WHERE book_id = 1 ORDER BY at DESC, id DESC LIMIT 1",
    "SELECT * FROM readings WHERE book_id = 1 AND date = '2026-09-14' ORDER BY id LIMIT 1",
    "SELECT * FROM readings WHERE book_id = 1 AND date < '2026-09-14' \
     ORDER BY date DESC, at DESC, id DESC LIMIT 1",
    "SELECT * FROM readings WHERE book_id = 1 AND id > 1299000 ORDER BY id LIMIT 1",
    "SELECT * FROM cycle_ends WHERE book_id = 1 AND flat = TRUE AND date < '2026-09-14' \
     ORDER BY date DESC, id DESC LIMIT 1",
    "SELECT * FROM comparisons WHERE book_id = 1 AND date = '2026-09-15' ORDER BY id DESC LIMIT 1",
];

/// Questions to tables that grow only when something happens. PostgreSQL reads one of a page or two
/// whole, and rightly.
const RARE: [&str; 5] = [
    "SELECT * FROM findings WHERE comparison_id = 1299000 ORDER BY id",
    "SELECT * FROM write_offs WHERE book_id = 1 AND id > 1299000 ORDER BY at, id",
    "SELECT * FROM limit_changes WHERE book_id = 1 AND name <> 'x' ORDER BY id",
    "SELECT * FROM halts WHERE book_id = 1 AND scope = 'until_moved' AND date <= '2026-09-14' \
     ORDER BY id DESC LIMIT 1",
    "SELECT * FROM halts WHERE book_id = 1 AND scope = 'day' AND date = '2026-09-14' \
     ORDER BY id DESC LIMIT 1",
];

/// Every question goes through an index.
async fn no_question_scans(hand: &Hand) {
    let (scan, rare) = match hand.engine {
        Engine::Sqlite => ("SCAN", RARE.as_slice()),
        Engine::Postgres => ("Seq Scan", [].as_slice()),
    };
    for question in BOUNDED.iter().chain(rare) {
        let plan = hand.plan(question).await;
        assert!(!plan.contains(scan), "{question}: {plan}");
    }
}

/// Lets the server forget what it has counted so far.
async fn count_anew(hand: &Hand) {
    end_others(hand).await;
    hand.run("SELECT pg_stat_force_next_flush()").await.unwrap();
    hand.run("SELECT pg_stat_reset()").await.unwrap();
}

/// A server's process tells what it has counted when it ends.
async fn end_others(hand: &Hand) {
    let end = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    hand.run(end).await.unwrap();
}

/// By the server's own count no table was walked, by an index or without one.
async fn nothing_was_walked(hand: &Hand) {
    end_others(hand).await;
    let counted = "SELECT relname || ': ' || seq_tup_read + coalesce(idx_tup_fetch, 0) \
                   FROM pg_stat_user_tables WHERE schemaname = 'catalyst_intl' ";
    let walked = format!("{counted} AND seq_tup_read + coalesce(idx_tup_fetch, 0) > {ROWS_MAX}");
    assert_eq!(hand.texts(&walked).await, [], "rows gone through");
    let asked = format!("{counted} AND relname = 'order_intents' AND idx_tup_fetch > 0");
    assert_eq!(hand.texts(&asked).await.len(), 1, "nothing was counted");
}

/// Numbers 1 to `RUNS`, with the moment and the day of each.
fn series(engine: Engine) -> String {
    let (numbers, day) = match engine {
        Engine::Sqlite => (
            format!(
                "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {RUNS})"
            ),
            "date('2015-01-01', '+' || (n / 57) || ' days')",
        ),
        Engine::Postgres => (
            format!("WITH s AS (SELECT n FROM generate_series(1, {RUNS}) AS n)"),
            "to_char(date '2015-01-01' + CAST(n / 57 AS integer), 'YYYY-MM-DD')",
        ),
    };
    format!(
        "CREATE TEMPORARY TABLE series AS {numbers} \
         SELECT n, 1420070400000000 + CAST(n AS bigint) * 60000000 AS at, {day} AS date FROM s"
    )
}

/// Fills the tables of a journal that has one book and nothing else. Places are as they would be in
/// what the questions rest on: the ends of runs come last. Seals are none.
#[expect(clippy::too_many_lines, reason = "a table of tables")]
async fn years(hand: &Hand) {
    hand.run(&series(hand.engine)).await.unwrap();
    let (no, none) = match hand.engine {
        Engine::Sqlite => ("1", "X'00'"),
        Engine::Postgres => ("true", "'\\x00'"),
    };
    let orders = format!("WHERE n <= {ORDERS}");
    let of_order = "'20150101-' || n || '.1-01e'";
    let tables = [
        (
            "cycles",
            format!(
                "n + 10, 1, 'c' || n, 'c' || n, 1, date, 'rules', '1', 's', NULL, 'r', at, {none}"
            ),
            "",
        ),
        (
            "order_intents",
            format!("n + 200000, n + 10, 1, {of_order}, date, '00700', 'plan', 'why', at, {none}"),
            &orders,
        ),
        (
            "order_events",
            format!(
                "n + 300000, n + 10, 1, {of_order}, '00700', 'buy', NULL, 100, 0, 'working', at, {none}"
            ),
            &orders,
        ),
        (
            "executions",
            format!(
                "n + 400000, n + 10, 1, 'x' || n, NULL, {of_order}, '00700', 'buy', 100, 5, at, {none}"
            ),
            &orders,
        ),
        (
            "commissions",
            format!("n + 500000, n + 10, 1, 'x' || n, 1, 'HKD', 'reported', at, {none}"),
            &orders,
        ),
        (
            "settlements",
            format!("n + 600000, n + 10, 1, {of_order}, 'done', at, {none}"),
            &orders,
        ),
        (
            "readings",
            format!("n + 700000, n + 10, 1, date, 1000000, 1000000, 'HKD', at, {none}"),
            "",
        ),
        (
            "comparisons",
            format!("n + 800000, n + 10, 1, date, at, {none}"),
            "",
        ),
        (
            "decisions",
            format!("n + 900000, n + 10, 'c' || n, 'skip', NULL, 'thin', at, {none}"),
            "",
        ),
        ("batches", format!("n + 1000000, n + 10, 1, {none}"), ""),
        (
            "proofs_of_life",
            format!("n + 1100000, n + 10, NULL, at, {none}"),
            "",
        ),
        (
            "cycle_ends",
            format!("n + 1200000, n + 10, 1, date, 'done', 'over', 20, {no}, 1200000, at, {none}"),
            "",
        ),
    ];
    for (table, values, condition) in &tables {
        let sql = format!("INSERT INTO {table} SELECT {values} FROM series {condition}");
        hand.run(&sql).await.unwrap();
    }
    hand.run("UPDATE chain_heads SET row_id = 2000000")
        .await
        .unwrap();
    let tidied = match hand.engine {
        Engine::Sqlite => "ANALYZE",
        Engine::Postgres => "VACUUM ANALYZE",
    };
    hand.run(tidied).await.unwrap();
}

/// Every question is asked by a handle that remembers nothing, as every run has; the last as
/// `catalyst status` asks it, from the opening of the database on.
async fn is_quick(opened: impl AsyncFn() -> Database, hand: &Hand, place: &str) {
    let journal = crate::fixture::journal(&opened().await).await;
    years(hand).await;
    super::full::fill(&journal, 2).await;
    no_question_scans(hand).await;
    let date = "2026-09-14".parse().unwrap();
    let fresh = crate::fixture::journal(&opened().await).await;

    let begun = Instant::now();
    let day = fresh.day(date).await.unwrap();
    let day_took = begun.elapsed();
    let begun = Instant::now();
    let open = fresh.unsettled().await.unwrap();
    let open_took = begun.elapsed();
    if hand.engine == Engine::Postgres {
        count_anew(hand).await;
    }
    let begun = Instant::now();
    let book = opened().await.existing_book("DU0000000").await.unwrap();
    let shown = book.unwrap().day(date).await.unwrap();
    let status_took = begun.elapsed();

    println!(
        "{place}, {RUNS} runs: day in {day_took:?}, unsettled in {open_took:?}, all that status asks \
         in {status_took:?}"
    );
    assert_eq!((day.families.len(), open.len()), (14, 0));
    assert_eq!(shown, day);
    if hand.engine == Engine::Postgres {
        nothing_was_walked(hand).await;
    }
    for took in [day_took, open_took, status_took] {
        assert!(took < SLOWEST, "{took:?}");
    }
}

#[tokio::test]
async fn a_hundred_thousand_runs_in_a_file_are_asked_quickly() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.sqlite");
    let opened = async || {
        let database = Database::sqlite(&path, crate::fixture::rules()).await;
        database.unwrap()
    };
    opened().await;
    let hand = Hand::on(&format!("sqlite://{}", path.display())).await;

    is_quick(opened, &hand, "a file").await;
}

#[tokio::test]
async fn a_hundred_thousand_runs_in_postgres_are_asked_quickly() {
    let (_migrated, server) = crate::fixture::postgres::migrated().await;
    let config = crate::fixture::postgres::config(&server);
    let opened = async || {
        let database = Database::postgres(&config, crate::fixture::rules()).await;
        database.unwrap()
    };
    let hand = Hand::on(&server.url()).await;

    is_quick(opened, &hand, "postgres").await;
}
