//! A day made by hand: one name rises, one trade of it makes its target, one is refused.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::program::Program;

/// Words of an advisor that would be a script if they were not escaped.
pub(super) const HOSTILE: &str = "<script>document.title='owned'</script> \"up\" & away";

/// The days before: without a close nothing is believed.
const HISTORY: &str = "symbol,timestamp,open,high,low,close,volume
00700,2026-09-10T00:00:00+08:00,498,503,495,501,30000000
00700,2026-09-11T00:00:00+08:00,501,504,497,499,31000000
";

/// A home with the journal of the day in `j` and its bars in `bars`.
pub(super) fn played() -> Program {
    let program = Program::in_scratch_home();
    program.file("bars/00700_2026-09-14.csv", &bars(5_000));
    program.file("history/00700.csv", HISTORY);
    program.file("script.jsonl", &script());
    let ended = program.catalyst(&[
        "rehearse",
        "--bars",
        "bars",
        "--history",
        "history",
        "--advisor",
        "script:script.jsonl",
        "--entry-criteria",
        "report",
        "--journal",
        "j",
        "--json",
    ]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(
        ended.json()["days"][0]["trades"].as_array().unwrap().len(),
        1,
        "{}",
        ended.out
    );
    program
}

/// The report of the day as JSON, with its page in `page.html`.
pub(super) fn reported(program: &Program, more: &[&str]) -> Value {
    let flags = [
        "report",
        "--journal",
        "j",
        "--date",
        "2026-09-14",
        "--json",
        "--html",
        "page.html",
    ];
    let ended = program.catalyst(&[&flags, more].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    ended.json()
}

/// Around so many tenths of a dollar until ten, then up by a fifth of a dollar a minute, never the same twice in a row: bars that
/// do not move are doubted.
fn bars(first: i32) -> String {
    let mut text = "symbol,timestamp,open,high,low,close,volume\n".to_owned();
    let morning = (570..720).map(|minute| (minute, minute - 570));
    let afternoon = (780..960).map(|minute| (minute, minute - 630));
    for (minute, place) in morning.chain(afternoon) {
        let tenths = first + 2 * (place - 35_i32).max(0) + 2 * (place * 3 % 5 - 2);
        let volume = 90_000 + 1_000 * (place * 7 % 11);
        let price = |tenths: i32| format!("{}.{}", tenths / 10, tenths % 10);
        let (hour, minute) = (minute / 60, minute % 60);
        writeln!(
            text,
            "00700,2026-09-14T{hour:02}:{minute:02}:00+08:00,{},{},{},{},{volume}",
            price(tenths),
            price(tenths + 2),
            price(tenths - 2),
            price(tenths),
        )
        .unwrap();
    }
    text
}

fn script() -> String {
    let asked = |quantity: u32| {
        json!({"symbol": "700", "side": "buy", "quantity": quantity, "entry_price": "501",
            "stop_loss": "491", "take_profit": "530"})
    };
    let bought = json!({"symbol": "700", "side": "buy", "quantity": 200, "order_type": "limit",
        "limit_price": "501", "stop_loss": "491", "take_profit": "530", "reason": HOSTILE});
    let turns = [
        json!({"at": "10:00", "tool": "check_risk", "input": asked(5_000)}),
        json!({"tool": "check_risk", "input": asked(200)}),
        json!({"tool": "execute_trade", "input": bought}),
        json!({"finish": "done"}),
    ];
    turns.map(|turn| turn.to_string()).join("\n")
}

#[test]
fn the_sums_of_a_report_are_those_of_its_trades_and_of_the_account() {
    let report = reported(&played(), &["--bars", "bars"]);

    let amount =
        |value: &Value| -> rust_decimal::Decimal { value.as_str().unwrap().parse().unwrap() };
    let (totals, trade) = (&report["totals"], &report["trades"][0]);
    assert_eq!(
        (&totals["won"], &totals["lost"], &totals["unknown"]),
        (&json!(1), &json!(0), &json!(0))
    );
    assert_eq!(trade["reason_in"], HOSTILE);
    assert_eq!(trade["reason_out"], "target");
    assert_eq!(
        (&trade["stop"], &trade["target"], &trade["exit"]),
        (&json!("491"), &json!("530"), &json!("530"))
    );
    assert_eq!(totals["net"], trade["net"]);
    assert_eq!(
        amount(&trade["gross"]) - amount(&trade["fees"]),
        amount(&trade["net"])
    );
    let equity = &report["equity"];
    assert_eq!(
        amount(&equity["last"]) - amount(&equity["first"]),
        amount(&totals["net"])
    );
}

#[test]
fn a_refused_trade_is_played_by_its_own_stop_and_target() {
    let report = reported(&played(), &["--bars", "bars"]);

    let refusals = &report["refusals"];
    assert_eq!(refusals["count"], 1);
    let line = &refusals["lines"][0];
    assert_eq!(
        (&line["shares"], &line["would_have"], &line["exit"]),
        (&json!(5_000), &json!("target"), &json!("530"))
    );
    assert_eq!(line["gross"], "145000.00");
    assert_eq!(refusals["would_have"], line["net"]);
    let rules: Vec<&str> = line["rules"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert!(rules.contains(&"position_share"), "{rules:?}");
}

#[test]
fn without_bars_nothing_is_made_up() {
    let report = reported(&played(), &[]);

    assert_eq!(report["beside"], Value::Null);
    assert_eq!(report["refusals"]["lines"][0]["would_have"], "no_bars");
    assert_eq!(report["refusals"]["would_have"], Value::Null);
}

#[test]
fn bars_of_another_market_are_named_and_not_used() {
    let program = played();
    program.file("other/00700_2026-09-14.csv", &bars(9_000));
    let flags = [
        "report",
        "--journal",
        "j",
        "--date",
        "2026-09-14",
        "--bars",
        "other",
    ];

    let told = program.catalyst(&flags).out;

    assert!(
        told.contains("not used, other prices were traded: 00700 on 2026-09-14"),
        "{told}"
    );
}

#[test]
fn the_text_stands_alone_and_names_days_without_runs() {
    let program = played();
    let flags = [
        "report",
        "--journal",
        "j",
        "--from",
        "2026-09-11",
        "--to",
        "2026-09-14",
    ];

    let told = program.catalyst(&flags);

    assert_eq!(told.code, Some(0), "{}", told.err);
    assert!(
        told.out.starts_with("report of 2026-09-11 to 2026-09-14\n"),
        "{}",
        told.out
    );
    assert!(
        told.out
            .contains("no run is kept of 1 trading day: 2026-09-11"),
        "{}",
        told.out
    );
    assert!(
        told.out.contains("  trades    1 ended: 1 won, 0 lost"),
        "{}",
        told.out
    );
    assert!(told.out.contains("  out       target"), "{}", told.out);
    assert!(told.out.contains("1 by position_share"), "{}", told.out);
    assert!(
        told.out.lines().all(|line| line.chars().count() <= 100),
        "{}",
        told.out
    );
}

#[test]
fn a_span_that_runs_backwards_is_a_usage_error() {
    let program = played();

    let ended = program.catalyst(&[
        "report",
        "--journal",
        "j",
        "--from",
        "2026-09-14",
        "--to",
        "2026-09-11",
    ]);

    assert_eq!(ended.code, Some(2));
    assert!(
        ended
            .err
            .contains("from 2026-09-14 to 2026-09-11 is no span of days"),
        "{}",
        ended.err
    );
}
