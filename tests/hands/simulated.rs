//! Everything left at the simulated account, begun in every phase of a day: the moment is the one that is named.

use std::sync::Arc;

use catalyst_adapters_sim::faces::SimMarketData;
use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::crew::play_each;
use super::phases::{Span, purchase_before, spans_after, spans_of, what_is_told};
use super::stand::FLATTEN;
use crate::days::stage::{purchase, world};
use crate::program::{Ended, Program};

/// The world of the tests, as settings say it.
const SETTINGS: &str = "sim: {seed: 5, symbols: 1}\nstrategy: {entry_criteria: report}\n";

fn at(program: &Program, words: &[&str], moment: DateTime<Utc>) -> Ended {
    let moment = moment.to_rfc3339();
    program.catalyst(&[words, &["--at", &moment]].concat())
}

/// True while the program's own screen shows nothing held.
fn is_flat(program: &Program) -> bool {
    let status = program.catalyst(&["status", "--json"]).json();
    assert!(status["positions"].is_array(), "{status}");
    status["positions"] == json!([])
}

async fn is_left_from(span: &Span) {
    let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
    let calendar = &rules.calendar;
    let bought_at = purchase_before(calendar, span.middle);
    let world = world(&rules, &calendar.date_of(bought_at).to_string(), (1, ""));
    world.advance_to(bought_at).unwrap();
    let market = SimMarketData::new(Arc::clone(&world));
    let calls = purchase(&market, bought_at, &rules, 200).await;
    let lines: Vec<String> = calls.iter().map(ToString::to_string).collect();
    let program = Program::in_scratch_home();
    program.file("config/settings.yaml", SETTINGS);
    program.file(
        "buy.jsonl",
        &(lines.join("\n") + "\n{\"finish\":\"done\"}\n"),
    );
    let bought = at(
        &program,
        &["cycle", "--advisor", "script:buy.jsonl"],
        bought_at,
    );
    assert!(!is_flat(&program), "{bought:?}");

    let ended = at(&program, &FLATTEN, span.middle);

    let (code, words) = what_is_told(calendar, span);
    assert_eq!(ended.code, Some(code), "{ended:?}");
    assert!(ended.out.contains(&words), "{words}: {ended:?}");
    let request = program.home().join("state/catalyst/flatten");
    assert_eq!(
        (is_flat(&program), request.exists()),
        (code == 0, code != 0)
    );
    for later in spans_after(calendar, span.middle) {
        if !request.exists() {
            break;
        }
        let guard = at(&program, &["guard"], later.start + TimeDelta::minutes(1));
        assert!(
            matches!(guard.code, Some(0 | 3 | 5)),
            "{later:?}: {guard:?}"
        );
    }
    assert_eq!(
        (is_flat(&program), request.exists()),
        (true, false),
        "{ended:?}"
    );
}

#[test]
fn in_every_phase_of_a_day_the_simulated_account_ends_flat_or_says_what_is_left() {
    let rules = Rulebook::of(Exchange::Hkex).unwrap();

    play_each(spans_of(&rules.calendar, "2026-09-15"), is_left_from);
}
