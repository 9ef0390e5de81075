//! Laws of the gate. Every limit is computed here once more, from the specification and without the
//! gate's own code, so that a slip in a rule shows as a difference.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be made has to stop the test"
)]

mod gate_case;

use catalyst_domain::fees::TradeTerms;
use catalyst_domain::order::{EntryPrice, OrderIntent, OrderPlan};
use catalyst_domain::risk::{
    EntryCriteria, FeedPolicy, MarketOrders, RawLimits, RiskDecision, RiskGate, Rule, TradingState,
};
use catalyst_domain::side::Side;
use catalyst_testkit::builders::{ViewBuilder, shares};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use rust_decimal::Decimal;

use gate_case::{GateCase, gate_cases, is_approved};

/// Limits are judged by the numbers of the case; `worst` is the price the plan may pay at most.
fn broken_limits(case: &GateCase, view: &ViewBuilder, worst: Decimal) -> Vec<&'static str> {
    let (trade, account, market, raw) = (&case.trade, &case.account, &case.market, &case.raw);
    let count = Decimal::from(trade.shares);
    let equity = Decimal::from(account.equity);
    let base = Decimal::from(account.equity - account.pnl);
    let loss = -Decimal::from(account.pnl);
    let halves = if loss >= base * raw.warning_loss_pct {
        Decimal::TWO
    } else {
        Decimal::ONE
    };
    let entry = Decimal::from(trade.entry);
    let last = Decimal::from(market.last);
    let value = worst * count;
    let own = Decimal::from(account.held_of_it) * last.max(worst);
    let others = Decimal::from(account.other_names) * Decimal::from(400 * 60);
    let at_work = Decimal::from(account.at_work) * Decimal::from(60);
    let at_risk = (worst - Decimal::from(trade.entry - trade.to_stop)) * count;
    let mut names = account.other_names + 1;
    if account.at_work > 0 {
        names += 1;
    }
    let checks = [
        ("halt", market.state == TradingState::Trading),
        ("findings", market.findings == 0),
        ("lots", trade.shares.is_multiple_of(100) && trade.shares > 0),
        (
            "order lots",
            trade.shares / 100 <= u64::from(raw.max_order_lots),
        ),
        (
            "stop distance",
            Decimal::from(trade.to_stop) <= entry * raw.max_stop_distance_pct,
        ),
        (
            "quote age",
            market.quote_age <= i64::from(raw.max_quote_age_seconds),
        ),
        (
            "live",
            view.quote.unwrap().feed == catalyst_domain::market::Feed::Live,
        ),
        (
            "band",
            (entry - last).abs() <= last * raw.max_price_deviation_pct,
        ),
        (
            "band of worst",
            (worst - last).abs() <= last * raw.max_price_deviation_pct,
        ),
        (
            "names",
            names <= usize::try_from(raw.max_positions).unwrap(),
        ),
        (
            "share",
            own + value <= equity * raw.max_position_pct / halves,
        ),
        (
            "risk",
            at_risk <= equity * raw.max_risk_per_trade_pct / halves,
        ),
        (
            "order fuse",
            raw.max_order_value.is_none_or(|most| value <= most),
        ),
        (
            "gross fuse",
            raw.max_gross_value.is_none_or(|most| {
                value + Decimal::from(account.held_of_it) * last + others + at_work <= most
            }),
        ),
        (
            "cash",
            value + fee(view, Side::Buy, worst, count) <= Decimal::from(account.cash),
        ),
        (
            "reward",
            net_reward_risk(case, view, worst) >= raw.min_risk_reward,
        ),
        ("loss", loss < base * raw.max_daily_loss_pct),
        ("trades", account.entries < raw.max_daily_trades),
        ("in symbol", account.in_symbol < raw.max_entries_per_symbol),
        (
            "cool-down",
            market
                .since_stop
                .is_none_or(|minutes| minutes >= i64::from(raw.cooldown_minutes)),
        ),
    ];
    checks
        .into_iter()
        .filter(|(_, kept)| !kept)
        .map(|(name, _)| name)
        .collect()
}

fn fee(view: &ViewBuilder, side: Side, price: Decimal, count: Decimal) -> Decimal {
    let terms = TradeTerms {
        side,
        kind: view.instrument.unwrap().kind,
        shares: shares(u64::try_from(count).unwrap()),
        price: catalyst_domain::price::Price::new(price).unwrap(),
    };
    let fees = view.fees.as_ref().unwrap();
    fees.total(&terms, view.plan).unwrap().amount()
}

fn net_reward_risk(case: &GateCase, view: &ViewBuilder, worst: Decimal) -> Decimal {
    let count = Decimal::from(case.trade.shares);
    let stop = Decimal::from(case.trade.entry - case.trade.to_stop);
    let target = Decimal::from(case.trade.entry + case.trade.to_target);
    let entry_fee = fee(view, Side::Buy, worst, count);
    let reward = (target - worst) * count - entry_fee - fee(view, Side::Sell, target, count);
    let risk = (worst - stop) * count + entry_fee + fee(view, Side::Sell, stop, count);
    reward / risk
}

