//! Leaving and guarding: the smaller list, computed once more, and the door that never locks from
//! inside. Source: product specification 4, last paragraph.

use std::collections::BTreeSet;

use catalyst_domain::order::{
    ExitCause, ExitIntent, ExitKind, ExitPrice, OrderIntent, OrderPlan, ProtectIntent,
};
use catalyst_domain::risk::{
    AccountView, DayView, Evidence, Held, LimitChange, LimitValue, RawLimits, RiskDecision,
    RiskView, Rule, TradingState, WorkingOrder, WorkingRole,
};
use catalyst_domain::tick::LimitPrice;
use catalyst_testkit::builders::{ViewBuilder, shares, symbol};
use catalyst_testkit::strategies::thousands;
use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use proptest::test_runner::TestCaseError;

use crate::case::{an_id, cents, gate, morning_at};
use crate::draw::{near, roles};
use crate::recomputed::{is_legal, time};

/// What is held of 00700 and at work in it; prices in cents.
#[derive(Debug, Clone)]
pub(crate) struct Holding {
    pub(crate) held: u64,
    pub(crate) at_work: Vec<(WorkingRole, u64, i64)>,
    pub(crate) last: i64,
    pub(crate) second: i64,
}

impl Holding {
    pub(crate) fn view(&self) -> ViewBuilder {
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

pub(crate) fn an_exit(count: u64, kind: ExitKind) -> OrderIntent {
    OrderIntent::Exit(a_sale(count, kind))
}

pub(crate) fn a_guard(count: u64, stop: i64, target: Option<i64>) -> OrderIntent {
    OrderIntent::Protect(ProtectIntent {
        symbol: symbol("700"),
        shares: shares(count),
        stop: cents(stop),
        target: target.map(cents),
    })
}

/// The plan of what passed, or the rules that refused.
pub(crate) fn judged(
    intent: &OrderIntent,
    view: &RiskView<'_>,
) -> Result<OrderPlan, BTreeSet<Rule>> {
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
        looser_limit: Some(LimitChange {
            name: "risk.max_positions",
            from: Some(LimitValue::Number(5.into())),
            to: LimitValue::Number(8.into()),
        }),
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
