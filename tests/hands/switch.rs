//! Halt and resume, as the owner types them.

use std::fs::File;
use std::time::Duration;

use serde_json::json;

use crate::program::Program;

const MONDAY: &str = "2026-09-14T10:00:00+08:00";

fn at(command: &str) -> Vec<&str> {
    let mut words: Vec<&str> = command.split(' ').collect();
    words.extend(["--at", MONDAY]);
    words
}

#[test]
fn a_halt_stops_the_next_cycle_and_a_resume_lets_it_trade_again() {
    let owner = Program::in_scratch_home().with("USER", "wing");
    let free = owner.catalyst(&at("cycle"));

    let halt = owner.catalyst(&at("halt --reason typhoon"));
    let halted = owner.catalyst(&at("cycle"));
    let resume = owner.catalyst(&at("resume --reason over"));
    let again = owner.catalyst(&at("cycle"));

    let codes = [&free, &halt, &halted, &resume, &again].map(|ended| ended.code);
    assert_eq!(
        codes,
        [Some(0), Some(0), Some(3), Some(0), Some(0)],
        "{halted:?} {resume:?}"
    );
    assert!(
        halt.out
            .contains("halted by wing: typhoon\n  flag: set\n  journal: set\n"),
        "{}",
        halt.out
    );
    assert!(halted.out.contains("trading is halted"), "{}", halted.out);
    assert!(
        resume.out.starts_with("trading again by wing: over\n"),
        "{}",
        resume.out
    );
}

#[test]
fn a_later_halt_stands_beside_the_first_one() {
    let owner = Program::in_scratch_home().with("USER", "wing");
    owner.catalyst(&at("cycle"));
    owner.catalyst(&at("halt --reason typhoon"));

    let later = owner.catalyst(&at("halt --by lee --reason holiday"));
    let document = owner.catalyst(&at("halt --by lee --reason holiday --json"));
    let status = owner.catalyst(&["status"]);
    let doctor = owner.catalyst(&["doctor"]);
    owner.catalyst(&at("resume --reason over"));
    let anew = owner.catalyst(&at("halt --reason again"));

    let first = "by wing at 2026-09-14 10:00 HKT: typhoon";
    let both = format!("{first}; by lee at 2026-09-14 10:00 HKT: holiday");
    let told = format!("  the flag stood already: {first}\n");
    assert!(later.out.contains(&told), "{}", later.out);
    assert_eq!(document.json()["before"], json!(both));
    let because = format!("because the halt flag: {both}\n");
    assert!(status.out.contains(&because), "{}", status.out);
    let flag = format!("says halted, {both}\n");
    assert!(doctor.out.contains(&flag), "{}", doctor.out);
    assert!(!anew.out.contains("already"), "{}", anew.out);
}

#[test]
fn either_of_flag_and_journal_halts_alone() {
    let owner = Program::in_scratch_home().with("USER", "wing");
    let flag = owner.home().join("state/catalyst/halt");
    owner.catalyst(&at("halt --reason typhoon"));
    assert!(
        std::fs::read_to_string(&flag)
            .unwrap()
            .starts_with("halted\nby wing at ")
    );

    std::fs::remove_file(&flag).unwrap();
    let by_journal = owner.catalyst(&at("cycle"));
    owner.catalyst(&at("resume --reason over"));
    owner.file("state/catalyst/halt", "halted\n");
    let by_flag = owner.catalyst(&at("cycle"));

    assert_eq!((by_journal.code, by_flag.code), (Some(3), Some(3)));
}

#[test]
fn a_halt_works_with_the_database_down_and_a_looser_one_does_not_loosen_it() {
    let owner = Program::in_scratch_home()
        .with("USER", "wing")
        .with("DATABASE_URL", "postgres://nobody:none@127.0.0.1:9/none");

    let halt = owner.catalyst(&at("halt --json --reason typhoon"));
    let looser = owner.catalyst(&at("halt --exits-only --json --reason calmer"));
    let resume = owner.catalyst(&at("resume --reason over"));

    let told = halt.json();
    assert_eq!(halt.code, Some(0), "{halt:?}");
    assert_eq!(
        (&told["flag"], &told["journal"]),
        (&json!(true), &json!(false)),
        "{told}"
    );
    assert_eq!(looser.json()["state"], "halted", "{looser:?}");
    assert_eq!(resume.code, Some(75), "{resume:?}");
    let flag = std::fs::read_to_string(owner.home().join("state/catalyst/halt")).unwrap();
    assert!(flag.starts_with("halted\n"), "{flag}");
}

#[test]
fn a_flatten_with_the_database_down_sells_nothing_and_says_that_nothing_is_known() {
    let owner = Program::in_scratch_home()
        .with("USER", "wing")
        .with("DATABASE_URL", "postgres://nobody:none@127.0.0.1:9/none");

    let ended = owner.catalyst(&at("flatten --wait 0"));

    assert_eq!(ended.code, Some(75), "{ended:?}");
    let unknown = "left: not known, the journal cannot be read either\n";
    assert!(ended.out.ends_with(unknown), "{}", ended.out);
    let request = std::fs::read_to_string(owner.home().join("state/catalyst/flatten")).unwrap();
    assert_eq!(
        request,
        "flatten by wing at 2026-09-14 10:00 HKT: by hand\n"
    );
}

