//! Size against the account: names, shares of the equity, the absolute fuses.

use catalyst_domain::money::{Currency, Money};
use catalyst_domain::risk::{Held, RawLimits, RiskView, WorkingOrder, WorkingRole};
use catalyst_testkit::builders::{ViewBuilder, a_view, an_entry, hkd, price, shares, symbol};
use rust_decimal::Decimal;

use super::judged::{NONE, breaches, breaches_under, owners, usual_in, usual_seen};

fn held(code: &str, count: u64, mark: &str) -> Held {
    Held {
        symbol: symbol(code),
        shares: shares(count),
        mark: Some(price(mark)),
    }
}

fn at_work(code: &str, role: WorkingRole) -> WorkingOrder {
    WorkingOrder {
        symbol: symbol(code),
        role,
        shares: shares(100),
        price: Some(price("60")),
    }
}

fn others(count: u32) -> Vec<Held> {
    (1..=count)
        .map(|number| held(&number.to_string(), 400, "60"))
        .collect()
}

#[test]
fn equity_is_known_above_zero_and_in_the_currency_of_the_instrument() {
    let with = |equity| {
        let mut view = a_view();
        view.account.equity = equity;
        view.account.equity_expected = None;
        usual_in(&view)
    };
    let dollars = Money::new(Decimal::from(1_000_000), Currency::Usd).unwrap();

    assert_eq!(
        with(None),
        ["equity_known: the account's equity allowed, not known found"]
    );
    assert_eq!(
        with(Some(hkd("0"))),
        [
            "equity_known: equity above zero allowed, 0.00 HKD found",
            "position_share: 0.00 HKD allowed, 100000.00 HKD found",
            "risk_per_trade: 0.00 HKD allowed, 2000.00 HKD found",
        ]
    );
    assert_eq!(
        with(Some(dollars)),
        ["equity_known: equity in the currency of the instrument allowed, 1000000.00 USD found"]
    );
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
fn equity_may_jump_a_fifth_either_way() {
    let with = |equity| {
        let mut view = a_view();
        view.account.equity = Some(hkd(equity));
        usual_in(&view)
    };

    assert_eq!(with("1200000"), NONE);
    assert_eq!(with("800000"), NONE);
    for found in ["1200000.01", "799999.99"] {
        assert_eq!(
            with(found),
            [format!(
                "equity_jump: 1000000.00 HKD allowed, {found} HKD found"
            )]
        );
    }
}

#[test]
fn names_are_holdings_and_working_purchases_and_the_new_one() {
    let too_many = ["max_positions: 5 allowed, 6 found"];
    let mut view = a_view();

    view.holdings = others(5);
    assert_eq!(usual_in(&view), too_many);
    view.holdings = others(4);
    assert_eq!(usual_in(&view), NONE);
    for role in [WorkingRole::Entry, WorkingRole::Unresolved] {
        view.working = vec![at_work("9988", role)];
        assert_eq!(usual_in(&view), too_many);
    }
    for role in [WorkingRole::Exit, WorkingRole::Stop, WorkingRole::Target] {
        view.working = vec![at_work("9988", role)];
        assert_eq!(usual_in(&view), NONE);
    }
}

#[test]
fn a_name_counts_once_and_an_empty_holding_not_at_all() {
    let mut view = a_view();
    view.holdings = others(4);
    view.holdings.push(held("700", 100, "500"));
    view.holdings.push(held("9988", 0, "60"));
    view.working = vec![at_work("1", WorkingRole::Entry)];

    assert_eq!(usual_in(&view), NONE);
}

#[test]
fn a_position_is_at_most_a_fifth_of_the_equity() {
    assert_eq!(breaches(an_entry().shares(400), &a_view()), NONE);
    assert_eq!(
        breaches(an_entry().shares(500), &a_view()),
        ["position_share: 200000.00 HKD allowed, 250000.00 HKD found"]
    );
}

#[test]
fn what_is_held_counts_at_its_mark_or_at_the_new_price_if_that_is_higher() {
    let holding = |mark, count| {
        let mut view = a_view();
        view.holdings = vec![held("700", 100, mark), held("5", 1_000, "60")];
        breaches(an_entry().shares(count), &view)
    };

    assert_eq!(holding("500", 300), NONE);
    assert_eq!(
        holding("500.5", 300),
        ["position_share: 200000.00 HKD allowed, 200050.00 HKD found"]
    );
    assert_eq!(
        holding("400", 400),
        ["position_share: 200000.00 HKD allowed, 250000.00 HKD found"]
    );
    let mut view = a_view();
    view.holdings = vec![held("700", 100, "500")];
    view.holdings[0].mark = None;
    assert_eq!(
        usual_in(&view),
        ["position_share: a price for what is held allowed, not known found"]
    );
}

#[test]
fn orders_that_may_add_to_the_position_count_too() {
    let unresolved = "unresolved_order: none allowed, \
         an order of the symbol is at work or unresolved found";
    let with = |role, at: Option<&str>| {
        let mut view = a_view();
        let mut order = at_work("700", role);
        order.price = at.map(price);
        view.working = vec![order];
        breaches(an_entry().shares(400), &view)
    };

    for role in [WorkingRole::Entry, WorkingRole::Unresolved] {
        assert_eq!(
            with(role, Some("510")),
            [
                "position_share: 200000.00 HKD allowed, 251000.00 HKD found",
                unresolved
            ]
        );
        assert_eq!(
            with(role, None)[0],
            "position_share: 200000.00 HKD allowed, 250000.00 HKD found"
        );
    }
    for role in [WorkingRole::Stop, WorkingRole::Target] {
        assert_eq!(with(role, Some("510")), NONE);
    }
}

#[test]
fn at_most_a_hundredth_of_the_equity_is_at_risk() {
    let wide = || RawLimits {
        max_position_pct: Decimal::ONE,
        ..owners()
    };
    let risking = |count| {
        let entry = an_entry().between("480", "500", "550").shares(count);
        breaches_under(wide(), entry, &a_view())
    };

    assert_eq!(risking(500), NONE);
    assert_eq!(
        risking(600),
        ["risk_per_trade: 10000.00 HKD allowed, 12000.00 HKD found"]
    );
}

/// A day that has so far lost this much of a million.
fn having_lost(dollars: &str) -> ViewBuilder {
    let mut view = a_view();
    view.day.pnl = Some(hkd(dollars).negated());
    view
}

#[test]
fn from_the_warning_on_half_the_size_is_the_most() {
    let full = having_lost("14999.99");
    let half = having_lost("15000");

    assert_eq!(breaches(an_entry().shares(400), &full), NONE);
    assert_eq!(breaches(an_entry().shares(200), &half), NONE);
    assert_eq!(
        breaches(an_entry().shares(300), &half),
        ["position_share: 100000.00 HKD allowed, 150000.00 HKD found"]
    );
    let risky = |count| an_entry().between("475", "500", "570").shares(count);
    assert_eq!(breaches(risky(200), &half), NONE);
    assert_eq!(
        breaches(risky(300), &half),
        [
            "position_share: 100000.00 HKD allowed, 150000.00 HKD found",
            "risk_per_trade: 5000.00 HKD allowed, 7500.00 HKD found"
        ]
    );
}

#[test]
fn an_unknown_result_of_the_day_halves_the_size_as_well() {
    let mut view = a_view();
    view.day.pnl = None;

    let assessed = super::judged::assessed(&an_entry().sized(), &view.view(), owners());

    assert_eq!(assessed.max_quantity, Some(shares(200)));
}

#[test]
fn the_order_fuse_is_absolute() {
    let fused = |count| {
        let raw = RawLimits {
            max_order_value: Some(Decimal::from(100_000)),
            ..owners()
        };
        breaches_under(raw, an_entry().shares(count), &a_view())
    };

    assert_eq!(fused(200), NONE);
    assert_eq!(
        fused(300),
        ["max_order_value: 100000.00 HKD allowed, 150000.00 HKD found"]
    );
}

#[test]
fn the_gross_fuse_counts_all_that_is_held_or_may_be() {
    let fused = |most: i64, view: &ViewBuilder| {
        let raw = RawLimits {
            max_gross_value: Some(Decimal::from(most)),
            ..owners()
        };
        breaches_under(raw, an_entry(), view)
    };
    let mut view = a_view();
    view.holdings = others(2);
    view.working = vec![
        at_work("9988", WorkingRole::Entry),
        at_work("1", WorkingRole::Stop),
    ];

    assert_eq!(fused(154_000, &view), NONE);
    assert_eq!(
        fused(153_999, &view),
        ["max_gross_value: 153999.00 HKD allowed, 154000.00 HKD found"]
    );
    view.working[0].price = None;
    assert_eq!(
        fused(154_000, &view),
        ["max_gross_value: a price for what is at work allowed, not known found"]
    );
    view.holdings[1].mark = None;
    assert_eq!(
        fused(154_000, &view),
        ["max_gross_value: a price for what is held allowed, not known found"]
    );
}

#[test]
fn a_sum_beyond_money_is_still_a_breach() {
    let raw = RawLimits {
        max_gross_value: Some(Decimal::from(1_000_000)),
        ..owners()
    };
    let mut view = a_view();
    let most = held("1", 10_000_000_000, "10000000");
    view.holdings = vec![most; 11];

    assert_eq!(
        breaches_under(raw, an_entry(), &view),
        ["max_gross_value: 1000000.00 HKD allowed, 1100000000000100000 found"]
    );
}
