//! What a trade costs before it happens, and whether it is worth it after costs.

use catalyst_domain::money::{Currency, Money};
use catalyst_domain::risk::{EntryCosts, RawLimits};
use catalyst_testkit::builders::{a_view, an_entry, hkd};
use rust_decimal::Decimal;

use super::judged::{NONE, assessed, breaches_under, owners, usual_in};

fn usual_costs() -> EntryCosts {
    let view = a_view();
    let found = assessed(&an_entry().sized(), &view.view(), owners());
    found.costs.unwrap()
}

#[test]
fn without_a_fee_table_costs_are_not_guessed() {
    let mut view = a_view();
    view.fees = None;

    assert_eq!(
        usual_in(&view),
        ["costs_known: a fee table for this day allowed, not known found"]
    );
}

// By hand from the market rules on costs: stamp duty, three levies, clearing, the tiered plan.
#[test]
fn the_costs_of_the_usual_entry_are_those_of_the_tables() {
    let costs = usual_costs();

    assert_eq!(
        costs,
        EntryCosts {
            value: hkd("100000"),
            entry: hkd("162.70"),
            exit_at_target: hkd("172.46"),
            exit_at_stop: hkd("159.46"),
            reward: Decimal::from(6_000),
            risk: Decimal::from(2_000),
        }
    );
    assert_eq!(costs.cash_needed(), Ok(hkd("100162.70")));
    assert_eq!(costs.break_even(), Some(Decimal::new(33_516, 7)));
    let net = Decimal::new(566_484, 2) / Decimal::new(232_216, 2);
    assert_eq!(costs.net_reward_risk(), Some(net));
}

#[test]
fn nothing_at_risk_has_no_reward_to_risk() {
    let costs = EntryCosts {
        risk: Decimal::ZERO,
        ..usual_costs()
    };

    assert_eq!(costs.net_reward_risk(), None);
    let owed = EntryCosts {
        risk: Decimal::ONE,
        entry: hkd("-200"),
        ..usual_costs()
    };
    assert_eq!(owed.net_reward_risk(), None);
}

#[test]
fn cash_covers_the_value_and_the_fees_of_the_purchase() {
    let with = |cash| {
        let mut view = a_view();
        view.account.cash = cash;
        usual_in(&view)
    };
    let dollars = Money::new(Decimal::from(1_000_000), Currency::Usd).unwrap();

    assert_eq!(with(Some(hkd("100162.70"))), NONE);
    assert_eq!(
        with(Some(hkd("100162.69"))),
        ["cash: 100162.69 HKD allowed, 100162.70 HKD found"]
    );
    assert_eq!(
        with(Some(dollars)),
        ["cash: 1000000.00 USD allowed, 100162.70 HKD found"]
    );
    assert_eq!(
        with(None),
        ["cash: the account's cash allowed, not known found"]
    );
}

#[test]
fn the_reward_is_a_multiple_of_the_risk_after_costs() {
    let net = usual_costs().net_reward_risk().unwrap();
    let asking = |least| {
        let raw = RawLimits {
            min_risk_reward: least,
            ..owners()
        };
        breaches_under(raw, an_entry(), &a_view())
    };

    assert_eq!(asking(net), NONE);
    assert_eq!(
        asking(net + Decimal::new(1, 4)),
        ["reward_risk: at least 2.4396 allowed, 2.4395 found"]
    );
}
