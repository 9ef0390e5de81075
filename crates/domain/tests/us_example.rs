//! The example for the older US system: every answer it prints, word for word where the words are
//! what its caller sees.
#![expect(
    clippy::unwrap_used,
    reason = "an example that does not run has failed"
)]

#[path = "../examples/us_validate_position.rs"]
#[expect(dead_code, reason = "the test asks for the answers that `main` prints")]
mod us_validate_position;

fn answer_to(call: &str) -> String {
    let answers = us_validate_position::answers().unwrap();
    let found = answers.iter().find_map(|line| line.strip_prefix(call));
    found.unwrap().to_owned()
}

#[test]
fn a_sound_position_is_approved_and_so_is_a_way_out_without_figures_of_the_account() {
    assert_eq!(
        answer_to("validate_position, a sound position: "),
        "approved, buy 30 META at 600.00, stop 590.00, target 625.00"
    );
    assert_eq!(
        answer_to("validate_position, a sale of what is held, equity missing: "),
        "approved, sell 30 META"
    );
}

#[test]
fn what_is_no_number_or_no_word_never_reaches_the_gate() {
    for (case, answer) in [
        ("entry_price NaN", "entry_price is NaN"),
        ("entry_price infinite", "entry_price is inf"),
        ("take_profit NaN", "take_profit is NaN"),
        ("entry_price 0", "entry_price: price 0 is outside"),
        ("entry_price -600", "entry_price: price -600 is outside"),
        (
            "quantity -30",
            "quantity is -30, allowed are whole shares from 0",
        ),
        ("side hold", "side `hold` is unknown"),
        (
            "symbol with a zero-width space",
            "symbol `META\\u{200b}` is not understood",
        ),
        ("1999", "NYSE calendar is not known for 1999-11-22"),
    ] {
        let found = answer_to(&format!("validate_position, {case}: bad input, "));

        assert!(found.starts_with(answer), "{case}: {found}");
    }
}

#[test]
fn what_the_gate_refuses_names_the_rule_with_limit_and_found() {
    for (case, answer) in [
        (
            "entry_price 600.013",
            "tick: whole multiples of 0.01 allowed, 600.013 found",
        ),
        (
            "quantity 0",
            "board_lot: whole multiples of 1 allowed, 0 shares found",
        ),
        (
            "quantity 40",
            "position_share: 20000.00 USD allowed, 24000.00 USD found; \
             max_order_value: 20000.00 USD allowed, 24000.00 USD found",
        ),
        (
            "side short, nothing held",
            "exceeds_holding: 0 shares allowed, 30 shares found",
        ),
        (
            "a day whose ticks are not known",
            "tick: a tick table for this day allowed, not known found",
        ),
        (
            "a Saturday",
            "phase: continuous trading allowed, closed found",
        ),
        (
            "equity missing",
            "equity_known: the account's equity allowed, not known found; \
             daily_loss: the equity the day began with allowed, not known found",
        ),
        (
            "day_pnl NaN",
            "position_share: 10000.00 USD allowed, 18000.00 USD found; \
             daily_loss: the day's profit and loss allowed, not known found",
        ),
    ] {
        let found = answer_to(&format!("validate_position, {case}: refused, "));

        assert_eq!(found, answer, "{case}");
    }
}

#[test]
fn long_and_short_are_read_and_no_other_word_falls_through() {
    for (word, side) in [
        ("buy", "buy"),
        ("LONG", "buy"),
        ("sell", "sell"),
        ("short", "sell"),
    ] {
        assert_eq!(answer_to(&format!("parse_side, {word:?}: ")), side);
    }
    for word in ["hold", ""] {
        assert_eq!(
            answer_to(&format!("parse_side, {word:?}: ")),
            format!(
                "side `{word}` is unknown, allowed are buy and sell (long and short are read as these)"
            )
        );
    }
}

#[test]
fn a_price_is_rounded_in_the_direction_asked_or_not_at_all() {
    for (call, answer) in [
        ("600.013 Down on 2026-11-23", "600.01"),
        ("600.013 Up on 2026-11-23", "600.02"),
        ("600.01 Up on 2026-11-23", "600.01"),
        ("0.99995 Down on 2026-11-23", "0.9999"),
        (
            "1e-5 Down on 2026-11-23",
            "price 0.00001 is outside the tick table, allowed are 0.0001 to 10000000",
        ),
        (
            "600.013 Down on 2027-11-01",
            "tick table of equities is not known for 2027-11-01, \
             it covers 2015-01-01 to 2027-10-31",
        ),
        (
            "NaN Down on 2026-11-23",
            "price is NaN, allowed are numbers up to 28 digits",
        ),
        (
            "inf Up on 2026-11-23",
            "price is inf, allowed are numbers up to 28 digits",
        ),
        (
            "0.0 Up on 2026-11-23",
            "price: price 0 is outside 0.00000001 to 10000000",
        ),
        (
            "-600.0 Down on 2026-11-23",
            "price: price -600 is outside 0.00000001 to 10000000",
        ),
    ] {
        assert_eq!(answer_to(&format!("round_price, {call}: ")), answer);
    }
}
