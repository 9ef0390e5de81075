//! Strategies for laws about prices, quantities and executions, and how many cases a law is tried on.

use catalyst_domain::order::{ExecutionId, Fill, Leg};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use chrono::TimeDelta;
use proptest::prelude::{Just, ProptestConfig, Strategy, prop_oneof};
use rust_decimal::Decimal;

use crate::builders::{a_cycle, a_fill, a_moment, an_order};

/// Two thousand cases of a law, or as many as `PROPTEST_CASES` says.
pub fn thousands() -> ProptestConfig {
    let config = ProptestConfig::default();
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => config,
        None => ProptestConfig {
            cases: 2_000,
            ..config
        },
    }
}

/// Prices from 0.001 to 10,000 with up to four places, on the tick grid or not.
pub fn any_price() -> impl Strategy<Value = Price> {
    (1_i64..=100_000_000).prop_map(|units| Price::new(Decimal::new(units, 4)).unwrap())
}

/// Amounts of every sign and scale that money can hold, up to 28 digits in all.
pub fn any_amount() -> impl Strategy<Value = Decimal> {
    let digits =
        -9_999_999_999_999_999_999_999_999_999_i128..=9_999_999_999_999_999_999_999_999_999;
    (digits, 10_u32..=28).prop_map(|(digits, scale)| Decimal::from_i128_with_scale(digits, scale))
}

/// Whole lots of 100 shares, up to ten thousand shares.
pub fn whole_lots() -> impl Strategy<Value = Shares> {
    (1_u64..=100).prop_map(|lots| Shares::new(lots * 100).unwrap())
}

/// Either direction.
pub fn any_side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Buy), Just(Side::Sell)]
}

/// A purchase of 00700 within a few hours of 2026-09-14, named by `number`.
pub fn any_purchase(number: usize) -> impl Strategy<Value = Fill> {
    (
        any_price(),
        whole_lots(),
        any_amount(),
        0_i64..10_000_000_000,
    )
        .prop_map(move |(price, shares, fees, micros)| Fill {
            execution: ExecutionId::new(format!("execution-{number}")),
            order: an_order(a_cycle("20260914-1000.1"), 1, Leg::Entry),
            price,
            shares,
            at: a_moment("2026-09-14T01:30:00Z") + TimeDelta::microseconds(micros),
            ..a_fill("replaced").fees(fees).build()
        })
}
