//! A journal restored from a copy is the same journal: whole, with the same end, and fit to go on.

use std::path::Path;
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

/// The journal's file once it holds more than its first page: SQLite moves the others into it from the file
/// beside it when there are a thousand of them, or when it is closed in time.
fn more_than_its_first_page(program: &Program, file: &Path) -> Vec<u8> {
    for minute in 0..60 {
        let at = format!("2026-09-18T10:{minute:02}:00+08:00");
        ran(program, &["guard", "--at", &at]);
        let held = std::fs::read(file).unwrap();
        if held.len() > 8192 {
            return held;
        }
    }
    panic!("{} has nothing to be cut off", file.display());
}

/// What a journal's file may come to hold, and what SQLite says of it.
#[test]
fn a_damaged_journal_is_named_and_calls_the_owner_who_can_still_halt() {
    let program = Program::in_scratch_home();
    let file = program.home().join("state/catalyst/journal.sqlite");
    let whole = more_than_its_first_page(&program, &file);
    let noise = vec![7_u8; 60_000];
    let damages = [
        [b"SQLite format 3\0".as_slice(), &noise].concat(),
        [&whole[..100], &noise].concat(),
        whole[..4096].to_vec(),
        b"hello".to_vec(),
    ];
    for damaged in damages {
        for log in ["-wal", "-shm"] {
            let beside = file.with_file_name(format!("journal.sqlite{log}"));
            if beside.exists() {
                std::fs::remove_file(beside).unwrap();
            }
        }
        std::fs::write(&file, damaged).unwrap();

        for words in [
            ["cycle", "--at", NEXT].as_slice(),
            &["guard", "--at", NEXT],
            &["status"],
            &["verify"],
        ] {
            let ended = program.catalyst(words);

            assert_eq!(ended.code, Some(4), "{words:?}: {}", ended.err);
            for told in [
                "state/catalyst/journal.sqlite is ",
                "put a backup in their place",
            ] {
                assert!(ended.err.contains(told), "{words:?}: {}", ended.err);
            }
        }
        let doctor = program.catalyst(&["doctor"]);
        assert_eq!(doctor.code, Some(6), "{}", doctor.err);
        assert!(
            doctor
                .out
                .contains("-> `catalyst halt`; move journal.sqlite"),
            "{}",
            doctor.out
        );
        let halt = ran(&program, &["halt", "--reason", "damage"]);
        assert!(halt.contains("  flag: set\n"), "{halt}");
    }
}

#[test]
fn the_doctor_speaks_of_a_server_only_where_the_journal_is_on_one() {
    let file = Program::in_scratch_home();
    std::fs::create_dir_all(file.home().join("state/catalyst/journal.sqlite")).unwrap();
    let server =
        Program::in_scratch_home().with("DATABASE_URL", "postgres://nobody:none@127.0.0.1:9/none");

    let (file, server) = (file.catalyst(&["doctor"]), server.catalyst(&["doctor"]));

    assert_eq!((file.code, server.code), (Some(6), Some(6)), "{file:?}");
    let told = "-> run `catalyst db status`; the file has to be readable for this user";
    assert!(file.out.contains(told), "{}", file.out);
    assert!(!file.out.contains("start the database"), "{}", file.out);
    let told = "-> run `catalyst db status`; start the database or mend";
    assert!(server.out.contains(told), "{}", server.out);
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
