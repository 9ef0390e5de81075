//! The instructions that ship with the program, under the owner's limits.

use catalyst_domain::money::Currency;
use catalyst_domain::risk::{EntryCriteria, RawLimits, RiskLimits};
use chrono::{NaiveTime, TimeDelta};

use super::{INSTRUCTIONS, LunchRule, PromptFacts, instructions};

/// The owner's limits and the hours of an ordinary day.
pub(crate) fn facts() -> PromptFacts {
    facts_of(RawLimits::owner())
}

fn facts_of(raw: RawLimits) -> PromptFacts {
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    PromptFacts {
        limits: RiskLimits::new(raw, Currency::Hkd).unwrap(),
        sessions: vec![(at(9, 30), at(12, 0)), (at(13, 0), at(16, 0))],
        lunch_exit: at(11, 50),
        lunch_rule: LunchRule::FlatOnly,
        close_exit: at(15, 50),
        turns_max: 20,
        time_limit: TimeDelta::seconds(240),
        alerts_max: 3,
    }
}

#[test]
fn the_instructions_tell_every_limit() {
    let text = instructions(INSTRUCTIONS, &facts().values()).unwrap();

    insta::assert_snapshot!(text);
}

#[test]
fn another_limit_is_told_otherwise() {
    let raw = RawLimits {
        max_positions: 3,
        max_order_value: Some(250_000.into()),
        entry_criteria: EntryCriteria::Report,
        ..RawLimits::owner()
    };

    let text = instructions(INSTRUCTIONS, &facts_of(raw).values()).unwrap();

    for told in [
        "At most 3 names",
        "worth at most 250000.00 HKD",
        "notes on the record",
    ] {
        assert!(text.contains(told), "{told}");
    }
}
