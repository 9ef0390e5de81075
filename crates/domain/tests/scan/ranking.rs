//! The order of what is worth a look.

use catalyst_domain::scan::{Figures, Weights, best_first};
use catalyst_testkit::builders::symbol;
use rust_decimal::Decimal;

use crate::market::Market;

/// Two names: one with more change, one with more of everything else.
fn pair() -> (Figures, Figures) {
    let passed = Market::sound().sifted().passed;
    let named = |code| {
        let found = passed.iter().find(|found| found.symbol == symbol(code));
        found.unwrap().clone()
    };
    let mover = Figures {
        change_pct: Decimal::from(3),
        gap_pct: Some(Decimal::ZERO),
        below_high_pct: Some(Decimal::from(2)),
        relative_volume: Some(Decimal::ONE),
        above_vwap: Some(false),
        ..named("5")
    };
    let other = Figures {
        change_pct: Decimal::from(2),
        gap_pct: Some(Decimal::from(2)),
        below_high_pct: Some(Decimal::ZERO),
        relative_volume: Some(Decimal::ONE),
        above_vwap: Some(true),
        ..named("700")
    };
    (mover, other)
}

fn first(mut found: Vec<Figures>, weights: &Weights) -> String {
    best_first(&mut found, weights);
    found[0].symbol.to_string()
}

#[test]
fn each_weight_can_turn_the_order() {
    let (mover, other) = pair();
    let both = || vec![mover.clone(), other.clone()];
    let one = Decimal::ONE;

    assert_eq!(first(both(), &Weights::USUAL), "00005");
    for weights in [
        Weights {
            gap: one,
            ..Weights::USUAL
        },
        Weights {
            below_high: one,
            ..Weights::USUAL
        },
        Weights {
            above_vwap: Decimal::TWO,
            ..Weights::USUAL
        },
        Weights {
            change: Decimal::ZERO,
            gap: one,
            ..Weights::USUAL
        },
    ] {
        assert_eq!(first(both(), &weights), "00700", "{weights:?}");
    }
}

#[test]
fn relative_volume_multiplies_and_what_is_not_known_counts_as_ordinary() {
    let (mover, other) = pair();
    let with = |ratio: Option<Decimal>| {
        let busy = Figures {
            relative_volume: ratio,
            ..other.clone()
        };
        first(vec![mover.clone(), busy], &Weights::USUAL)
    };

    assert_eq!(with(None), "00005");
    assert_eq!(with(Some(Decimal::new(151, 2))), "00700");
    assert_eq!(with(Some(Decimal::new(149, 2))), "00005");
    let blind = Weights {
        relative_volume: Decimal::ZERO,
        ..Weights::USUAL
    };
    let busy = Figures {
        relative_volume: Some(Decimal::from(9)),
        ..other.clone()
    };
    assert_eq!(first(vec![mover.clone(), busy], &blind), "00005");
}

#[test]
fn equal_names_stand_in_the_order_of_their_codes() {
    let passed = Market::sound().sifted().passed;
    let mut backwards: Vec<Figures> = passed.iter().rev().cloned().collect();

    best_first(&mut backwards, &Weights::USUAL);

    assert_eq!(backwards, passed);
}
