//! Every command line of the README, run for real, and what each says when it is used wrongly.

use serde_json::Value;

use crate::program::{Program, scenario};

const SLOT: &str = "2026-09-18T10:30:00+08:00";

#[test]
fn a_rehearsal_shows_an_approval_a_refusal_a_table_and_what_to_do_next() {
    let program = Program::in_scratch_home();

    let ended = program.catalyst(&["rehearse"]);

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.out.contains(" 1 approved"), "{}", ended.out);
    assert!(ended.out.contains("Refused, by rule: "), "{}", ended.out);
    assert!(
        ended.out.contains("open at a day's end: nothing"),
        "{}",
        ended.out
    );
    assert!(
        ended.out.contains("catalyst rehearse --bars DIR"),
        "{}",
        ended.out
    );
    let cycles = ended.out.lines().filter(|line| line.contains(" calls, "));
    assert_eq!(cycles.count(), 11);
}

#[test]
fn twenty_days_are_one_document_that_adds_up() {
    let program = Program::in_scratch_home();

    let ended = program.catalyst(&["rehearse", "--days", "20", "--seed", "7", "--json"]);

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let document = ended.json();
    assert_eq!(
        (&document["schema"], &document["seed"]),
        (&1.into(), &7.into())
    );
    assert_eq!(document["days"].as_array().unwrap().len(), 20);
}

#[test]
fn a_journal_in_a_file_changes_no_byte_of_the_result() {
    let program = Program::in_scratch_home();

    let memory = program.catalyst(&["rehearse", "--json"]);
    let file = program.catalyst(&["rehearse", "--json", "--journal", "journal.sqlite"]);

    assert_eq!((memory.code, file.code), (Some(0), Some(0)), "{}", file.err);
    assert_eq!(file.out, memory.out);
    assert!(
        memory
            .out
            .contains("\"reason_in\":\"bull_flag, relative volume 2.36"),
        "{}",
        memory.out
    );
}

#[test]
fn a_script_of_the_owner_is_played() {
    let program = Program::in_scratch_home();

    let ended = program.catalyst(&["rehearse", "--advisor", &scenario("nonsense")]);

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(
        ended.out.contains("10:00 done        6 calls, 0 approved"),
        "{}",
        ended.out
    );
}

#[test]
fn a_guard_sweeps_the_account_that_a_cycle_left() {
    let program = Program::in_scratch_home();
    program.catalyst(&["cycle", "--at", SLOT]);

    let ended = program.catalyst(&["guard", "--at", "2026-09-18T10:35:00+08:00"]);
    let night = program.catalyst(&["guard", "--at", "2026-09-18T23:00:00+08:00"]);

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(
        ended.out.starts_with("guard g20260918-1035.1: "),
        "{}",
        ended.out
    );
    assert!(ended.out.contains("journal: "), "{}", ended.out);
    // Nobody left what the cycle bought, and the day is over.
    assert_eq!(night.code, Some(5), "{}", night.err);
    assert!(night.err.contains("not flat"), "{}", night.err);
    let past = program.catalyst(&["guard", "--at", "2026-09-19T11:00:00+08:00"]);
    assert_eq!(past.code, Some(0), "{}", past.err);
    assert!(past.err.contains("nothing to do"), "{}", past.err);
}

#[test]
fn a_cycle_and_the_status_after_it_show_one_account() {
    let program = Program::in_scratch_home();

    let cycle = program.catalyst(&["cycle", "--at", SLOT]);
    let status = program.catalyst(&["status", "--json"]);

    assert_eq!(cycle.code, Some(0), "{}", cycle.err);
    assert!(
        cycle.out.starts_with("cycle 20260918-1030.1: done, "),
        "{}",
        cycle.out
    );
    assert_eq!(status.code, Some(0), "{}", status.err);
    let status = status.json();
    assert_eq!(status["state"], "trading");
    assert_eq!(status["positions"][0]["symbol"], "02318");
    let held = &status["positions"][0]["shares"];
    assert_eq!(
        (held, &status["positions"][0]["protected_shares"]),
        (&3_000.into(), held)
    );
    assert_eq!(status["working_orders"][0], "20260918-1030.1-01s");
    let text = program.catalyst(&["status"]).out;
    assert!(
        text.contains("held      02318 3000 shares at 62.95, now "),
        "{text}"
    );
    assert!(text.contains(" %), protected\n"), "{text}");
}

