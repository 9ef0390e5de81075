//! What a run costs the disk: each durable commit waits for it, so there are few of them; and a year of
//! runs stays small.

use std::fs::File;
use std::io::Write as _;
use std::time::{Duration, Instant};

use catalyst_testkit::postgres::Cluster;
use serde_json::{Value, json};

use crate::program::Program;

/// Durable commits of a run with 20 tool calls and three filled orders, at most.
const COMMITS_MAX: u64 = 12;

/// Statements of the same run at most, those that begin and end transactions counted: each of them is
/// most of what the journal costs the processor.
const STATEMENTS_MAX: u64 = 125;

/// Bytes of a year's journal at most.
const YEAR_MAX: u64 = 200_000_000;

/// Weeks of a year with trading, rounded up.
const WEEKS: u64 = 52;

/// Prices fit the generated day 2026-09-18 of seed 3 at ten o'clock.
const ORDERS: [(&str, u64, [&str; 3]); 3] = [
    ("1211", 100, ["110.5", "107.5", "126"]),
    ("3690", 100, ["122", "118.5", "139"]),
    ("9618", 50, ["145", "140.5", "165"]),
];

/// Twenty calls: a look around, then four questions, a check and an order for each of three names.
fn script() -> String {
    let mut turns = vec![
        json!({"tool": "get_portfolio"}),
        json!({"tool": "scan_market"}),
    ];
    for (symbol, quantity, [entry, stop, target]) in ORDERS {
        let asked = ["get_quote", "get_technicals", "detect_patterns", "get_news"]
            .map(|tool| json!({"tool": tool, "input": {"symbol": symbol}}));
        turns.push(json!({"calls": asked}));
        turns.push(
            json!({"tool": "check_risk", "input": {"symbol": symbol, "side": "buy",
            "quantity": quantity, "entry_price": entry, "stop_loss": stop,
            "take_profit": target}}),
        );
        turns.push(
            json!({"tool": "execute_trade", "input": {"symbol": symbol, "side": "buy",
            "quantity": quantity, "order_type": "limit", "limit_price": entry,
            "stop_loss": stop, "take_profit": target, "reason": "three orders"}}),
        );
    }
    let lines: Vec<_> = turns.iter().map(Value::to_string).collect();
    lines.join("\n") + "\n{\"finish\":\"done\"}\n"
}

fn document(program: &Program, words: &[&str]) -> Value {
    let ended = program.catalyst(words);
    assert_eq!(ended.code, Some(0), "{words:?}: {}", ended.err);
    ended.json()
}

/// What the disk takes to keep 4 KiB, the median of 50.
fn one_sync(program: &Program) -> Duration {
    let mut file = File::create(program.home().join("sync")).unwrap();
    let mut took: Vec<_> = (0..50)
        .map(|_| {
            let begun = Instant::now();
            file.write_all(&[7; 4_096]).unwrap();
            file.sync_all().unwrap();
            begun.elapsed()
        })
        .collect();
    took.sort();
    took[25]
}

/// The program with its journal in a file, and in a database that has to live as long.
fn on_both_engines() -> [(Program, Option<catalyst_testkit::postgres::Database>); 2] {
    let database = Cluster::shared().unwrap().database().unwrap();
    let program = Program::in_scratch_home().with("DATABASE_URL", &database.url());
    assert_eq!(program.catalyst(&["db", "migrate"]).code, Some(0));
    [
        (Program::in_scratch_home(), None),
        (program, Some(database)),
    ]
}

/// The run of the script, and how long it took.
fn one_run(program: Program) -> (Program, Duration) {
    program.file("script.jsonl", &script());
    let program = program
        .with("CATALYST__ADVISOR__KIND", "script:script.jsonl")
        .with("CATALYST__STRATEGY__ENTRY_CRITERIA", "report");
    let begun = Instant::now();
    let ended = program.catalyst(&["cycle", "--at", "2026-09-18T10:00:00+08:00"]);
    let took = begun.elapsed();
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    (program, took)
}

