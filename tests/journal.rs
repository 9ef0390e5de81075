//! The owner and his journal: limits that wait for his word, a halt without a database, a journal that
//! tells when it was changed, and a database that is not ready or not there.

use catalyst_testkit::postgres::{Cluster, Database};

use crate::program::{Ended, Program};

const TEN: &str = "2026-09-18T10:00:00+08:00";
const HALF_PAST: &str = "2026-09-18T10:30:00+08:00";
const ELEVEN: &str = "2026-09-18T11:00:00+08:00";

fn cycle(program: &Program, at: &str) -> Ended {
    program.catalyst(&["cycle", "--at", at])
}

/// The settings of a home that the owner changes between two runs.
fn max_positions(program: &Program, most: u32) {
    program.file(
        "config/settings.yaml",
        &format!("risk: {{max_positions: {most}}}\n"),
    );
}

fn on_postgres() -> (Program, Database) {
    let database = Cluster::shared().unwrap().database().unwrap();
    let program = Program::in_scratch_home().with("DATABASE_URL", &database.url());
    (program, database)
}

#[test]
fn a_looser_limit_refuses_entries_until_the_owner_accepts_it() {
    let program = Program::in_scratch_home();
    max_positions(&program, 5);
    assert_eq!(cycle(&program, TEN).code, Some(0));

    max_positions(&program, 8);
    let waiting = cycle(&program, HALF_PAST);
    let change = "risk.max_positions from 5 to 8";
    assert!(waiting.err.contains(change), "{}", waiting.err);
    assert!(
        waiting.out.contains("refused by limits_not_accepted"),
        "{}",
        waiting.out
    );

    let accepted = program.catalyst(&["risk", "accept", "--by", "Chan"]);
    assert_eq!(
        accepted.out,
        format!("accepted by Chan: {change}\n"),
        "{}",
        accepted.err
    );
    let again = program.catalyst(&["risk", "accept", "--by", "Chan", "--json"]);
    assert_eq!(again.json()["accepted"].as_array().map(Vec::len), Some(0));
    let free = cycle(&program, ELEVEN);
    assert!(!free.err.contains("looser"), "{}", free.err);

    max_positions(&program, 4);
    let stricter = cycle(&program, "2026-09-18T11:30:00+08:00");
    assert!(!stricter.err.contains("looser"), "{}", stricter.err);
    max_positions(&program, 5);
    let back = cycle(&program, "2026-09-18T13:30:00+08:00");
    assert!(
        back.err.contains("risk.max_positions from 4 to 5"),
        "{}",
        back.err
    );
}

#[test]
fn whoever_accepts_has_a_name() {
    let program = Program::in_scratch_home();

    let nobody = program.catalyst(&["risk", "accept"]);

    assert_eq!(nobody.code, Some(2));
    assert!(nobody.err.contains("--by NAME"), "{}", nobody.err);
    let user = Program::in_scratch_home().with("USER", "chan");
    let first = user.catalyst(&["risk", "accept", "--equity"]);
    assert!(
        first
            .out
            .contains("accepted by chan: risk.max_positions from nothing to 5"),
        "{}",
        first.out
    );
    assert!(
        first
            .out
            .contains("accepted by chan: account.equity_base from nothing"),
        "{}",
        first.out
    );
}

#[test]
fn a_halt_flag_works_beside_the_journal_and_a_bad_one_halts() {
    let program = Program::in_scratch_home();
    program.file("state/catalyst/halt", "exits_only until I am back\n");

    let exits_only = cycle(&program, HALF_PAST);
    assert_eq!(exits_only.code, Some(0), "{}", exits_only.err);
    assert!(
        exits_only.out.contains("refused by halt"),
        "{}",
        exits_only.out
    );
    let status = program.catalyst(&["status", "--json"]);
    assert_eq!(status.json()["state"], "exits_only");

    program.file("state/catalyst/halt", "hlated\n");
    let halted = cycle(&program, ELEVEN);
    assert_eq!(halted.code, Some(3), "{}", halted.err);
    assert!(halted.out.contains("trading is halted"), "{}", halted.out);
    let why = "begins with `hlated`, allowed are halted and exits_only";
    assert!(halted.err.contains(why), "{}", halted.err);
}

