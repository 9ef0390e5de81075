//! Laws of the gate over drawn cases.

use std::collections::{BTreeMap, BTreeSet};

use catalyst_domain::order::{EntryIntent, EntryKind, EntryPrice, OrderIntent, OrderPlan};
use catalyst_domain::risk::{Breach, RiskDecision, Rule};
use catalyst_domain::side::Side;
use catalyst_testkit::builders::{ViewBuilder, shares};
use catalyst_testkit::strategies::thousands;
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{TestCaseError, TestRunner};

use crate::case::{GateCase, an_id, cents, is_approved};
use crate::draw::gate_cases;
use crate::recomputed::{broken_rules, net_reward_risk, unmet_criteria, warnings, worst};

fn rules_of<'a>(breaches: impl IntoIterator<Item = &'a Breach>) -> BTreeSet<Rule> {
    breaches.into_iter().map(|breach| breach.rule).collect()
}

/// The rules that a larger order breaks as well.
const SIZE_RULES: [Rule; 6] = [
    Rule::OrderSize,
    Rule::PositionShare,
    Rule::RiskPerTrade,
    Rule::MaxOrderValue,
    Rule::MaxGrossValue,
    Rule::Cash,
];

fn size_breaches(case: &GateCase, view: &ViewBuilder, intent: &EntryIntent) -> usize {
    let breaches = case.gate().assess(intent, &view.view()).breaches;
    let of_size = breaches
        .iter()
        .filter(|breach| SIZE_RULES.contains(&breach.rule));
    of_size.count()
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn the_gate_finds_exactly_the_limits_that_are_broken(case in gate_cases()) {
        let found = case.assess();

        prop_assert_eq!(rules_of(&found.breaches), broken_rules(&case));
        prop_assert_eq!(rules_of(&found.warnings), warnings(&case));
        let notes = if rules_of(&found.breaches).is_superset(&unmet_criteria(&case)) {
            BTreeSet::new()
        } else {
            unmet_criteria(&case)
        };
        prop_assert_eq!(rules_of(&found.notes), notes);
    }

    #[test]
    fn what_is_approved_is_what_was_asked_for_and_inside_every_limit(case in gate_cases()) {
        match case.review_in(&case.view()) {
            RiskDecision::Approved(order) => {
                let OrderPlan::Bracket(plan) = order.plan() else {
                    return Err(TestCaseError::fail("an entry is a bracket"));
                };
                prop_assert_eq!(broken_rules(&case), BTreeSet::new());
                prop_assert_eq!(plan.shares.count(), case.trade.shares);
                prop_assert_eq!(plan.entry.worst().price(), cents(worst(&case)));
                prop_assert_eq!(plan.bracket.entry(), plan.entry.worst());
                prop_assert_eq!(plan.bracket.stop().price(), cents(case.trade.stop));
                prop_assert_eq!(plan.bracket.target().price(), cents(case.trade.target));
                prop_assert_eq!(order.id(), an_id());
                prop_assert_eq!(
                    matches!(plan.entry, EntryPrice::Marketable(_)),
                    case.trade.kind == EntryKind::Market
                );
            }
            RiskDecision::Refused(refusal) => {
                prop_assert_eq!(rules_of(refusal.breaches()), broken_rules(&case));
            }
        }
    }

    #[test]
    fn costs_are_those_of_the_tables_at_the_worst_price(case in gate_cases()) {
        let costs = case.assess().costs.unwrap();

        if costs.risk > 0.into() {
            prop_assert_eq!(costs.net_reward_risk(), Some(net_reward_risk(&case)));
        } else {
            prop_assert_eq!(costs.net_reward_risk(), None);
        }
    }

    #[test]
    fn what_is_not_known_is_never_taken_for_good(case in gate_cases(), which in 0..12) {
        let mut view = case.view();
        match which {
            0 => view.account.equity = None,
            1 => view.account.cash = None,
            2 => view.day.pnl = None,
            3 => view.day.equity_at_open = None,
            4 => view.day.entries = None,
            5 => view.day.entries_in_symbol = None,
            6 => view.quote = None,
            7 => view.instrument = None,
            8 => view.ticks = None,
            9 => view.fees = None,
            10 => view.order_rules = None,
            _ => view.day_trading = None,
        }

        prop_assert!(!is_approved(&case.review_in(&view)), "missing part {} let it through", which);
    }

    #[test]
    fn the_sized_quantity_passes_and_one_more_lot_does_not(case in gate_cases()) {
        let view = case.view();
        let mut sized = case.intent();
        let most = case.gate().assess(&sized, &view.view()).max_quantity;
        let lot = u64::from(case.trade.lot);

        if let Some(most) = most {
            sized.shares = most;
            prop_assert!(most.count().is_multiple_of(lot));
            prop_assert_eq!(size_breaches(&case, &view, &sized), 0);
        }
        let is_sizable = case.assess().breaches.iter().all(|breach| breach.rule != Rule::Tick);
        if is_sizable {
            sized.shares = most.unwrap_or(shares(0)).plus(shares(lot));
            prop_assert!(
                size_breaches(&case, &view, &sized) > 0,
                "{} shares would pass too", sized.shares
            );
        }
    }

    #[test]
    fn a_refused_trade_stays_refused_at_a_larger_size(
        case in gate_cases(),
        more_lots in 1_u64..=5_000,
    ) {
        let view = case.view();
        let mut larger = case.intent();
        larger.shares = larger.shares.plus(shares(more_lots * u64::from(case.trade.lot)));
        let later = rules_of(&case.gate().assess(&larger, &view.view()).breaches);

        // A larger trade carries the least commission more easily: that rule is a minimum.
        let maxima = broken_rules(&case).into_iter().filter(|rule| *rule != Rule::RewardRisk);
        for rule in maxima {
            prop_assert!(later.contains(&rule), "{} holds for {} shares", rule, larger.shares);
        }
    }

    #[test]
    fn a_sale_is_never_approved_as_an_entry(case in gate_cases()) {
        let view = case.view();
        let mut entry = case.intent();
        entry.idea.side = Side::Sell;

        let decision = case.gate().review(&OrderIntent::Entry(entry), &view.view(), an_id());

        prop_assert!(!is_approved(&decision));
    }
}

/// Laws over cases of which none passes, or none breaks a rule, would hold for a broken gate too.
#[test]
fn a_good_part_of_the_cases_passes_and_each_rule_alone_refuses_some() {
    let mut runner = TestRunner::deterministic();
    let strategy = gate_cases();
    let mut passing = 0;
    let mut alone: BTreeMap<Rule, u32> = BTreeMap::new();

    for _ in 0..6_000 {
        let broken = broken_rules(&strategy.new_tree(&mut runner).unwrap().current());
        passing += usize::from(broken.is_empty());
        if broken.len() == 1 {
            *alone.entry(*broken.first().unwrap()).or_default() += 1;
        }
    }

    assert!((600..4_000).contains(&passing), "{passing} of 6000 pass");
    assert_eq!(alone.len(), 32, "{alone:?}");
}
