//! Scenarios of what must not be traded, played through the program on one generated day: each
//! trade is refused by its own rule, and nothing is sent for it.

use serde_json::{Value, json};

use crate::program::{Program, scenario};

/// The cycles of a scenario in which something was said, and the day they belong to.
fn played(name: &str) -> (Vec<Value>, Value) {
    let advisor = scenario(name);
    let ended = Program::in_scratch_home().catalyst(&[
        "rehearse",
        "--seed",
        "3",
        "--date",
        "2026-09-18",
        "--entry-criteria",
        "report",
        "--advisor",
        &advisor,
        "--json",
    ]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let day = ended.json()["days"][0].take();
    let cycles = day["cycles"].as_array().unwrap();
    let talked = cycles.iter().filter(|cycle| cycle["tool_calls"] != 0);
    (talked.cloned().collect(), day)
}

/// Slot and broken rules of every cycle that talked; none of them may have sent anything.
fn refused(name: &str) -> Vec<(String, Value)> {
    let (cycles, day) = played(name);
    assert_eq!(day["trades"], json!([]));
    assert_eq!(day["cash_end"], day["cash_start"]);
    let rules = |cycle: &Value| {
        assert_eq!(
            (&cycle["orders"], &cycle["approved"]),
            (&json!(0), &json!(0))
        );
        assert_eq!(cycle["outcome"], "done");
        (
            cycle["slot"].as_str().unwrap().to_owned(),
            cycle["refused"].clone(),
        )
    };
    cycles.iter().map(rules).collect()
}

/// The rule refuses the check and is named again by the execution, which has no clearance.
fn by(slot: &str, rule: &str) -> (String, Value) {
    (slot.to_owned(), json!({"check_risk_first": 1, rule: 2}))
}

#[test]
fn each_trade_that_breaks_a_rule_is_refused_by_that_rule_and_nothing_is_sent() {
    assert_eq!(
        refused("refusals"),
        [
            by("10:00", "board_lot"),
            by("10:01", "tick"),
            by("10:02", "bracket"),
            by("10:03", "position_share"),
            ("10:04".to_owned(), json!({"check_risk_first": 1})),
            by("10:05", "short_sale"),
            by("12:30", "phase"),
        ]
    );
}

#[test]
fn a_sixth_position_is_refused_beside_five() {
    let (cycles, day) = played("sixth_position");

    let orders: Vec<_> = cycles.iter().map(|cycle| cycle["orders"].clone()).collect();
    assert_eq!(orders, [1, 1, 1, 1, 1, 0]);
    assert_eq!(
        cycles[5]["refused"],
        json!({"check_risk_first": 1, "max_positions": 2})
    );
    let traded = day["trades"].as_array().unwrap().iter();
    let mut symbols: Vec<_> = traded
        .map(|trade| trade["symbol"].as_str().unwrap())
        .collect();
    symbols.sort_unstable();
    assert_eq!(symbols, ["01211", "01299", "01810", "03690", "09618"]);
}

#[test]
fn one_symbol_five_spellings() {
    let (cycles, day) = played("one_symbol_five_spellings");

    assert_eq!(
        (&cycles[0]["tool_calls"], &cycles[0]["approved"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(
        cycles[1]["refused"],
        json!({"check_risk_first": 1, "position_share": 2})
    );
    assert_eq!(day["trades"].as_array().unwrap().len(), 1);
    assert_eq!(day["trades"][0]["symbol"], "00700");
}

#[test]
fn lot_of_100_assumed() {
    assert_eq!(refused("lot_of_100_assumed"), [by("10:00", "board_lot")]);
}

#[test]
fn off_tick_prices_rejected() {
    let slots = ["10:00", "10:01", "10:02"];
    assert_eq!(
        refused("off_tick_prices_rejected"),
        slots.map(|slot| by(slot, "tick"))
    );
}

#[test]
fn long_sent_as_sell() {
    let (cycles, day) = played("long_sent_as_sell");

    assert_eq!(
        cycles[0]["refused"],
        json!({"check_risk_first": 1, "short_sale": 2})
    );
    assert_eq!(
        (&cycles[0]["orders"], &cycles[1]["orders"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(day["trades"][0]["side"], "buy");
}

#[test]
fn small_ticket_eaten_by_costs() {
    assert_eq!(
        refused("small_ticket_eaten_by_costs"),
        [by("10:00", "reward_risk")]
    );
}

#[test]
fn model_loops() {
    let (cycles, day) = played("model_loops");

    assert_eq!(cycles.len(), 1);
    assert_eq!(
        (&cycles[0]["tool_calls"], &cycles[0]["outcome"]),
        (&json!(6), &json!("bounded"))
    );
    let after = &day["cycles"][2];
    assert_eq!(
        (&after["slot"], &after["outcome"]),
        (&json!("10:30"), &json!("done"))
    );
}

#[test]
fn nonsense_is_answered_and_the_cycle_goes_on() {
    let (cycles, _) = played("nonsense");

    assert_eq!(cycles.len(), 1);
    assert_eq!(
        (&cycles[0]["tool_calls"], &cycles[0]["outcome"]),
        (&json!(6), &json!("done"))
    );
    assert_eq!(
        (&cycles[0]["orders"], &cycles[0]["refused"]),
        (&json!(0), &json!({}))
    );
}
