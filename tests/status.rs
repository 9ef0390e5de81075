//! The one screen: what it says of a day that is well, and of one that is not.

use std::io::{BufRead as _, BufReader};

use crate::program::Program;

const SLOT: &str = "2026-09-18T10:30:00+08:00";

#[test]
fn one_screen_says_where_everything_stands() {
    let program = Program::in_scratch_home();
    let cycle = program.catalyst(&["cycle", "--at", SLOT]);
    assert_eq!(cycle.code, Some(0), "{}", cycle.err);

    let screen = program.catalyst(&["status"]).out;
    let status = program.catalyst(&["status", "--json"]).json();

    let lines: Vec<&str> = screen.lines().collect();
    assert!(lines.len() <= 24, "{screen}");
    assert!(
        lines[0].starts_with("simulated account at 2026-09-18 10:31:"),
        "{screen}"
    );
    for line in [
        "trading   entries and exits",
        "session   continuous_morning, lunch from 12:00",
        "next run  10:35",
        "findings  none open",
        "Claude    0.00 USD of 1.50 USD today, 0.00 USD of 25.00 USD this month, 0.00 USD by its end at \
         this pace",
    ] {
        assert!(lines.contains(&line), "{line}\n{screen}");
    }
    assert!(
        screen.contains("limits    positions 1/5, entries 1/10, largest 02318 "),
        "{screen}"
    );
    assert!(
        screen.contains("last run  20260918-1030.1 at 10:30: done\n"),
        "{screen}"
    );
    assert!(screen.contains("; warning at -"), "{screen}");
    assert_eq!(status["mode"], "simulated");
    assert_eq!(status["why"], serde_json::json!([]));
    assert_eq!(status["session"]["next_at"], "2026-09-18T04:00:00Z");
    assert_eq!(status["positions"][0]["protection"], "protected");
    assert_eq!(status["claude"]["month_max"], "25 USD");
    assert_eq!(status["last_run"]["name"], "20260918-1030.1");
    assert_eq!(status["next_run"], "2026-09-18T02:35:00Z");
    assert_eq!(status["alerts_waiting"], 0);
    assert!(status["flatten_request"].is_null());
}

#[test]
fn the_screen_says_who_halted_and_why() {
    let program = Program::in_scratch_home();
    program.catalyst(&["cycle", "--at", SLOT]);
    program.file("state/catalyst/halt", "exits_only\nby me: a storm\n");
    program.file("state/catalyst/flatten", "by me: going on holiday\n");

    let screen = program.catalyst(&["status"]).out;
    let status = program.catalyst(&["status", "--json"]).json();

    assert!(screen.contains("trading   EXITS ONLY\n"), "{screen}");
    assert!(
        screen.contains("because the halt flag: by me: a storm\n"),
        "{screen}"
    );
    assert!(
        screen.contains("because everything is to be left: by me: going on holiday\n"),
        "{screen}"
    );
    assert_eq!(status["state"], "exits_only");
    assert_eq!(status["flatten_request"], "by me: going on holiday");
}

#[test]
fn an_account_whose_file_is_gone_is_told_from_the_journal_with_what_to_do() {
    let program = Program::in_scratch_home().with("USER", "wing");
    let hand = program.catalyst(&["halt", "--reason", "not yet", "--at", SLOT]);
    let unbegun = program.catalyst(&["status"]);
    program.catalyst(&["resume", "--reason", "now", "--at", SLOT]);
    program.catalyst(&["cycle", "--at", SLOT]);
    program.catalyst(&["halt", "--reason", "a storm"]);
    let account = program.home().join("state/catalyst/sim-account.json");
    std::fs::remove_file(account).unwrap();

    let screen = program.catalyst(&["status"]);
    let document = program.catalyst(&["status", "--json"]);

    assert_eq!((hand.code, unbegun.code), (Some(0), Some(0)), "{hand:?}");
    assert!(
        unbegun.out.starts_with("no cycle has run yet"),
        "{}",
        unbegun.out
    );
    assert_eq!(
        (screen.code, document.code),
        (Some(4), Some(4)),
        "{screen:?}"
    );
    assert!(
        screen
            .out
            .starts_with("the simulated account is MISSING: there is no /"),
        "{}",
        screen.out
    );
    for line in [
        "trading   HALTED",
        "          because wing: a storm",
        "last run  h20260918-1031.1 at 2026-09-18 10:31 HKT: done",
        "held      02318 3000 shares, by the journal",
        "do        put the file back from a backup of this folder, or begin anew with another --state DIR",
    ] {
        assert!(
            screen.out.lines().any(|one| one == line),
            "{line}\n{}",
            screen.out
        );
    }
    let status = document.json();
    assert_eq!(status["state"], "halted");
    assert_eq!(status["last_run"]["name"], "h20260918-1031.1");
    assert_eq!(status["held_by_journal"][0]["symbol"], "02318");
    assert!(
        status["account_missing"]
            .as_str()
            .unwrap()
            .ends_with("/sim-account.json")
    );
}

#[test]
fn a_screen_that_is_watched_comes_again_and_is_not_cleared_where_there_is_no_terminal() {
    let program = Program::in_scratch_home();
    program.catalyst(&["cycle", "--at", SLOT]);
    let mut child = program
        .command(&["status", "--json", "--watch", "1"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();

    let out = BufReader::new(child.stdout.take().unwrap());
    let lines: Vec<String> = out.lines().take(2).map(Result::unwrap).collect();
    child.kill().unwrap();
    child.wait().unwrap();

    assert!(lines[0].starts_with("{\"at\":"), "{lines:?}");
    assert_eq!(lines[0], lines[1]);
    let refused = program.catalyst(&["status", "--watch", "0"]);
    assert_eq!(refused.code, Some(2));
}

#[test]
fn an_account_torn_at_its_end_is_as_it_was_before_and_a_damaged_one_is_named() {
    let program = Program::in_scratch_home();
    program.catalyst(&["cycle", "--at", SLOT]);
    let path = program.home().join("state/catalyst/sim-account.json");
    let kept = std::fs::read_to_string(&path).unwrap();
    let account = kept.lines().last().unwrap();
    let told = |out: &str| {
        let mut lines = out.lines();
        (
            lines.next().map(str::to_owned),
            out.contains("limits    positions 1/5"),
        )
    };
    let before = told(&program.catalyst(&["status"]).out);
    assert!(before.1);

    for text in [format!("{kept}{{\"version\":1,\"cur"), account.to_owned()] {
        std::fs::write(&path, &text).unwrap();
        let found = program.catalyst(&["status"]);
        assert_eq!(
            (found.code, told(&found.out)),
            (Some(0), before.clone()),
            "{text}"
        );

        let guarded = program.catalyst(&["guard", "--at", "2026-09-18T10:35:00+08:00"]);
        assert_eq!(guarded.code, Some(0), "{guarded:?}");
        let kept = std::fs::read_to_string(&path).unwrap();
        assert!(kept.ends_with("}\n") && kept.lines().count() == 1, "{kept}");
    }
    for text in ["garbage", "garbage\n", "", &kept.replace("}\n", "\n")] {
        std::fs::write(&path, text).unwrap();
        let found = program.catalyst(&["status"]);
        assert_eq!(found.code, Some(2), "{text}{found:?}");
        let named = format!("the simulated account {} does not read", path.display());
        assert!(found.err.contains(&named), "{text}{}", found.err);
    }
}
