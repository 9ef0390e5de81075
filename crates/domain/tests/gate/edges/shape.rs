//! The order itself: side, lots, ticks, and the order of its three prices.

use catalyst_domain::quantity::LotSize;
use catalyst_domain::risk::{Held, RawLimits, RiskView};
use catalyst_testkit::builders::{ViewBuilder, a_view, an_entry, hkd, price, shares, symbol};

use super::judged::{NONE, breaches, breaches_under, owners, usual_in, usual_seen};

/// A view of an account so large that no size matters to it, and lots of one share.
fn of_a_large_account() -> ViewBuilder {
    let mut view = a_view();
    let large = Some(hkd("100000000000"));
    view.account.equity = large;
    view.account.equity_expected = large;
    view.account.cash = large;
    if let Some(instrument) = &mut view.instrument {
        instrument.lot_size = LotSize::new(1).unwrap();
    }
    view
}

#[test]
fn a_sale_opens_nothing() {
    let mut view = a_view();
    view.holdings = vec![Held {
        symbol: symbol("700"),
        shares: shares(300),
        mark: Some(price("500")),
    }];

    assert_eq!(
        breaches(an_entry().shares(100).selling(), &view),
        ["short_sale: 300 shares allowed, 100 shares found"]
    );
}

#[test]
fn a_symbol_without_a_known_lot_is_not_traded() {
    let view = a_view();

    assert_eq!(
        usual_seen(&RiskView {
            instrument: None,
            ..view.view()
        }),
        ["lot_known: a board lot for this day allowed, not known found"]
    );
}

#[test]
fn an_order_is_whole_board_lots_and_at_least_one() {
    for (count, found) in [
        (
            0,
            "board_lot: whole multiples of 100 allowed, 0 shares found",
        ),
        (
            99,
            "board_lot: whole multiples of 100 allowed, 99 shares found",
        ),
        (
            250,
            "board_lot: whole multiples of 100 allowed, 250 shares found",
        ),
    ] {
        assert!(breaches(an_entry().shares(count), &a_view()).contains(&found.to_owned()));
    }
    assert_eq!(breaches(an_entry().shares(300), &a_view()), NONE);
}

#[test]
fn the_owner_and_the_exchange_each_cap_the_lots_of_an_order() {
    let view = of_a_large_account();
    let capped = |max_order_lots, count| {
        let raw = RawLimits {
            max_order_lots,
            ..owners()
        };
        breaches_under(raw, an_entry().shares(count), &view)
    };

    assert_eq!(capped(200, 200), NONE);
    assert_eq!(capped(200, 201), ["order_size: 200 allowed, 201 found"]);
    assert_eq!(capped(1_000_000, 3_000), NONE);
    assert_eq!(
        capped(1_000_000, 3_001),
        ["order_size: 3000 allowed, 3001 found"]
    );
}

#[test]
fn where_the_exchange_has_no_cap_the_owners_holds_and_without_rules_none_is_guessed() {
    let mut view = of_a_large_account();
    let raw = || RawLimits {
        max_order_lots: 4_000,
        ..owners()
    };

    view.order_rules.as_mut().unwrap().max_lots = None;
    assert_eq!(breaches_under(raw(), an_entry().shares(4_000), &view), NONE);
    assert_eq!(
        breaches_under(raw(), an_entry().shares(4_001), &view),
        ["order_size: 4000 allowed, 4001 found"]
    );
    view.order_rules = None;
    assert_eq!(
        usual_in(&view),
        ["order_size: the exchange's order rules for this day allowed, not known found"]
    );
}

#[test]
fn each_of_the_three_prices_is_on_its_tick() {
    for (stop, entry, target, found) in [
        (
            "490",
            "500.3",
            "530",
            "tick: whole multiples of 0.5 allowed, 500.3 found",
        ),
        (
            "490.1",
            "500",
            "530",
            "tick: whole multiples of 0.2 allowed, 490.1 found",
        ),
        (
            "490",
            "500",
            "530.2",
            "tick: whole multiples of 0.5 allowed, 530.2 found",
        ),
        (
            "490",
            "500",
            "10000",
            "tick: a price on the exchange's table allowed, 10000 found",
        ),
    ] {
        assert_eq!(
            breaches(an_entry().between(stop, entry, target), &a_view()),
            [found]
        );
    }
    let mut view = a_view();
    view.ticks = None;
    assert_eq!(
        usual_in(&view),
        ["tick: a tick table for this day allowed, not known found"]
    );
}

#[test]
fn the_stop_lies_below_the_entry_and_the_target_above_it() {
    for (stop, entry, target, found) in [
        (
            "500",
            "500",
            "530",
            vec!["bracket: a stop below the entry allowed, 500 found"],
        ),
        (
            "510",
            "500",
            "530",
            vec!["bracket: a stop below the entry allowed, 510 found"],
        ),
        (
            "490",
            "500",
            "500",
            vec![
                "bracket: a target above the entry allowed, 500 found",
                "reward_risk: at least 2 allowed, -0.1401 found",
            ],
        ),
    ] {
        assert_eq!(
            breaches(an_entry().between(stop, entry, target), &a_view()),
            found
        );
    }
}

#[test]
fn the_stop_is_at_most_five_percent_and_at_least_a_tick_away() {
    let stopped_at = |stop| breaches(an_entry().between(stop, "500", "570"), &a_view());

    assert_eq!(stopped_at("475"), NONE);
    assert_eq!(
        stopped_at("474.8"),
        ["stop_distance: at most 5 % allowed, 5.04 % found"]
    );
    assert_eq!(stopped_at("499.8"), NONE);
    assert_eq!(
        stopped_at("499.9"),
        [
            "tick: whole multiples of 0.2 allowed, 499.9 found",
            "stop_distance: at least 0.2 allowed, 0.1 found"
        ]
    );
}

#[test]
fn the_stop_of_a_market_order_is_measured_from_the_worst_price() {
    let stopped_at = |stop| {
        let entry = an_entry().between(stop, "500", "580").at_market();
        breaches(entry, &a_view())
    };

    assert_eq!(stopped_at("476"), NONE);
    assert_eq!(
        stopped_at("475.8"),
        ["stop_distance: at most 5 % allowed, 5.03 % found"]
    );
}

#[test]
fn the_lot_of_another_symbol_is_no_lot() {
    let mut view = a_view();
    view.instrument.as_mut().unwrap().symbol = symbol("5");

    let found = usual_in(&view);

    assert!(found.iter().any(|breach| breach.starts_with("lot_known")));
}
