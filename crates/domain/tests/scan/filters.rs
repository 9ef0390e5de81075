//! Each hard filter alone, on both sides of its bound.

use catalyst_domain::money::{Currency, Money};
use catalyst_domain::quantity::Shares;
use catalyst_domain::ratio::BasisPoints;
use catalyst_domain::scan::{Direction, Filter, ScanLimits, Sighting};
use catalyst_testkit::builders::{hkd, price, symbol};
use rust_decimal::Decimal;

use crate::market::{Market, quoted};

/// What takes 00700, alone in the field, under changed limits.
fn taken(mut market: Market, change: impl FnOnce(&mut ScanLimits)) -> Option<Filter> {
    market.names = vec![symbol("700")];
    change(&mut market.limits);
    let sifted = market.sifted();
    assert_eq!(sifted.passed.len() + sifted.filtered.len(), 1);
    sifted.filtered.first().map(|(_, filter)| *filter)
}

fn limited(change: impl FnOnce(&mut ScanLimits)) -> Option<Filter> {
    taken(Market::sound(), change)
}

#[test]
fn a_sound_name_passes_the_usual_filters() {
    assert_eq!(limited(|_| ()), None);
}

#[test]
fn a_name_without_a_lot_is_not_looked_at() {
    let mut market = Market::sound();
    market.listings.clear();

    assert_eq!(taken(market, |_| ()), Some(Filter::NoLot));
}

#[test]
fn a_price_outside_its_bounds_is_named() {
    let least = |least| limited(|limits| limits.min_price = Some(price(least)));
    let most = |most| limited(|limits| limits.max_price = Some(price(most)));

    assert_eq!((least("51"), most("51")), (None, None));
    assert_eq!(least("51.05"), Some(Filter::Price));
    assert_eq!(most("50.95"), Some(Filter::Price));
}

#[test]
fn a_name_that_has_not_risen_is_named_unless_any_direction_will_do() {
    let close =
        |close| Market::sound().each(move |_, shown| shown.previous_close = Some(price(close)));

    assert_eq!(taken(close("50.95"), |_| ()), None);
    assert_eq!(taken(close("51"), |_| ()), Some(Filter::NotRising));
    assert_eq!(
        taken(close("52"), |limits| limits.direction = Direction::Any),
        None
    );
}

#[test]
fn too_little_turnover_is_named() {
    // Two million shares at 51.
    let least = |amount| limited(|limits| limits.min_turnover = hkd(amount));

    assert_eq!(least("102000000"), None);
    assert_eq!(least("102000000.01"), Some(Filter::Turnover));
}

#[test]
fn a_spread_is_bounded_in_ticks_and_as_a_part_of_the_bid() {
    // 50 to 50.5 is one per cent, and ten ticks of 0.05 before the tick reform's second phase.
    let wide = || {
        let shown = quoted(|quote| {
            quote.bid = price("50");
            quote.ask = price("50.5");
            quote.last = price("50.5");
        });
        let mut market = Market::sound();
        market.seen.insert(symbol("700"), Sighting::Shown(shown));
        market
    };
    let ticks = |most| {
        taken(wide(), |limits| {
            limits.max_spread_ticks = Some(most);
            limits.max_spread = None;
        })
    };
    let share = |points| {
        taken(wide(), |limits| {
            limits.max_spread_ticks = None;
            limits.max_spread = Some(BasisPoints::new(points));
        })
    };

    assert_eq!((ticks(10), ticks(9)), (None, Some(Filter::Spread)));
    assert_eq!((share(100), share(99)), (None, Some(Filter::Spread)));
}

#[test]
fn a_lot_that_is_too_large_for_the_account_is_named() {
    // One lot of 100 at 51 is 5,100: 20 % of 25,500.
    let with = |equity: Money| {
        let mut market = Market::sound();
        market.equity = equity;
        taken(market, |_| ())
    };

    assert_eq!(with(hkd("25500")), None);
    assert_eq!(with(hkd("25499")), Some(Filter::LotValue));
    let foreign = Money::new(Decimal::from(1_000_000), Currency::Usd).unwrap();
    assert_eq!(with(foreign), Some(Filter::LotValue));
}

#[test]
fn the_first_filter_that_takes_a_name_is_the_one_named() {
    let market = Market::sound().each(|_, shown| {
        shown.previous_close = Some(price("52"));
        shown.quote.day_volume = Shares::new(1).unwrap();
    });

    assert_eq!(taken(market, |_| ()), Some(Filter::NotRising));
}
