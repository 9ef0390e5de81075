//! The limits of the settings against those last in force: both ways round, by value and not by text,
//! and in the directions that the gate itself takes.

use catalyst_domain::money::Currency;
use catalyst_domain::risk::{
    LimitChange, LimitLedger, LimitValue, NamedLimit, RawLimits, RiskLimits,
};
use catalyst_testkit::strategies::thousands;
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::draw::raw_limits;
use crate::tightening::tightened;

fn limits(raw: &RawLimits) -> RiskLimits {
    RiskLimits::new(raw.clone(), Currency::Hkd).unwrap()
}

/// The same change the other way round.
fn turned(changes: &[LimitChange]) -> Vec<LimitChange> {
    let turned = changes.iter().map(|change| LimitChange {
        name: change.name,
        from: Some(change.to),
        to: change.from.unwrap(),
    });
    turned.collect()
}

fn owners_named() -> Vec<NamedLimit> {
    limits(&RawLimits::owner()).named()
}

#[test]
fn each_limit_has_a_name_of_its_own() {
    let mut names: Vec<&str> = owners_named().iter().map(|limit| limit.name).collect();
    names.sort_unstable();
    names.dedup();

    assert_eq!(names.len(), 25);
}

#[test]
fn a_limit_that_is_not_remembered_is_taken_as_it_is() {
    let now = limits(&RawLimits::owner());
    let mut ledger = LimitLedger::empty();
    let first = ledger.weigh(&now);
    for limit in now.named().iter().skip(1) {
        ledger.remember(limit.name, &limit.value.to_string());
    }
    let weighed = ledger.weigh(&now);

    assert_eq!((first.stricter.len(), first.looser.len()), (25, 0));
    let only = LimitChange {
        name: "risk.max_positions",
        from: None,
        to: LimitValue::Number(5.into()),
    };
    assert_eq!(weighed.stricter, [only]);
    assert_eq!(only.to_string(), "risk.max_positions to 5");
    assert_eq!(weighed.looser, []);
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn weighing_one_against_the_other_is_the_mirror_of_the_reverse(
        one in raw_limits(),
        other in raw_limits(),
    ) {
        let (one, other) = (limits(&one), limits(&other));
        let there = LimitLedger::of(&one).weigh(&other);
        let back = LimitLedger::of(&other).weigh(&one);

        prop_assert_eq!(turned(&there.looser), back.stricter);
        prop_assert_eq!(turned(&there.stricter), back.looser);
        prop_assert_eq!(there.is_settled(), one.named() == other.named());
    }

    #[test]
    fn equal_values_are_equal_in_every_spelling(raw in raw_limits(), zeros in 0_u32..4) {
        let now = limits(&raw);
        let mut ledger = LimitLedger::of(&now);
        for limit in now.named() {
            if let LimitValue::Number(mut number) = limit.value {
                number.rescale(number.normalize().scale() + zeros);
                ledger.remember(limit.name, &number.to_string());
            }
        }

        prop_assert!(ledger.weigh(&now).is_settled());
    }

    #[test]
    fn what_is_stricter_for_the_gate_is_stricter_here(own in raw_limits(), other in raw_limits()) {
        let loose = limits(&own);

        for (field, raw) in tightened(&own, &other) {
            // A warning at or above the loss that ends the day is no set of limits.
            let Ok(tight) = RiskLimits::new(raw, Currency::Hkd) else { continue };
            let tightening = LimitLedger::of(&loose).weigh(&tight);
            let loosening = LimitLedger::of(&tight).weigh(&loose);

            prop_assert_eq!(&tightening.looser, &[], "{}", field);
            prop_assert_eq!(&loosening.stricter, &[], "{}", field);
            prop_assert_eq!(tightening.is_settled(), tight == loose, "{}", field);
        }
    }

    #[test]
    fn what_cannot_be_read_waits_for_the_owner(
        limit in select(owners_named()),
        text in select(vec!["", "many", "-1", "1e3", "1,5", " 1", "NULL", "Require", "TRUE"]),
    ) {
        let now = limits(&RawLimits::owner());
        let mut ledger = LimitLedger::of(&now);
        ledger.remember(limit.name, text);
        let weighed = ledger.weigh(&now);

        let change = LimitChange {
            name: limit.name,
            from: Some(LimitValue::Unreadable),
            to: limit.value,
        };
        prop_assert_eq!(weighed.looser, [change]);
        prop_assert_eq!(weighed.stricter, []);
        prop_assert_eq!(ledger.value(limit.name), Some(text));
    }

    #[test]
    fn no_fuse_is_the_loosest(amount in 1_i64..1_000_000, is_gross in any::<bool>()) {
        let amount = Some(Decimal::from(amount));
        let owners = RawLimits::owner();
        let fused = limits(&if is_gross {
            RawLimits { max_gross_value: amount, ..owners }
        } else {
            RawLimits { max_order_value: amount, ..owners }
        });
        let without = limits(&RawLimits::owner());

        prop_assert_eq!(LimitLedger::of(&fused).weigh(&without).looser.len(), 1);
        prop_assert_eq!(LimitLedger::of(&without).weigh(&fused).stricter.len(), 1);
    }
}
