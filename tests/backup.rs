//! A journal restored from a copy is the same journal: whole, with the same end, and fit to go on.

use std::process::Command;

use catalyst_testkit::postgres::Cluster;

use crate::program::Program;

const FIRST: &str = "2026-09-18T10:30:00+08:00";
const NEXT: &str = "2026-09-18T11:00:00+08:00";

fn ran(program: &Program, words: &[&str]) -> String {
    let ended = program.catalyst(words);
    assert_eq!(ended.code, Some(0), "{words:?}: {}", ended.err);
    ended.out
}

/// What `verify` and `status` say about a journal.
fn told(program: &Program, state: &str) -> [String; 2] {
    [
        ran(program, &["verify", "--json", "--state", state]),
        ran(program, &["status", "--json", "--state", state]),
    ]
}

#[test]
fn a_dump_of_the_schema_restored_into_a_fresh_database_goes_on() {
    let cluster = Cluster::shared().unwrap();
    let (lived, fresh) = (cluster.database().unwrap(), cluster.database().unwrap());
    let program = Program::in_scratch_home().with("DATABASE_URL", &lived.url());
    ran(&program, &["db", "migrate"]);
    ran(&program, &["cycle", "--at", FIRST, "--state", "here"]);
    let before = told(&program, "here");

    program.file(
        "dump.sql",
        &lived.dump(&["--schema=catalyst_intl"]).unwrap(),
    );
    fresh.load(&program.home().join("dump.sql")).unwrap();

    let restored = program.with("DATABASE_URL", &fresh.url());
    assert_eq!(told(&restored, "here"), before);
    let next = ran(&restored, &["cycle", "--at", NEXT, "--state", "here"]);
    assert!(next.starts_with("cycle 20260918-1100.1: done, "), "{next}");
    ran(&restored, &["verify", "--state", "here"]);
}

/// The folder and not the file alone, since SQLite may have left its log beside it.
#[test]
fn a_copy_of_the_state_folder_goes_on() {
    let program = Program::in_scratch_home();
    ran(&program, &["cycle", "--at", FIRST, "--state", "here"]);
    let before = told(&program, "here");
    let (here, there) = (program.home().join("here"), program.home().join("there"));
    let mut copy = Command::new("cp");
    copy.arg("-r").args([&here, &there]);
    assert!(copy.status().unwrap().success());

    assert_eq!(told(&program, "there"), before);
    let next = ran(&program, &["cycle", "--at", NEXT, "--state", "there"]);
    assert!(next.starts_with("cycle 20260918-1100.1: done, "), "{next}");
    ran(&program, &["verify", "--state", "there"]);
    assert_eq!(told(&program, "here"), before, "the first has not moved");
}
