//! Leaving and guarding: the smaller list, computed once more, and the door that never locks from
//! inside. Source: product specification 4, last paragraph.

use std::collections::BTreeSet;

use catalyst_domain::order::{
    ExitCause, ExitIntent, ExitKind, ExitPrice, OrderIntent, OrderPlan, ProtectIntent,
};
use catalyst_domain::risk::{
    AccountView, DayView, Evidence, Held, RawLimits, RiskDecision, RiskView, Rule, TradingState,
    WorkingOrder, WorkingRole,
};
use catalyst_domain::tick::LimitPrice;
use catalyst_testkit::builders::{ViewBuilder, price, shares, symbol};
use catalyst_testkit::strategies::thousands;
use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use proptest::test_runner::TestCaseError;

use crate::case::{an_id, cents, gate, morning_at};
use crate::draw::{near, roles};
use crate::recomputed::{is_legal, time};

/// What is held of 00700 and at work in it; prices in cents.
#[derive(Debug, Clone)]
struct Holding {
    held: u64,
    at_work: Vec<(WorkingRole, u64, i64)>,
    last: i64,
    second: i64,
}

impl Holding {
    fn view(&self) -> ViewBuilder {
        let mut view = morning_at(self.second);
        view.quote.as_mut().unwrap().last = cents(self.last);
        view.holdings = [("700", self.held), ("5", 10_000)]
            .map(|(code, count)| Held {
                symbol: symbol(code),
                shares: shares(count),
                mark: None,
            })
            .to_vec();
        let of = |code, role, count, at| WorkingOrder {
            symbol: symbol(code),
            role,
            shares: shares(count),
            price: Some(cents(at)),
        };
        let own = self.at_work.iter();
        let own = own.map(|(role, count, at)| of("700", *role, *count, *at));
        let other = of("5", WorkingRole::Stop, 10_000, 90_000);
        view.working = own.chain([other]).collect();
        view
    }

    fn sells(&self) -> u64 {
        let sells = |role| match role {
            WorkingRole::Entry => false,
            WorkingRole::Exit
            | WorkingRole::Stop
            | WorkingRole::Target
            | WorkingRole::Unresolved => true,
        };
        let selling = self.at_work.iter().filter(|(role, _, _)| sells(*role));
        selling.map(|(_, count, _)| count).sum()
    }
}

fn holdings() -> impl Strategy<Value = Holding> {
    let at_work = proptest::collection::vec((roles(), 1_u64..=300, near(480..=495)), 0..3);
    let second = prop_oneof![
        3 => time(9, 30)..time(12, 0),
        1 => time(8, 30)..time(16, 30),
        3 => time(16, 1)..time(16, 10),
        1 => select(vec![
            time(9, 30) - 1,
            time(12, 0),
            time(16, 0),
            time(16, 1) - 1,
            time(16, 1),
            time(16, 10) - 1,
            time(16, 10),
        ]),
    ];
    (1_u64..=500, at_work, near(490..=510), second).prop_map(|(held, at_work, last, second)| {
        Holding {
            held,
            at_work,
            last,
            second,
        }
    })
}

fn a_sale(count: u64, kind: ExitKind) -> ExitIntent {
    ExitIntent {
        symbol: symbol("700"),
        shares: shares(count),
        kind,
        cause: ExitCause::Advisor,
    }
}

fn an_exit(count: u64, kind: ExitKind) -> OrderIntent {
    OrderIntent::Exit(a_sale(count, kind))
}

fn a_guard(count: u64, stop: i64, target: Option<i64>) -> OrderIntent {
    OrderIntent::Protect(ProtectIntent {
        symbol: symbol("700"),
        shares: shares(count),
        stop: cents(stop),
        target: target.map(cents),
    })
}

/// The plan of what passed, or the rules that refused.
fn judged(intent: &OrderIntent, view: &RiskView<'_>) -> Result<OrderPlan, BTreeSet<Rule>> {
    match gate(RawLimits::owner()).review(intent, view, an_id()) {
        RiskDecision::Approved(order) => Ok(*order.plan()),
        RiskDecision::Refused(refusal) => Err(refusal.breaches().map(|b| b.rule).collect()),
    }
}

/// The rules that an exit would be refused by, as the gate says without being asked for a permit.
fn assessed(intent: &OrderIntent, view: &RiskView<'_>) -> Option<BTreeSet<Rule>> {
    let OrderIntent::Exit(exit) = intent else {
        return None;
    };
    let breaches = gate(RawLimits::owner()).assess_exit(exit, view);
    Some(breaches.iter().map(|breach| breach.rule).collect())
}

fn refusal(intent: &OrderIntent, view: &ViewBuilder) -> String {
    match gate(RawLimits::owner()).review(intent, &view.view(), an_id()) {
        RiskDecision::Approved(order) => unreachable!("{order:?}"),
        RiskDecision::Refused(refusal) => refusal.to_string(),
    }
}

fn missed(checks: impl IntoIterator<Item = (Rule, bool)>) -> BTreeSet<Rule> {
    let broken = checks.into_iter().filter(|(_, kept)| !kept);
    broken.map(|(rule, _)| rule).collect()
}

/// The rules that an exit at a limit, or in the auction without one, breaks.
fn broken_by_exit(holding: &Holding, count: u64, limit: Option<i64>) -> BTreeSet<Rule> {
    let now = holding.second;
    let continuous =
        (time(9, 30)..time(12, 0)).contains(&now) || (time(13, 0)..time(16, 0)).contains(&now);
    let auction = (time(16, 1)..time(16, 10)).contains(&now);
    let sells = holding.sells();
    let near = |at: i64| (at - holding.last).abs() * 5 <= holding.last;
    missed([
        (Rule::ExceedsHolding, 0 < count && count <= holding.held),
        (
            Rule::WorkingExit,
            sells == 0 || sells + count <= holding.held,
        ),
        (
            Rule::Phase,
            if limit.is_some() { continuous } else { auction },
        ),
        (Rule::Tick, limit.is_none_or(is_legal)),
        (Rule::ExitPrice, limit.is_none_or(near)),
    ])
}

