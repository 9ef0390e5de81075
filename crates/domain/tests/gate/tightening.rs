//! Tightening any limit never approves more. Every field of the limits is taken apart by name, so
//! that a new one does not build until this law covers it.

use std::cmp::{max, min};

use catalyst_domain::risk::{EntryCriteria, FeedPolicy, MarketOrders, RawLimits};
use catalyst_testkit::strategies::thousands;
use proptest::prelude::{prop_assert, proptest};
use rust_decimal::Decimal;

use crate::case::gate;
use crate::draw::{gate_cases, raw_limits};

pub(crate) type Tightened = (&'static str, RawLimits);

/// The limits with one field at a time at the stricter of its own and the other's value.
pub(crate) fn tightened(own: &RawLimits, other: &RawLimits) -> Vec<Tightened> {
    let RawLimits {
        max_positions,
        max_position_pct,
        max_daily_loss_pct,
        warning_loss_pct,
        max_daily_trades,
        min_risk_reward,
        max_risk_per_trade_pct,
        max_stop_distance_pct,
        max_price_deviation_pct,
        max_quote_age_seconds,
        max_entries_per_symbol,
        cooldown_minutes,
        no_entry_after_open_minutes,
        no_entry_before_close_minutes,
        max_order_lots,
        max_equity_jump_pct,
        max_order_value,
        max_gross_value,
        max_news_age_hours,
        min_relative_volume,
        min_rsi,
        max_rsi,
        entry_criteria,
        feed_policy,
        market_orders,
    } = other.clone();
    macro_rules! stricter {
        ($($field:ident: $choose:expr),* $(,)?) => {
            vec![$((stringify!($field), {
                let $field = $choose(own.$field, $field);
                RawLimits { $field, ..own.clone() }
            })),*]
        };
    }
    stricter![
        max_positions: min,
        max_position_pct: min,
        max_daily_loss_pct: min,
        warning_loss_pct: min,
        max_daily_trades: min,
        min_risk_reward: max,
        max_risk_per_trade_pct: min,
        max_stop_distance_pct: min,
        max_price_deviation_pct: min,
        max_quote_age_seconds: min,
        max_entries_per_symbol: min,
        cooldown_minutes: max,
        no_entry_after_open_minutes: max,
        no_entry_before_close_minutes: max,
        max_order_lots: min,
        max_equity_jump_pct: min,
        max_order_value: lower_fuse,
        max_gross_value: lower_fuse,
        max_news_age_hours: min,
        min_relative_volume: max,
        min_rsi: max,
        max_rsi: min,
        entry_criteria: either_requires,
        feed_policy: either_wants_live,
        market_orders: either_refuses,
    ]
}

/// No fuse is the loosest one.
fn lower_fuse(one: Option<Decimal>, other: Option<Decimal>) -> Option<Decimal> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn either_requires(one: EntryCriteria, other: EntryCriteria) -> EntryCriteria {
    match one {
        EntryCriteria::Require => one,
        EntryCriteria::Report => other,
    }
}

fn either_wants_live(one: FeedPolicy, other: FeedPolicy) -> FeedPolicy {
    match one {
        FeedPolicy::LiveOnly => one,
        FeedPolicy::DelayedAccepted => other,
    }
}

fn either_refuses(one: MarketOrders, other: MarketOrders) -> MarketOrders {
    match one {
        MarketOrders::Refused => one,
        MarketOrders::AsMarketableLimit => other,
    }
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn tightening_a_limit_never_approves_more(case in gate_cases(), other in raw_limits()) {
        let (intent, view) = (case.intent(), case.view());
        let found = |raw| gate(raw).assess(&intent, &view.view());
        let loose = found(case.raw.clone());

        for (field, raw) in tightened(&case.raw, &other) {
            let tight = found(raw);
            prop_assert!(!tight.passes() || loose.passes(), "{} let it through", field);
            prop_assert!(tight.max_quantity <= loose.max_quantity, "{} allows more", field);
        }
    }
}