#[test]
fn a_database_without_the_schema_is_refused_with_what_to_do() {
    let (program, _database) = on_postgres();

    let refused = cycle(&program, TEN);
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(
        refused.err.contains("run `catalyst db migrate`"),
        "{}",
        refused.err
    );

    let migrated = program.catalyst(&["db", "migrate"]);
    assert!(
        migrated.out.contains("from schema version 0 to 3"),
        "{}",
        migrated.out
    );
    let again = program.catalyst(&["db", "migrate", "--json"]).json();
    assert_eq!((&again["from"], &again["to"]), (&3.into(), &3.into()));
    assert_eq!(cycle(&program, TEN).code, Some(0));
}

#[test]
fn a_database_that_is_away_ends_with_try_later_and_no_password() {
    let program = Program::in_scratch_home().with(
        "DATABASE_URL",
        "postgres://owner:open-sesame@127.0.0.1:1/trading",
    );

    let ended = cycle(&program, TEN);

    assert_eq!(ended.code, Some(75), "{}", ended.err);
    assert!(
        ended.err.contains("postgres://127.0.0.1:1/trading"),
        "{}",
        ended.err
    );
    assert!(!ended.err.contains("sesame"), "{}", ended.err);
    assert!(
        !program
            .home()
            .join("state/catalyst/sim-account.json")
            .exists()
    );
}

#[test]
fn a_changed_row_is_named_and_a_head_from_before_shows_a_cut_tail() {
    let (program, database) = on_postgres();
    program.catalyst(&["db", "migrate"]);
    let ran = cycle(&program, TEN);
    let head = ran.out.trim_end().rsplit(' ').next().unwrap();
    let verify = |more: &[&str]| program.catalyst(&[&["verify"], more].concat());
    let whole = verify(&["--head", head]);
    assert_eq!(whole.code, Some(0), "{}{}", whole.out, whole.err);
    assert!(
        whole.out.contains(head),
        "the head that the cycle printed: {}",
        whole.out
    );

    let told = "update catalyst_intl.decisions set reasoning = ";
    database.psql(&format!("{told} reasoning || '.'")).unwrap();
    let altered = verify(&[]);
    assert_eq!(altered.code, Some(6));
    assert!(
        altered.out.contains("of decisions was altered"),
        "{}",
        altered.out
    );
    database
        .psql(&format!("{told} left(reasoning, -1)"))
        .unwrap();
    assert_eq!(verify(&[]).code, Some(0));

    database
        .psql(
            "delete from catalyst_intl.proofs_of_life; \
             update catalyst_intl.chain_heads set (row_id, hash) = \
             (select id, hash from catalyst_intl.cycle_ends)",
        )
        .unwrap();
    assert_eq!(verify(&[]).code, Some(0), "a chain alone cannot show it");
    let cut = verify(&["--head", head, "--json"]);
    assert_eq!(cut.code, Some(6));
    assert_eq!(cut.json()["flaw"]["kind"], "seal_unknown");
}

#[test]
fn the_databases_state_is_told_for_people_and_for_programs() {
    let (program, _database) = on_postgres();
    program.catalyst(&["db", "migrate"]);
    cycle(&program, TEN);

    let told = program.catalyst(&["db", "status"]);
    let document = program.catalyst(&["db", "status", "--json"]).json();

    assert!(
        told.out.contains("last run    20260918-1000.1"),
        "{}",
        told.out
    );
    assert_eq!(document["engine"], "postgres");
    assert_eq!(document["rows"]["cycles"], 1);
    assert_eq!(document["books"][0]["kind"], "account");
    let missing = Program::in_scratch_home().catalyst(&["db", "status"]);
    assert_eq!(missing.code, Some(2));
    assert!(
        missing.err.contains("there is no journal at"),
        "{}",
        missing.err
    );
}

#[test]
fn another_account_than_the_first_is_refused() {
    let (program, database) = on_postgres();
    program.catalyst(&["db", "migrate"]);
    cycle(&program, TEN);
    database
        .psql("update catalyst_intl.books set account = 'U7654321'")
        .unwrap();

    let refused = cycle(&program, HALF_PAST);

    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(
        refused.err.contains("belongs to another account"),
        "{}",
        refused.err
    );
}