#[test]
fn why_a_cycle_bought_is_told_from_the_journal_it_kept() {
    let program = Program::in_scratch_home();

    let cycle = program.catalyst(&["cycle", "--at", SLOT]);
    let why = program.catalyst(&["why", "0700.HK"]);
    let order = program.catalyst(&["why", "20260918-1030.1-01s"]);

    assert_eq!(cycle.code, Some(0), "{}", cycle.err);
    assert_eq!((why.code, order.code), (Some(0), Some(0)), "{}", order.err);
    assert!(
        why.out.contains("00700: relative volume 0.79"),
        "{}",
        why.out
    );
    assert!(
        order
            .out
            .contains("  result    open: what it bought is still held"),
        "{}",
        order.out
    );
}

#[test]
fn a_second_cycle_in_a_slot_is_its_second_attempt() {
    let program = Program::in_scratch_home();

    program.catalyst(&["cycle", "--at", SLOT, "--state", "here"]);
    let again = [
        "cycle",
        "--at",
        "2026-09-18T10:40:00+08:00",
        "--state",
        "here",
    ];
    let second = program.catalyst(&again);

    assert_eq!(second.code, Some(0), "{}", second.err);
    assert!(
        second.out.starts_with("cycle 20260918-1030.2: "),
        "{}",
        second.out
    );
}

#[test]
fn a_cycle_cannot_go_back_in_time() {
    let program = Program::in_scratch_home();

    program.catalyst(&["cycle", "--at", SLOT]);
    let earlier = program.catalyst(&["cycle", "--at", "2026-09-18T10:00:00+08:00"]);

    assert_eq!(earlier.code, Some(2));
    assert!(
        earlier
            .err
            .contains("it cannot go back to 2026-09-18 02:00:00 UTC"),
        "{}",
        earlier.err
    );
}

#[test]
fn at_night_and_at_the_weekend_a_cycle_has_nothing_to_do() {
    let program = Program::in_scratch_home();

    for (at, next) in [
        ("2026-09-18T02:00:00+08:00", "until 2026-09-18 09:00 HKT"),
        ("2026-09-19T11:00:00+08:00", "until 2026-09-21 09:00 HKT"),
    ] {
        let ended = program.catalyst(&["cycle", "--at", at]);

        assert_eq!(ended.code, Some(0), "{at}");
        assert!(
            ended.err.contains("nothing to do: the exchange is closed"),
            "{}",
            ended.err
        );
        assert!(ended.err.contains(next), "{}", ended.err);
    }
}

#[test]
fn status_before_the_first_cycle_says_how_to_begin() {
    let ended = Program::in_scratch_home().catalyst(&["status"]);

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.out.contains("no cycle has run yet"), "{}", ended.out);
}

#[test]
fn a_halt_before_the_first_cycle_is_on_the_screen() {
    let program = Program::in_scratch_home();
    program.file("state/catalyst/halt", "exits_only\nby hand\n");

    let screen = program.catalyst(&["status"]).out;
    let document = program.catalyst(&["status", "--json"]).json();

    assert!(
        screen.contains("exits_only: the halt flag: by hand"),
        "{screen}"
    );
    assert_eq!(document["state"], "exits_only", "{document}");
    assert!(document["at"].is_null(), "{document}");
}

#[test]
fn market_phase_answers_one_question() {
    let at = "2026-02-16T12:05:00+08:00";
    let question = ["market", "phase", "--exchange", "HKEX", "--at", at];
    let ended = Program::in_scratch_home().catalyst(&question);

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let answer: Value = ended.json();
    assert_eq!(answer["phase"], "auction_input");
    assert_eq!(answer["accepts_entries"], false);
}

