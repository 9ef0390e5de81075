//! What holds for any field: every name ends in exactly one place, and what passed is believed.

use std::collections::BTreeSet;

use catalyst_domain::market::{Feed, Snapshot};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::scan::{Sentinel, Sighting, Withheld};
use chrono::TimeDelta;
use proptest::collection;
use proptest::option;
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::{select, subsequence};
use rust_decimal::Decimal;

use crate::market::{CODES, Market, moment, now, sound};

fn cents() -> impl Strategy<Value = Price> {
    prop_oneof![5 => 4_900_i64..=5_300, 1 => 1_i64..=2_000_000]
        .prop_map(|cents| Price::new(Decimal::new(cents, 2)).unwrap())
}

/// Any snapshot, half of them broken somewhere; the name is put in later.
fn shown() -> impl Strategy<Value = Snapshot> {
    let book = (
        cents(),
        cents(),
        cents(),
        prop_oneof![Just(0_u64), 0..=5_000_000_u64],
    );
    let day = (
        option::of(cents()),
        option::of(cents()),
        option::of(cents()),
        option::weighted(0.9, cents()),
    );
    let when = (
        -10_i64..=200,
        select(vec![Feed::Live, Feed::Live, Feed::Delayed]),
    );
    (book, day, when).prop_map(|(book, day, when)| {
        let mut shown = sound("700");
        (shown.quote.last, shown.quote.bid, shown.quote.ask) = (book.0, book.1, book.2);
        shown.quote.day_volume = Shares::new(book.3).unwrap();
        (shown.open, shown.high, shown.low, shown.previous_close) = day;
        shown.quote.at = now() - TimeDelta::seconds(when.0);
        shown.quote.feed = when.1;
        shown
    })
}

fn sighting() -> impl Strategy<Value = Option<Sighting>> {
    prop_oneof![
        4 => Just(Some(Sighting::Shown(sound("700")))),
        8 => shown().prop_map(|shown| Some(Sighting::Shown(shown))),
        1 => Just(Some(Sighting::Absent)),
        1 => Just(Some(Sighting::Malformed)),
        1 => Just(None),
    ]
}

fn field() -> impl Strategy<Value = Market> {
    let seen = collection::vec(sighting().boxed(), 8);
    (
        seen,
        subsequence(CODES.to_vec(), 0..=8),
        subsequence(CODES.to_vec(), 6..=8),
    )
        .prop_map(|(seen, asked, listed)| {
            let mut market = Market::sound();
            for ((name, known), sighting) in market.seen.clone().into_iter().zip(seen) {
                let own = |mut shown: Snapshot| {
                    if let Sighting::Shown(known) = known {
                        shown.quote.symbol = known.quote.symbol;
                    }
                    Sighting::Shown(shown)
                };
                match sighting {
                    Some(Sighting::Shown(shown)) => market.seen.insert(name, own(shown)),
                    Some(other) => market.seen.insert(name, other),
                    None => market.seen.remove(&name),
                };
            }
            market
                .names
                .retain(|name| asked.iter().any(|code| name.without_zeros() == *code));
            market
                .listings
                .retain(|name, _| listed.iter().any(|code| name.without_zeros() == *code));
            market
        })
}

proptest! {
    #[test]
    fn every_name_asked_for_is_accounted_for_once(market in field()) {
        let sifted = market.sifted();

        let passed = sifted.passed.iter().map(|found| found.symbol);
        let filtered = sifted.filtered.iter().map(|(symbol, _)| *symbol);
        let quarantined = sifted.quarantined.iter().map(|(symbol, _)| *symbol);
        let mut ended: Vec<_> = passed.chain(filtered).chain(quarantined).collect();
        ended.sort_unstable();
        prop_assert_eq!(ended, market.names);
    }

    #[test]
    fn what_passed_is_believed_and_listed(market in field()) {
        let sifted = market.sifted();

        for found in &sifted.passed {
            prop_assert_eq!(Sentinel::over(&found.snapshot, &moment()), None);
            prop_assert!(market.listings.contains_key(&found.symbol));
            prop_assert!(found.change_pct > Decimal::ZERO);
        }
        prop_assert!(sifted.passed.is_empty() || !sifted.withholds(Withheld::Prices));
        let believed: BTreeSet<_> = sifted.filtered.iter().map(|(symbol, _)| *symbol).collect();
        prop_assert_eq!(believed.len(), sifted.filtered.len());
    }
}
