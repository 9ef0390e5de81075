//! What a day came to does not depend on the order in which its fills are told.

use std::collections::BTreeMap;

use catalyst_domain::account::{Holdings, OpeningPosition, RoundTrip, day_result, round_trips};
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::Fill;
use catalyst_domain::price::Price;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_testkit::builders::{a_fill, shares, symbol};
use catalyst_testkit::strategies::thousands;
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;

const CODES: [&str; 3] = ["700", "5", "9988"];

fn a_price(cents: i64) -> Price {
    Price::new(Decimal::new(cents, 2)).unwrap()
}

fn fills(codes: Vec<&'static str>) -> impl Strategy<Value = Vec<Fill>> {
    let fill = (
        select(codes),
        select(vec![Side::Buy, Side::Sell]),
        1_u64..=500,
        1_i64..=1_000_000,
        0_i64..=100_000,
    );
    let fill = fill.prop_map(|(code, side, count, cents, fees)| Fill {
        side,
        price: a_price(cents),
        ..a_fill("any")
            .of(code)
            .shares(count)
            .fees(Decimal::new(fees, 4))
            .build()
    });
    proptest::collection::vec(fill, 1..12)
}

fn openings() -> impl Strategy<Value = Vec<OpeningPosition>> {
    let opening = (select(CODES.to_vec()), 0_u64..=3_000, 1_i64..=1_000_000);
    let opening = opening.prop_map(|(code, count, cents)| OpeningPosition {
        symbol: symbol(code),
        shares: shares(count),
        mark: a_price(cents),
    });
    proptest::collection::vec(opening, 0..3)
}

fn marks() -> BTreeMap<Symbol, Price> {
    let marks = CODES.into_iter().zip([50_000, 6_000, 12_050]);
    marks
        .map(|(code, cents)| (symbol(code), a_price(cents)))
        .collect()
}

/// The fills and a last sale of everything that is bought and not sold, so that the day ends flat;
/// sales that would be too many are purchases.
fn closed(mut fills: Vec<Fill>) -> Vec<Fill> {
    let mut held = 0_u64;
    for fill in &mut fills {
        let count = fill.shares.count();
        if fill.side == Side::Sell && count < held {
            held -= count;
        } else {
            fill.side = Side::Buy;
            held += count;
        }
    }
    fills.push(Fill {
        shares: shares(held),
        ..a_fill("last").selling().build()
    });
    fills
}

/// The fills in the order given as far as it can have happened: a sale waits until more is held than
/// it sells, or until it is the last.
fn playable(mut fills: Vec<Fill>) -> Vec<Fill> {
    let mut held = 0_u64;
    let mut played = Vec::new();
    while !fills.is_empty() {
        let only_sales = fills.iter().all(|fill| fill.side == Side::Sell);
        let can_happen =
            |fill: &Fill| fill.side == Side::Buy || only_sales || fill.shares.count() < held;
        let fill = fills.remove(fills.iter().position(can_happen).unwrap());
        match fill.side {
            Side::Buy => held += fill.shares.count(),
            Side::Sell => held -= fill.shares.count(),
        }
        played.push(fill);
    }
    played
}

/// A round trip without the names and times of its ends.
fn figures(trip: &RoundTrip) -> (u64, Decimal, Decimal, Money, Money) {
    let count = trip.shares.count();
    (count, trip.entry, trip.exit, trip.gross, trip.fees)
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn the_result_of_a_day_is_the_same_in_any_order_of_fills(
        opening in openings(),
        (told, shuffled) in fills(CODES.to_vec())
            .prop_flat_map(|fills| (Just(fills.clone()), Just(fills).prop_shuffle())),
    ) {
        let result = |fills| day_result(Currency::Hkd, &opening, fills, &marks());

        prop_assert_eq!(result(&told), result(&shuffled));
    }

    #[test]
    fn a_round_trip_is_the_same_in_any_order_that_can_have_happened(
        (told, shuffled) in fills(vec!["700"])
            .prop_map(closed)
            .prop_flat_map(|fills| (Just(fills.clone()), Just(fills).prop_shuffle())),
    ) {
        let told = round_trips(Currency::Hkd, &told).unwrap();
        let shuffled = round_trips(Currency::Hkd, &playable(shuffled)).unwrap();

        prop_assert_eq!(told.len(), 1);
        prop_assert_eq!(shuffled.len(), 1);
        prop_assert_eq!(figures(&told[0]), figures(&shuffled[0]));
    }

    #[test]
    fn what_was_realised_on_a_flat_day_is_the_result_of_the_day(
        shuffled in fills(vec!["700"])
            .prop_map(closed)
            .prop_flat_map(|fills| Just(fills).prop_shuffle()),
    ) {
        let fills = playable(shuffled);
        let holdings = Holdings::from_fills(Currency::Hkd, &fills).unwrap();
        let day = day_result(Currency::Hkd, &[], &fills, &marks()).unwrap();
        let apart = holdings.realised().amount() - day.net().unwrap().amount();

        prop_assert_eq!(holdings.positions().count(), 0);
        // Costs are divided among the shares, to 28 digits.
        prop_assert!(apart.abs() < Decimal::new(1, 12), "{} apart", apart);
    }
}