#[test]
fn risk_check_and_risk_size_answer_the_example() {
    let program = Program::in_scratch_home();
    let example = program.catalyst(&["risk", "check", "--example"]).out;

    let checked = program.catalyst_reading(&["risk", "check"], &example);
    let sized = program.catalyst_reading(&["risk", "size"], &example);

    assert_eq!(checked.code, Some(0), "{}", checked.err);
    assert_eq!(checked.json()["approved"], true);
    assert_eq!(checked.json()["not_checked"][0], "cool_down");
    assert_eq!(sized.json()["max_quantity"], 400);
}

#[test]
fn the_market_answers_from_its_tables() {
    for (question, told) in [
        (
            "calendar --from 2026-02-13 --to 2026-02-20",
            "2026-02-16,half,09:30,,,12:00",
        ),
        ("tick --date 2026-08-03 --price 49.95", "\"legal\":false"),
        (
            "fees --date 2026-11-23 --side buy --quantity 100 --price 500",
            "\"total\":\"56.36\"",
        ),
        ("lot --symbol 5 --date 2026-11-23", "\"lot\":400"),
        (
            "settlement --date 2026-02-13",
            "\"settlement_date\":\"2026-02-23\"",
        ),
    ] {
        let words: Vec<_> = ["market"]
            .into_iter()
            .chain(question.split_whitespace())
            .collect();

        let ended = Program::in_scratch_home().catalyst(&words);

        assert_eq!(ended.code, Some(0), "{question}: {}", ended.err);
        assert!(ended.out.contains(told), "{question}: {}", ended.out);
    }
}

#[test]
fn holiday_run() {
    let ended = Program::in_scratch_home().catalyst(&["rehearse", "--date", "2026-04-07"]);

    assert_eq!(ended.code, Some(2));
    assert!(
        ended
            .err
            .contains("2026-04-07 is no trading day (The day following Easter Monday")
    );
    assert!(
        ended.err.contains("the next one is 2026-04-08"),
        "{}",
        ended.err
    );
}

#[test]
fn what_is_misspelt_or_missing_is_named_before_anything_begins() {
    let program = Program::in_scratch_home();
    program.file("wrong.yaml", "risk:\n  max_position: 4\n");

    for (arguments, wanted) in [
        (
            ["--settings", "missing.yaml", "rehearse"].as_slice(),
            "settings file missing.yaml",
        ),
        (
            &["--settings", "wrong.yaml", "rehearse"],
            "unknown key `risk.max_position`",
        ),
        (
            &["rehearse", "--symbols", "junk"],
            "no board lot is known for JUNK",
        ),
        (
            &["rehearse", "--symbols", "99998"],
            "no board lot is known for 99998 on 2026-09-18",
        ),
        (
            &["rehearse", "--advisor", "script:none.jsonl"],
            "none.jsonl cannot be read",
        ),
        (&["conjure"], "conjure"),
    ] {
        let ended = program.catalyst(arguments);

        assert_eq!(ended.code, Some(2), "{arguments:?}: {}", ended.err);
        assert!(ended.err.contains(wanted), "{arguments:?}: {}", ended.err);
        assert_eq!(ended.out, "", "{arguments:?}");
    }
}

#[test]
fn the_indicators_and_patterns_of_a_bar_file_are_shown_and_drawn() {
    let program = Program::in_scratch_home();
    let bars =
        "timestamp,open,high,low,close,volume\n".to_owned() + &"any,5,5.1,4.9,5,100\n".repeat(40);
    program.file("bars.csv", &bars);

    let technicals = program.catalyst(&["technicals", "--bars", "bars.csv"]);
    let patterns = program.catalyst(&["patterns", "--bars", "bars.csv", "--svg", "out.svg"]);

    assert_eq!(
        (technicals.code, patterns.code),
        (Some(0), Some(0)),
        "{}",
        patterns.err
    );
    assert_eq!(technicals.out.lines().count(), 41);
    assert_eq!(patterns.out, "bars: no pattern in 40 bars\n");
    let picture = std::fs::read_to_string(program.home().join("out.svg")).unwrap();
    assert!(picture.starts_with("<svg "));
}