/// One limit made a step tighter; `None` past the last of them.
fn tightened(raw: &RawLimits, which: usize) -> RawLimits {
    let mut tight = raw.clone();
    let less = |share: Decimal| (share / Decimal::TWO).round_dp(4);
    let lower = |fuse: Option<Decimal>| Some(fuse.map_or(Decimal::from(150_000), less));
    match which {
        0 => tight.max_positions = (raw.max_positions - 1).max(1),
        1 => tight.max_position_pct = less(raw.max_position_pct),
        2 => tight.max_daily_loss_pct = Decimal::new(155, 4),
        3 => tight.warning_loss_pct = less(raw.warning_loss_pct),
        4 => tight.max_daily_trades = raw.max_daily_trades / 2,
        5 => tight.min_risk_reward += Decimal::ONE,
        6 => tight.max_risk_per_trade_pct = less(raw.max_risk_per_trade_pct),
        7 => tight.max_stop_distance_pct = less(raw.max_stop_distance_pct),
        8 => tight.max_price_deviation_pct = less(raw.max_price_deviation_pct),
        9 => tight.max_quote_age_seconds = raw.max_quote_age_seconds / 2,
        10 => tight.max_entries_per_symbol = (raw.max_entries_per_symbol - 1).max(1),
        11 => tight.cooldown_minutes += 20,
        12 => tight.no_entry_after_open_minutes += 60,
        13 => tight.no_entry_before_close_minutes += 120,
        14 => tight.max_order_lots = (raw.max_order_lots / 2).max(1),
        15 => tight.max_equity_jump_pct = less(raw.max_equity_jump_pct),
        16 => tight.max_order_value = lower(raw.max_order_value),
        17 => tight.max_gross_value = lower(raw.max_gross_value),
        18 => tight.entry_criteria = EntryCriteria::Require,
        19 => tight.feed_policy = FeedPolicy::LiveOnly,
        _ => tight.market_orders = MarketOrders::Refused,
    }
    tight
}

const LIMITS_TO_TIGHTEN: usize = 21;

fn is_size_rule(rule: Rule) -> bool {
    [
        Rule::OrderSize,
        Rule::PositionShare,
        Rule::RiskPerTrade,
        Rule::MaxOrderValue,
        Rule::MaxGrossValue,
        Rule::Cash,
    ]
    .contains(&rule)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_gate_approves_exactly_what_is_inside_every_limit(case in gate_cases()) {
        let view = case.view();
        match case.review_in(&view) {
            RiskDecision::Approved(order) => {
                let OrderPlan::Bracket(plan) = order.plan() else {
                    return Err(proptest::test_runner::TestCaseError::fail("an entry is a bracket"));
                };
                let worst = plan.entry.worst();
                prop_assert_eq!(broken_limits(&case, &view, worst.value()), Vec::<&str>::new());
                prop_assert_eq!(plan.shares, case.intent().shares);
                prop_assert!(plan.bracket.stop().price() < worst.price());
                prop_assert!(worst.price() < plan.bracket.target().price());
                prop_assert_eq!(
                    matches!(plan.entry, EntryPrice::Marketable(_)),
                    case.trade.at_market
                );
            }
            RiskDecision::Refused(refusal) => {
                let at_limit = !case.trade.at_market;
                let entry = Decimal::from(case.trade.entry);
                let refused_by_numbers = !broken_limits(&case, &view, entry).is_empty();
                prop_assert!(!at_limit || refused_by_numbers, "refused without cause: {}", refusal);
            }
        }
    }

    #[test]
    fn tightening_a_limit_never_approves_more(
        case in gate_cases(),
        which in 0..LIMITS_TO_TIGHTEN,
    ) {
        let tight = GateCase { raw: tightened(&case.raw, which), ..case.clone() };

        prop_assert!(!tight.passes() || case.passes(), "limit {} let more through", which);
    }

    #[test]
    fn what_is_not_known_is_never_taken_for_good(case in gate_cases(), which in 0..9) {
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
            _ => view.fees = None,
        }

        prop_assert!(!is_approved(&case.review_in(&view)), "missing part {} let it through", which);
    }

    #[test]
    fn the_sized_quantity_passes_and_one_more_lot_does_not(case in gate_cases()) {
        let view = case.view();
        let gate = RiskGate::new(case.limits());
        let mut sized = case.intent();
        let size_breaches = |intent: &_| {
            let breaches = gate.assess(intent, &view.view()).breaches;
            breaches.iter().filter(|breach| is_size_rule(breach.rule)).count()
        };
        let most = gate.assess(&sized, &view.view()).max_quantity;

        if let Some(most) = most {
            sized.shares = most;
            prop_assert_eq!(size_breaches(&sized), 0);
        }
        sized.shares = most.unwrap_or(shares(0)).plus(shares(100));
        prop_assert!(size_breaches(&sized) > 0, "{} shares would pass too", sized.shares);
    }

    #[test]
    fn a_sale_is_never_approved_as_an_entry(case in gate_cases()) {
        let view = case.view();
        let mut entry = case.intent();
        entry.idea.side = Side::Sell;
        let gate = RiskGate::new(case.limits());

        let decision = gate.review(&OrderIntent::Entry(entry), &view.view(), gate_case::an_id());

        prop_assert!(!is_approved(&decision));
    }
}

/// Laws over cases of which none passes would hold for a gate that refuses everything.
#[test]
fn a_good_part_of_the_cases_passes() {
    let mut runner = TestRunner::deterministic();
    let strategy = gate_cases();

    let passing = (0..1_000)
        .filter(|_| strategy.new_tree(&mut runner).unwrap().current().passes())
        .count();

    assert!((50..700).contains(&passing), "{passing} of 1000 pass");
}
