//! The permit that the gate grants, the refusal it gives, and what it says about size.

use catalyst_domain::order::{EntryPrice, OrderPlan};
use catalyst_domain::quantity::{LotSize, Shares};
use catalyst_domain::risk::{
    ApprovedOrder, Breach, Figure, RawLimits, Refusal, RiskDecision, Rule,
};
use catalyst_testkit::builders::{ViewBuilder, a_view, an_entry, hkd, shares};
use chrono::TimeDelta;

use super::judged::{assessed, owners};
use crate::case::{an_id, gate};

fn approved(view: &ViewBuilder) -> ApprovedOrder {
    match gate(owners()).review(&an_entry().intent(), &view.view(), an_id()) {
        RiskDecision::Approved(order) => order,
        RiskDecision::Refused(refusal) => unreachable!("{refusal}"),
    }
}

#[test]
fn an_approval_holds_for_half_a_minute_from_its_own_moment() {
    let view = a_view();
    let order = approved(&view);
    let now = view.moment.now;
    let after = |millis| now + TimeDelta::milliseconds(millis);

    assert_eq!((order.approved_at(), order.until()), (now, after(30_000)));
    assert_eq!(
        [-1, 0, 30_000, 30_001].map(|millis| order.has_lapsed(after(millis))),
        [true, false, false, true]
    );
}

#[test]
fn an_approval_carries_its_name_and_the_order_as_it_was_asked_for() {
    let order = approved(&a_view());
    let OrderPlan::Bracket(plan) = order.plan() else {
        unreachable!("an entry is a bracket")
    };

    assert_eq!(order.id(), an_id());
    assert_eq!(plan.shares, shares(200));
    assert!(matches!(plan.entry, EntryPrice::Limit(price) if price.to_string() == "500.00"));
}

#[test]
fn a_refusal_says_every_breach_in_the_order_of_the_rules() {
    let mut view = a_view();
    view.findings_open = 2;
    view.day.pnl = None;
    let decision = gate(owners()).review(&an_entry().intent(), &view.view(), an_id());
    let RiskDecision::Refused(refusal) = decision else {
        unreachable!("two rules are broken")
    };

    assert_eq!(
        refusal.to_string(),
        "daily_loss: the day's profit and loss allowed, not known found; \
         findings_open: 0 allowed, 2 found"
    );
    assert_eq!(refusal.breaches().count(), 2);
    assert_eq!(Refusal::over(&[]), None);
    let breach = Breach::new(Rule::Halt, Figure::Count(0), Figure::Count(1));
    assert_eq!(Refusal::over(&[breach]), Some(Refusal::single(breach)));
}

#[test]
fn the_gate_shows_the_limits_it_holds_orders_to() {
    let raw = RawLimits {
        max_positions: 3,
        ..owners()
    };

    assert_eq!(gate(raw).limits().max_positions(), 3);
}

fn most(view: &ViewBuilder, raw: RawLimits) -> Option<u64> {
    let found = assessed(&an_entry().sized(), &view.view(), raw);
    found.max_quantity.map(Shares::count)
}

#[test]
fn the_most_is_what_equity_cash_risk_and_lots_allow_together() {
    let mut view = a_view();

    assert_eq!(most(&view, owners()), Some(400));
    view.account.cash = Some(hkd("150244.06"));
    assert_eq!(most(&view, owners()), Some(300));
    view.account.cash = Some(hkd("150244.05"));
    assert_eq!(most(&view, owners()), Some(200));
    let one_lot = RawLimits {
        max_order_lots: 1,
        ..owners()
    };
    assert_eq!(most(&view, one_lot), Some(100));
    view.instrument.as_mut().unwrap().lot_size = LotSize::new(40).unwrap();
    assert_eq!(most(&view, owners()), Some(280));
}

#[test]
fn the_cash_buys_as_many_lots_of_a_penny_share_as_it_pays_with_their_fees() {
    let mut view = a_view();
    view.account.cash = Some(hkd("10000"));
    view.instrument.as_mut().unwrap().lot_size = LotSize::new(1_000).unwrap();
    let penny = an_entry().between("0.49", "0.5", "0.55").sized();

    let found = assessed(&penny, &view.view(), owners());

    assert_eq!(found.max_quantity.map(Shares::count), Some(19_000));
}

#[test]
fn where_not_one_lot_passes_or_something_is_missing_there_is_no_most() {
    let without = |change: fn(&mut ViewBuilder)| {
        let mut view = a_view();
        change(&mut view);
        most(&view, owners())
    };

    assert_eq!(without(|view| view.account.cash = Some(hkd("50000"))), None);
    assert_eq!(without(|view| view.account.cash = None), None);
    assert_eq!(without(|view| view.account.equity = None), None);
    assert_eq!(without(|view| view.instrument = None), None);
    assert_eq!(without(|view| view.ticks = None), None);
}