/// Counted by the server, of which the run is the only client.
#[test]
fn a_run_with_twenty_calls_and_three_filled_orders_asks_few_statements() {
    let cluster = Cluster::own(&["shared_preload_libraries = 'pg_stat_statements'"]).unwrap();
    let (database, beside) = (cluster.database().unwrap(), cluster.database().unwrap());
    beside.psql("create extension pg_stat_statements").unwrap();
    let program = Program::in_scratch_home().with("DATABASE_URL", &database.url());
    assert_eq!(program.catalyst(&["db", "migrate"]).code, Some(0));
    beside.psql("select pg_stat_statements_reset()").unwrap();

    one_run(program);

    let counted = format!(
        "select sum(calls) from pg_stat_statements s join pg_database d on d.oid = s.dbid \
         where d.datname = '{}'",
        database.name()
    );
    let statements: u64 = beside.psql(&counted).unwrap().trim().parse().unwrap();
    eprintln!("{statements} statements in a run");
    assert!(statements <= STATEMENTS_MAX, "{statements}");
}

#[test]
fn a_run_with_twenty_calls_and_three_filled_orders_makes_few_durable_commits() {
    for (program, _database) in on_both_engines() {
        let (program, took) = one_run(program);

        let status = document(&program, &["db", "status", "--json"]);

        let count = |table: &str| status["rows"][table].as_u64().unwrap();
        assert_eq!((count("tool_calls"), count("executions")), (20, 3));
        // One for each book, opened run and batch of rows.
        let commits = count("books") + count("cycles") + count("batches");
        eprintln!(
            "{}: {commits} durable commits in a run of {took:?}; the disk takes {:?} for one",
            status["engine"],
            one_sync(&program)
        );
        assert!(commits <= COMMITS_MAX, "{commits}");
    }
}

/// SQLite's own two files go when the last connection is closed, and with them what a copy of the journal
/// alone would miss. Whoever writes does not leave that to chance.
#[test]
fn a_run_leaves_a_journal_whose_file_can_be_copied_alone() {
    let program = Program::in_scratch_home();
    for words in [
        "guard --at 2026-09-18T10:30:00+08:00",
        "guard --at 2026-09-18T10:31:00+08:00",
        "cycle --at 2026-09-18T11:00:00+08:00",
        "halt --at 2026-09-18T11:10:00+08:00 --reason copying",
        "resume --at 2026-09-18T11:11:00+08:00 --reason copied",
        "risk accept --by owner",
        "flatten --at 2026-09-18T11:12:00+08:00 --reason over --yes",
    ] {
        let ended = program.catalyst(&words.split(' ').collect::<Vec<_>>());
        assert_eq!(ended.code, Some(0), "{words}: {}", ended.err);
        let journal = program.home().join("state/catalyst/journal.sqlite");
        assert!(journal.exists());
        for beside in ["journal.sqlite-wal", "journal.sqlite-shm"] {
            assert!(
                !journal.with_file_name(beside).exists(),
                "{words}: {beside}"
            );
        }
    }
}

/// A played week has its cycles and guards; every table and index is counted.
#[test]
fn a_year_of_weeks_like_a_played_one_is_small() {
    let week = ["--days", "5", "--date", "2026-09-14", "--json", "--store"];
    for (program, database) in on_both_engines() {
        let store = if database.is_some() {
            "postgres"
        } else {
            "sqlite"
        };
        let empty = document(&program, &["db", "migrate", "--json", "--store", store]);
        assert_eq!(empty["to"], 3, "{empty}");
        let before = document(&program, &["db", "status", "--json"])["bytes"].as_u64();
        let words: Vec<_> = ["rehearse"]
            .into_iter()
            .chain(week)
            .chain([store])
            .collect();
        document(&program, &words);

        let status = document(&program, &["db", "status", "--json"]);

        let year = (status["bytes"].as_u64().unwrap() - before.unwrap()) * WEEKS;
        eprintln!(
            "{store}: {} runs a week, {year} bytes a year",
            status["rows"]["cycles"]
        );
        assert!(year < YEAR_MAX, "{store}: {year}");
    }
}
