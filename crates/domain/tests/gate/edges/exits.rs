//! Exits and guards at their edges.

use catalyst_domain::order::{ExitKind, ExitPrice, OrderIntent, OrderPlan};
use catalyst_domain::risk::{RawLimits, RiskDecision, WorkingRole};
use catalyst_testkit::builders::{ViewBuilder, price, shares};

use crate::case::{an_id, gate};
use crate::exits::{Holding, a_guard, an_exit, judged};
use crate::recomputed::time;

fn refusal(intent: &OrderIntent, view: &ViewBuilder) -> String {
    match gate(RawLimits::owner()).review(intent, &view.view(), an_id()) {
        RiskDecision::Approved(order) => unreachable!("{order:?}"),
        RiskDecision::Refused(refusal) => refusal.to_string(),
    }
}

/// A hundred shares of 00700 with a stop at 490 for as many as said.
fn guarded_at(second: i64, count: u64) -> ViewBuilder {
    Holding {
        held: 100,
        at_work: vec![(WorkingRole::Stop, count, 49_000)],
        last: 50_000,
        second,
    }
    .view()
}

fn guarded(count: u64) -> ViewBuilder {
    guarded_at(time(10, 0), count)
}

#[test]
fn a_refused_exit_says_what_is_held_at_work_or_allowed() {
    let view = guarded(30);
    let limit = |text| ExitKind::Limit(price(text));

    for (count, kind, said) in [
        (
            0,
            limit("500"),
            "exceeds_holding: 100 shares allowed, 0 shares found",
        ),
        (
            71,
            limit("500"),
            "working_exit: 0 shares allowed, 30 shares found",
        ),
        (
            70,
            ExitKind::Auction,
            "phase: the closing auction allowed, continuous_morning found",
        ),
        (
            70,
            limit("500.3"),
            "tick: whole multiples of 0.5 allowed, 500.3 found",
        ),
        (70, limit("600.5"), "exit_price: 500 allowed, 600.5 found"),
        (
            70,
            limit("9996"),
            "tick: a price on the table allowed, 9996 found; exit_price: 500 allowed, 9996 found",
        ),
    ] {
        assert_eq!(refusal(&an_exit(count, kind), &view), said);
    }
    let closed = guarded_at(time(17, 0), 30);
    assert_eq!(
        refusal(&an_exit(70, limit("500")), &closed),
        "phase: continuous trading allowed, closed found"
    );
}

#[test]
fn an_exit_at_a_limit_needs_a_quote_and_a_tick_table() {
    let mut view = guarded(30);
    view.quote = None;
    view.ticks = None;

    assert_eq!(
        refusal(&an_exit(70, ExitKind::Limit(price("500"))), &view),
        "tick: a tick table for this day allowed, not known found; \
         exit_price: a last price allowed, not known found"
    );
}

#[test]
fn an_exit_in_the_auction_needs_neither() {
    let mut view = guarded_at(time(16, 2), 30);
    view.quote = None;
    view.ticks = None;

    let plan = judged(&an_exit(70, ExitKind::Auction), &view.view());

    let OrderPlan::Exit(plan) = plan.unwrap() else {
        unreachable!("an exit is no entry")
    };
    assert_eq!((plan.shares, plan.price), (shares(70), ExitPrice::Auction));
}

#[test]
fn a_stop_is_never_moved_away_and_stays_under_its_target() {
    let view = guarded(100);

    assert_eq!(
        refusal(&a_guard(100, 48_980, None), &view),
        "stop_moved_away: at least 490 allowed, 489.8 found"
    );
    assert_eq!(
        refusal(&a_guard(100, 49_000, Some(49_000)), &view),
        "bracket: a target above the stop allowed, 490 found"
    );
    assert_eq!(
        refusal(&a_guard(101, 49_000, Some(50_030)), &view),
        "exceeds_holding: 100 shares allowed, 101 shares found; tick: whole multiples of 0.5 allowed, 500.3 found"
    );
}
