//! A whole visit: the schema made, three runs, a rehearsal, and every question about the journal. After
//! it nothing of the neighbour's has moved by a byte.

use catalyst_testkit::postgres::Database;

use super::{OWN, SHAPES, guest, left_alone, neighbour, securities_of};
use crate::program::{Ended, Program};

/// All that a guest does, in order.
const VISIT: [&str; 9] = [
    "db migrate",
    "db contract",
    "cycle --state here --at 2026-09-18T10:30:00+08:00",
    "cycle --state here --at 2026-09-18T11:00:00+08:00",
    "cycle --state here --at 2026-09-18T13:30:00+08:00",
    "rehearse --store postgres --json",
    "status --state here",
    "db status",
    "verify",
];

/// Questions to the server until a session that is over has left it; each takes some ten milliseconds.
const LEAVES_WITHIN: usize = 300;

fn ran(program: &Program, line: &str) -> Ended {
    let words: Vec<_> = line.split_whitespace().collect();
    let ended = program.catalyst(&words);
    assert_eq!(ended.code, Some(0), "{line}: {}", ended.err);
    ended
}

#[test]
fn a_visit_leaves_every_shape_as_it_was() {
    for shape in SHAPES {
        let database = neighbour(shape);
        let before = left_alone(&database, OWN);
        let program = guest(&database.url(), securities_of(shape));

        for line in VISIT {
            ran(&program, line);
        }

        assert!(left_alone(&database, OWN) == before, "{shape} has changed");
        let runs = format!("select count(*) > 3 from {OWN}.cycles");
        assert_eq!(database.psql(&runs).unwrap(), "t", "{shape}");
    }
}

#[test]
fn a_rehearsal_says_the_same_whatever_keeps_its_journal() {
    let database = neighbour("shape_1");
    let program = guest(&database.url(), "public.securities");
    ran(&program, "db migrate");

    let memory = ran(&program, "rehearse --json --store memory").out;
    let postgres = ran(&program, "rehearse --json --store postgres").out;
    let sqlite = ran(&program, "rehearse --json --store sqlite").out;

    assert!(memory.contains("\"reason_in\":\"bull_flag"), "{memory}");
    assert!(postgres == memory, "postgres differs");
    assert!(sqlite == memory, "sqlite differs");
}

/// The role of the script may log in twice at a time, so a run that needs a third session fails.
#[test]
fn the_role_of_the_script_is_enough_for_a_visit_and_for_nothing_else() {
    let database = neighbour("shape_4");
    let role = format!("guest_of_{}", database.name());
    let owner = guest(&database.url(), "public.securities");
    let script = ran(&owner, &format!("db role --name {role}")).out;
    database
        .psql(&format!("\\set password secret\n{script}"))
        .unwrap();
    database
        .psql(&format!("alter role {role} connection limit 2"))
        .unwrap();
    let before = left_alone(&database, OWN);
    let program = guest(&database.url_as(&role), "public.securities");

    for line in VISIT {
        wait_until_gone(&database, &role);
        ran(&program, line);
    }

    assert!(
        left_alone(&database, OWN) == before,
        "the neighbour has changed"
    );
    for refused in [
        "create table public.x ()",
        "create schema more",
        "table public.orders",
        "select exchange from public.securities",
        "update public.securities set symbol = 'X'",
    ] {
        let tried = database.psql(&format!("set role {role}; {refused}"));

        let error = tried.unwrap_err().to_string();
        assert!(error.contains("permission denied"), "{refused}: {error}");
    }
}

fn wait_until_gone(database: &Database, role: &str) {
    let sessions = format!("select count(*) from pg_stat_activity where usename = '{role}'");
    let is_gone = |_| database.psql(&sessions).unwrap() == "0";
    assert!((0..LEAVES_WITHIN).any(is_gone), "a session of {role} stays");
}