#[test]
fn a_hand_with_settings_of_another_account_leaves_nothing_behind() {
    let owner = Program::in_scratch_home();
    assert_eq!(owner.catalyst(&at("cycle")).code, Some(0));
    let ours = owner
        .with("IBKR_ACCOUNT", "DU1234567")
        .with("CATALYST__BROKER__NAME", "ibkr");

    for hand in [
        ["flatten", "--yes", "--wait", "0", "--reason", "wrong"].as_slice(),
        &["halt", "--reason", "wrong"],
    ] {
        let refused = ours.catalyst(hand);

        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains("another account"), "{}", refused.err);
        for name in ["halt", "flatten"] {
            let kept = ours.home().join("state/catalyst").join(name);
            assert!(!kept.exists(), "{hand:?} left {name}");
        }
    }
}

#[test]
fn a_flatten_that_is_kept_out_before_there_is_a_journal_says_so_and_who_hangs() {
    let owner = Program::in_scratch_home();
    let words = "last taken by process 4711 at 2026-09-14T02:00:00Z for 1080 seconds\n";
    owner.file("state/catalyst/catalyst.lock", words);
    let path = owner.home().join("state/catalyst/catalyst.lock");
    let holder = File::options().append(true).open(path).unwrap();
    holder.lock().unwrap();
    let taken = holder.metadata().unwrap().modified().unwrap() - Duration::from_secs(1081);
    holder.set_modified(taken).unwrap();

    let kept_out = owner.catalyst(&at("flatten --wait 0"));

    assert_eq!(kept_out.code, Some(6), "{kept_out:?}");
    let none = "left: not known, there is no journal yet\n";
    assert!(kept_out.out.ends_with(none), "{}", kept_out.out);
    assert!(
        kept_out.err.contains("end that process by its number"),
        "{}",
        kept_out.err
    );
}

#[test]
fn a_run_with_nothing_to_do_lets_no_time_pass_for_the_simulated_account() {
    let owner = Program::in_scratch_home();
    assert_eq!(owner.catalyst(&at("cycle")).code, Some(0));
    let account = owner.home().join("state/catalyst/sim-account.json");
    let before = std::fs::read_to_string(&account).unwrap();

    for command in ["guard", "cycle"] {
        let idle = owner.catalyst(&[command, "--at", "2026-11-22T11:00:00+08:00"]);

        assert_eq!(idle.code, Some(0), "{idle:?}");
        assert!(idle.err.contains("nothing to do"), "{}", idle.err);
        assert_eq!(std::fs::read_to_string(&account).unwrap(), before);
    }
}

#[test]
fn a_resume_is_refused_while_everything_is_still_to_be_left() {
    let owner = Program::in_scratch_home().with("USER", "wing");
    owner.catalyst(&at("cycle"));
    owner.file("state/catalyst/flatten", "flatten by wing\n");

    let refused = owner.catalyst(&at("resume --json --reason over"));
    let confirmed = owner.catalyst(&at("resume --confirm --reason over"));

    assert_eq!(refused.code, Some(3), "{refused:?}");
    let against = json!(["everything is still to be left: flatten by wing"]);
    assert_eq!(refused.json()["against"], against);
    assert_eq!(confirmed.code, Some(0), "{confirmed:?}");
    assert!(!owner.home().join("state/catalyst/flatten").exists());
}

#[test]
fn exits_only_by_the_owner_sells_nothing() {
    let owner = Program::in_scratch_home().with("USER", "wing");
    owner.catalyst(&at("cycle"));
    owner.catalyst(&at("halt --exits-only --reason holiday"));

    let guard = owner.catalyst(&at("guard"));

    assert_eq!(guard.code, Some(0), "{guard:?}");
    assert!(guard.out.contains(" 0 orders sent"), "{}", guard.out);
}

#[test]
fn without_a_moment_a_hand_acts_where_the_simulated_account_stands() {
    let owner = Program::in_scratch_home();
    assert_eq!(owner.catalyst(&at("cycle")).code, Some(0));
    let stands = || owner.catalyst(&["status", "--json"]).json()["at"].clone();
    let before = stands();

    let halted = owner.catalyst(&["halt", "--reason", "typhoon"]);
    let still = owner.catalyst(&at("cycle"));
    let resumed = owner.catalyst(&["resume", "--reason", "over"]);
    let again = owner.catalyst(&at("cycle"));

    let codes = [&halted, &still, &resumed, &again].map(|ended| ended.code);
    assert_eq!(codes, [Some(0), Some(3), Some(0), Some(0)], "{still:?}");
    let flat = owner.catalyst(&["flatten", "--yes"]);
    assert_eq!(flat.code, Some(0), "{}", flat.err);
    assert_eq!(stands(), before);
    let back = owner.catalyst(&["flatten", "--yes", "--at", "2026-09-11T10:00:00+08:00"]);
    assert_eq!(back.code, Some(2), "{}", back.err);
    assert!(back.err.contains("the account stands at"), "{}", back.err);
}

#[test]
fn a_reason_and_a_name_say_something_and_move_no_terminal() {
    let owner = Program::in_scratch_home().with("USER", "wing");
    for reason in ["", "  ", "red \u{1b}[31m"] {
        let refused = owner.catalyst(&["halt", "--reason", reason]);
        assert_eq!(refused.code, Some(2), "{reason:?}");
        assert!(refused.err.contains("not blank"), "{}", refused.err);
        let nobody = owner.catalyst(&["risk", "accept", "--by", reason]);
        assert_eq!(nobody.code, Some(2), "{nobody:?}");
        assert!(nobody.err.contains("not blank"), "{}", nobody.err);
    }
    assert!(!owner.home().join("state/catalyst/halt").exists());
}
