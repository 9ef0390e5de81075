//! Real money: what has to agree and to be shown before any run may enter.

use std::sync::Arc;

use catalyst_adapters_sim::memory_journal::MemoryJournal;
use catalyst_app::{is_promoted, promote};
use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::Journal as _;
use catalyst_testkit::builders::a_cycle_start;
use serde_json::Value;

use crate::program::{Ended, Program};

const LIVE: &str = "broker: {name: ibkr, mode: live, account: U1234567, port: 4001, \
                    connect_timeout_seconds: 0.5}\n";

const FUSES: &str = "risk: {max_order_value: 100000, max_gross_value: 500000}\n";

fn with_settings(text: &str) -> Program {
    let program = Program::in_scratch_home();
    program.file("config/settings.yaml", text);
    program.file("paper.yaml", "state_dir: paper\n");
    program
}

fn asked(program: &Program, more: &[&str]) -> Ended {
    let given = ["promote", "--paper-settings", "paper.yaml"];
    program.catalyst(&[&given, more].concat())
}

fn line<'a>(list: &'a Value, what: &str) -> &'a Value {
    let lines = list["list"].as_array().unwrap();
    lines.iter().find(|line| line["what"] == what).unwrap()
}

#[test]
fn a_run_wants_both_yeses_and_play_money_neither() {
    let real = with_settings(LIVE);
    let play = with_settings("");

    let silent = real.catalyst(&["cycle"]);
    assert_eq!(silent.code, Some(2), "{}", silent.err);
    let words = "--live was not given";
    assert!(silent.err.contains(words), "{}", silent.err);
    let eager = play.catalyst(&["cycle", "--live"]);
    assert_eq!(eager.code, Some(2), "{}", eager.err);
    assert!(eager.err.contains("no real money"), "{}", eager.err);

    let protecting = real.catalyst(&["guard"]);
    assert!(!protecting.err.contains("--live"), "{}", protecting.err);
    assert_ne!(protecting.code, Some(2), "{}", protecting.err);
}

#[test]
fn account_port_and_mode_have_to_agree() {
    for (what, settings) in [
        ("account", LIVE.replace("U1234567", "DU1234567")),
        ("port", LIVE.replace("4001", "4002")),
    ] {
        let program = with_settings(&settings);

        let refused = program.catalyst(&["guard"]);

        assert_eq!(refused.code, Some(2), "{}", refused.err);
        assert!(refused.err.contains(what), "{}", refused.err);
    }
}

#[test]
fn what_is_missing_is_listed_and_nothing_is_recorded() {
    let program = with_settings(LIVE);

    let refused = asked(&program, &["--confirm", "--by", "Chan", "--json"]);

    assert_eq!(refused.code, Some(1), "{}", refused.err);
    let found = refused.json();
    assert_eq!(
        (&found["allowed"], &found["recorded"]),
        (&false.into(), &false.into())
    );
    for what in [
        "risk.max_order_value is set",
        "risk.max_gross_value is set",
        "20 sessions on paper",
        "the journal is that of a paper account at the broker",
        "no finding is open",
        "the doctor is content",
    ] {
        assert_eq!(line(&found, what)["holds"], false, "{what}: {found}");
    }
    assert_eq!(line(&found, "broker.mode is live")["holds"], true);
    assert!(
        !program
            .home()
            .join("state/catalyst/journal.sqlite")
            .exists()
    );
}

#[test]
fn sessions_on_paper_are_counted_from_the_paper_journal() {
    let one = LIVE.replace("port: 4001", "port: 4001, paper_sessions: 1");
    let program = with_settings(&format!("{one}{FUSES}"));
    let today = today();
    let last = last_trading_day(&program, &today);
    let ran = program.catalyst(&["--settings", "paper.yaml", "cycle", "--at", &last]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);

    let found = asked(&program, &["--json"]).json();

    for what in [
        "1 sessions on paper",
        "every position on paper had its stop",
        "no finding is open",
        "risk.max_gross_value is set",
        "the journal on paper is whole",
    ] {
        assert_eq!(line(&found, what)["holds"], true, "{what}: {found}");
    }
    let simulated = "the journal is that of a paper account at the broker";
    for what in ["the doctor is content", simulated] {
        assert_eq!(line(&found, what)["holds"], false, "{what}: {found}");
    }
    assert_eq!(found["allowed"], false);
}

#[expect(
    clippy::disallowed_methods,
    reason = "sessions are counted back from the real day"
)]
fn today() -> String {
    let at_the_exchange = chrono::Utc::now() + chrono::TimeDelta::hours(8);
    at_the_exchange.format("%Y-%m-%d").to_string()
}

/// Ten o'clock of the last trading day before `day`.
fn last_trading_day(program: &Program, day: &str) -> String {
    let from = day.parse::<chrono::NaiveDate>().unwrap() - chrono::Days::new(10);
    let from = from.to_string();
    let asked = ["market", "calendar", "--from", &from, "--to", day, "--json"];
    let rows = program.catalyst(&asked);
    let days = rows.json();
    let mut days = days.as_array().unwrap().iter();
    let last = days.rfind(|row| row["status"] == "open" && row["date"] != day);
    let last = last.unwrap();
    format!("{}T10:00:00+08:00", last["date"].as_str().unwrap())
}

#[test]
fn a_cycle_of_an_account_that_was_not_promoted_enters_nothing() {
    let unfused = with_settings(LIVE).catalyst(&["cycle", "--live"]);
    assert_eq!(unfused.code, Some(2), "{}", unfused.err);
    assert!(
        unfused.err.contains("risk.max_order_value is set"),
        "{}",
        unfused.err
    );

    let program = with_settings(&format!("{LIVE}{FUSES}"));
    let ended = program.catalyst(&["cycle", "--live"]);

    assert_eq!(ended.code, Some(2), "{}", ended.err);
    assert!(
        ended.err.contains("real money is not let in"),
        "{}",
        ended.err
    );
    assert!(ended.err.contains("catalyst promote"), "{}", ended.err);
}

#[tokio::test]
async fn what_the_owner_recorded_is_remembered() {
    let rules = Rulebook::of(Exchange::Hkex).unwrap();
    let calendar = Arc::new(rules.calendar.clone());
    let journal = MemoryJournal::new(rules.market.currency, calendar);
    let at = "2026-09-18T02:00:00Z".parse().unwrap();
    let today = rules.calendar.date_of(at);
    assert!(!is_promoted(&journal.day(today).await.unwrap()));

    let provenance = a_cycle_start("20260918-1000.1", at).provenance;
    let evidence = ("Chan", "the paper journal");
    let recorded = promote(&journal, &rules, provenance, evidence, at).await;
    recorded.unwrap();

    let next = rules.calendar.next_trading_date(today).unwrap();
    assert!(is_promoted(&journal.day(next).await.unwrap()));
}