fn broken_by_guard(holding: &Holding, guard: (u64, i64, Option<i64>)) -> BTreeSet<Rule> {
    let (count, stop, target) = guard;
    let stops = holding
        .at_work
        .iter()
        .filter(|(role, _, _)| *role == WorkingRole::Stop);
    let standing = stops.map(|(_, _, at)| *at).max();
    missed([
        (Rule::ExceedsHolding, 0 < count && count <= holding.held),
        (Rule::Tick, is_legal(stop) && target.is_none_or(is_legal)),
        (Rule::Bracket, target.is_none_or(|target| target > stop)),
        (
            Rule::StopMovedAway,
            standing.is_none_or(|standing| stop >= standing),
        ),
    ])
}

/// The view with everything gone that an exit must not need.
fn bare<'a>(view: &RiskView<'a>) -> RiskView<'a> {
    RiskView {
        state: TradingState::Halted,
        instrument: None,
        fees: None,
        order_rules: None,
        day_trading: None,
        account: AccountView {
            equity: None,
            cash: None,
            equity_expected: None,
        },
        day: DayView {
            equity_at_open: None,
            pnl: None,
            entries: None,
            entries_in_symbol: None,
            day_trades: None,
            last_stop_out: Some(view.moment.now),
        },
        findings_open: 7,
        evidence: Evidence::NONE,
        ..*view
    }
}

fn counts() -> impl Strategy<Value = u64> {
    prop_oneof![6 => 1_u64..=200, 1 => 0_u64..=600]
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn an_exit_is_refused_by_exactly_the_rules_it_breaks(
        holding in holdings(),
        count in counts(),
        limit in proptest::option::of(prop_oneof![4 => near(480..=520), 1 => near(390..=610)]),
    ) {
        let view = holding.view();
        let kind = limit.map_or(ExitKind::Auction, |at| ExitKind::Limit(cents(at)));
        let broken = broken_by_exit(&holding, count, limit);

        prop_assert_eq!(assessed(&an_exit(count, kind), &view.view()), Some(broken.clone()));
        match judged(&an_exit(count, kind), &view.view()) {
            Err(rules) => prop_assert_eq!(rules, broken),
            Ok(OrderPlan::Exit(plan)) => {
                prop_assert_eq!(broken, BTreeSet::new());
                prop_assert_eq!((plan.symbol, plan.shares.count()), (symbol("700"), count));
                prop_assert_eq!(plan.cause, ExitCause::Advisor);
                let at = match plan.price {
                    ExitPrice::Limit(at) => Some(at.price()),
                    ExitPrice::Auction => None,
                };
                prop_assert_eq!(at, limit.map(cents));
            }
            Ok(other) => return Err(TestCaseError::fail(format!("{other:?}"))),
        }
    }

    #[test]
    fn asking_about_an_exit_finds_the_rules_that_refuse_it(
        holding in holdings(),
        count in counts(),
        limit in near(390..=610),
    ) {
        let sale = a_sale(count, ExitKind::Limit(cents(limit)));

        let found = gate(RawLimits::owner()).assess_exit(&sale, &holding.view().view());

        let rules: BTreeSet<_> = found.into_iter().map(|breach| breach.rule).collect();
        prop_assert_eq!(rules, broken_by_exit(&holding, count, Some(limit)));
    }

    #[test]
    fn a_guard_is_refused_by_exactly_the_rules_it_breaks(
        holding in holdings(),
        count in counts(),
        stop in near(480..=496),
        target in proptest::option::of(prop_oneof![6 => near(500..=520), 1 => near(470..=490)]),
    ) {
        let view = holding.view();

        match judged(&a_guard(count, stop, target), &view.view()) {
            Err(rules) => {
                prop_assert_eq!(rules, broken_by_guard(&holding, (count, stop, target)));
            }
            Ok(OrderPlan::Protect(plan)) => {
                prop_assert_eq!(
                    broken_by_guard(&holding, (count, stop, target)),
                    BTreeSet::new()
                );
                prop_assert_eq!((plan.symbol, plan.shares.count()), (symbol("700"), count));
                prop_assert_eq!(plan.stop.price(), cents(stop));
                prop_assert_eq!(plan.target.map(LimitPrice::price), target.map(cents));
            }
            Ok(other) => return Err(TestCaseError::fail(format!("{other:?}"))),
        }
    }

    #[test]
    fn nothing_missing_and_no_limit_locks_the_door_from_inside(
        holding in holdings(),
        count in counts(),
        at in near(480..=520),
        guarding in prop_oneof![Just(true), Just(false)],
    ) {
        let view = holding.view();
        let intent = if guarding {
            a_guard(count, at, None)
        } else {
            an_exit(count, ExitKind::Limit(cents(at)))
        };

        prop_assert_eq!(
            judged(&intent, &bare(&view.view())),
            judged(&intent, &view.view())
        );
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
        (70, limit("500.3"), "tick: 0.5 allowed, 500.3 found"),
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
        "stop_moved_away: 490 allowed, 489.8 found"
    );
    assert_eq!(
        refusal(&a_guard(100, 49_000, Some(49_000)), &view),
        "bracket: a target above the stop allowed, 490 found"
    );
    assert_eq!(
        refusal(&a_guard(101, 49_000, Some(50_030)), &view),
        "exceeds_holding: 100 shares allowed, 101 shares found; tick: 0.5 allowed, 500.3 found"
    );
}
