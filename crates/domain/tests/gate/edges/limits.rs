//! Limits themselves: a number that makes no sense is refused by the name of its setting.

use catalyst_domain::money::Currency;
use catalyst_domain::risk::{RawLimits, RiskLimits};
use rust_decimal::Decimal;

use super::judged::owners;

/// What is said of the owner's limits after a change, nothing when they are taken.
fn refusal(change: impl FnOnce(&mut RawLimits)) -> Option<String> {
    let mut raw = owners();
    change(&mut raw);
    let limits = RiskLimits::new(raw, Currency::Hkd);
    limits.err().map(|error| error.to_string())
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

type Share = (&'static str, fn(&mut RawLimits, Decimal));

const SHARES: [Share; 5] = [
    ("max_position_pct", |raw, share| {
        raw.max_position_pct = share;
    }),
    ("max_risk_per_trade_pct", |raw, share| {
        raw.max_risk_per_trade_pct = share;
    }),
    ("max_stop_distance_pct", |raw, share| {
        raw.max_stop_distance_pct = share;
    }),
    ("max_price_deviation_pct", |raw, share| {
        raw.max_price_deviation_pct = share;
    }),
    ("max_equity_jump_pct", |raw, share| {
        raw.max_equity_jump_pct = share;
    }),
];

#[test]
fn a_share_is_a_fraction_above_zero_up_to_one_in_basis_points() {
    let allowed = "a fraction above 0 up to 1 in steps of 0.0001, so 0.2 for 20 %";
    for (name, set) in SHARES {
        for sound in ["0.0001", "1", "0.2"] {
            assert_eq!(refusal(|raw| set(raw, number(sound))), None, "{name}");
        }
        for found in ["0", "-0.2", "1.0001", "20", "0.00015"] {
            assert_eq!(
                refusal(|raw| set(raw, number(found))),
                Some(format!("{name} is {found}, allowed is {allowed}"))
            );
        }
    }
}

#[test]
fn the_warning_comes_before_the_limit_of_the_day() {
    let losing = |warning: &str, most: &str| {
        refusal(|raw| {
            raw.warning_loss_pct = number(warning);
            raw.max_daily_loss_pct = number(most);
        })
    };

    assert_eq!(losing("0.0199", "0.02"), None);
    assert_eq!(
        losing("0.02", "0.02").as_deref(),
        Some("warning_loss_pct is 0.02, allowed is less than max_daily_loss_pct")
    );
    assert_eq!(
        losing("0", "0.02").as_deref(),
        Some(
            "warning_loss_pct is 0, allowed is \
             a fraction above 0 up to 1 in steps of 0.0001, so 0.2 for 20 %"
        )
    );
    assert_eq!(
        losing("0.015", "1.5").as_deref(),
        Some(
            "max_daily_loss_pct is 1.5, allowed is \
             a fraction above 0 up to 1 in steps of 0.0001, so 0.2 for 20 %"
        )
    );
}

type Count = (&'static str, fn(&mut RawLimits, u32), u32, &'static str);

const COUNTS: [Count; 6] = [
    (
        "max_positions",
        |raw, count| raw.max_positions = count,
        100,
        "1 to 100",
    ),
    (
        "max_daily_trades",
        |raw, count| raw.max_daily_trades = count,
        1_000,
        "1 to 1000",
    ),
    (
        "max_quote_age_seconds",
        |raw, count| raw.max_quote_age_seconds = count,
        3_600,
        "1 to 3600",
    ),
    (
        "max_news_age_hours",
        |raw, count| raw.max_news_age_hours = count,
        168,
        "1 to 168",
    ),
    (
        "max_entries_per_symbol",
        |raw, count| raw.max_entries_per_symbol = count,
        1_000,
        "1 to 1000",
    ),
    (
        "max_order_lots",
        |raw, count| raw.max_order_lots = count,
        1_000_000,
        "1 to 1000000",
    ),
];

#[test]
fn a_count_is_one_up_to_its_most() {
    for (name, set, most, allowed) in COUNTS {
        for sound in [1, most] {
            assert_eq!(refusal(|raw| set(raw, sound)), None, "{name}");
        }
        for found in [0, most + 1] {
            assert_eq!(
                refusal(|raw| set(raw, found)),
                Some(format!("{name} is {found}, allowed is {allowed}"))
            );
        }
    }
}

type Minutes = (&'static str, fn(&mut RawLimits, u32));

const MINUTES: [Minutes; 3] = [
    ("cooldown_minutes", |raw, count| {
        raw.cooldown_minutes = count;
    }),
    ("no_entry_after_open_minutes", |raw, count| {
        raw.no_entry_after_open_minutes = count;
    }),
    ("no_entry_before_close_minutes", |raw, count| {
        raw.no_entry_before_close_minutes = count;
    }),
];

#[test]
fn minutes_are_at_most_a_trading_day() {
    for (name, set) in MINUTES {
        for sound in [0, 390] {
            assert_eq!(refusal(|raw| set(raw, sound)), None, "{name}");
        }
        assert_eq!(
            refusal(|raw| set(raw, 391)),
            Some(format!("{name} is 391, allowed is 0 to 390"))
        );
    }
}

#[test]
fn ratios_and_readings_lie_in_their_ranges() {
    let reward = |found| refusal(|raw| raw.min_risk_reward = number(found));
    let volume = |found| refusal(|raw| raw.min_relative_volume = number(found));
    let rsi = |low, high| {
        refusal(|raw| {
            raw.min_rsi = number(low);
            raw.max_rsi = number(high);
        })
    };

    assert_eq!((reward("1"), reward("100")), (None, None));
    for found in ["0.99", "100.01"] {
        let said = format!("min_risk_reward is {found}, allowed is 1 to 100");
        assert_eq!(reward(found), Some(said));
    }
    assert_eq!((volume("0.01"), volume("100")), (None, None));
    for found in ["0", "100.01"] {
        let said = format!("min_relative_volume is {found}, allowed is above 0 up to 100");
        assert_eq!(volume(found), Some(said));
    }
    assert_eq!((rsi("0", "100"), rsi("69.9", "70")), (None, None));
    for (low, high) in [("-0.1", "70"), ("70", "70")] {
        let said = format!("min_rsi is {low}, allowed is 0 to less than max_rsi");
        assert_eq!(rsi(low, high), Some(said));
    }
    assert_eq!(
        rsi("40", "100.1").as_deref(),
        Some("max_rsi is 100.1, allowed is more than min_rsi up to 100")
    );
}

#[test]
fn a_fuse_is_an_amount_above_zero() {
    let order = |found| refusal(|raw| raw.max_order_value = Some(number(found)));
    let gross = |found| refusal(|raw| raw.max_gross_value = Some(number(found)));

    assert_eq!((order("0.01"), gross("0.01")), (None, None));
    for found in ["0", "-1", "1000000000000000001"] {
        assert_eq!(
            order(found),
            Some(format!(
                "max_order_value is {found}, allowed is an amount above 0"
            ))
        );
        assert_eq!(
            gross(found),
            Some(format!(
                "max_gross_value is {found}, allowed is an amount above 0"
            ))
        );
    }
}

#[test]
fn exchanging_the_criteria_leaves_every_other_limit() {
    let required = RiskLimits::new(RawLimits::owner(), Currency::Hkd).unwrap();
    let reported = RiskLimits::new(owners(), Currency::Hkd).unwrap();

    let exchanged = required
        .clone()
        .with_entry_criteria(reported.entry_criteria());

    assert_ne!(required, reported);
    assert_eq!(exchanged, reported);
}
