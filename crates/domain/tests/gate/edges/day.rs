//! The day so far: loss, trades, entries per symbol, cool-down, and what is still unsettled.

use catalyst_domain::day_trading::{DayTradeRule, PatternDayTrader};
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::risk::{
    DayStage, LimitChange, LimitValue, RiskLimits, WorkingOrder, WorkingRole,
};
use catalyst_testkit::builders::{ViewBuilder, a_view, hkd, price, shares, symbol};
use chrono::TimeDelta;

use super::judged::{NONE, owners, usual_in};

fn told(change: impl FnOnce(&mut ViewBuilder)) -> Vec<String> {
    let mut view = a_view();
    change(&mut view);
    usual_in(&view)
}

#[test]
fn two_percent_of_the_equity_at_the_open_ends_the_day() {
    assert_eq!(told(|view| view.day.pnl = Some(hkd("-19999.99"))), NONE);
    assert_eq!(
        told(|view| view.day.pnl = Some(hkd("-20000"))),
        ["daily_loss: 2 % allowed, -20000.00 HKD found"]
    );
}

#[test]
fn a_loss_that_is_not_known_ends_the_day_too() {
    assert_eq!(
        told(|view| view.day.pnl = None),
        ["daily_loss: the day's profit and loss allowed, not known found"]
    );
    assert_eq!(
        told(|view| view.day.equity_at_open = None),
        ["daily_loss: the equity the day began with allowed, not known found"]
    );
    assert_eq!(
        told(|view| view.day.pnl = Some(Money::zero(Currency::Usd))),
        ["daily_loss: profit and loss in the currency of the equity allowed, not known found"]
    );
}

#[test]
fn the_stages_of_a_day_begin_at_the_warning_and_at_the_limit() {
    let limits = RiskLimits::new(owners(), Currency::Hkd).unwrap();
    let after = |pnl, base| DayStage::after(hkd(pnl), hkd(base), &limits);

    assert_eq!(after("-14999.99", "1000000"), DayStage::Normal);
    assert_eq!(after("-15000", "1000000"), DayStage::Conservative);
    assert_eq!(after("-19999.99", "1000000"), DayStage::Conservative);
    assert_eq!(after("-20000", "1000000"), DayStage::Stopped);
    assert_eq!(after("100", "0"), DayStage::Stopped);
    assert_eq!(after("100", "-1"), DayStage::Stopped);
    assert_eq!(after("100", "0.01"), DayStage::Normal);
}

#[test]
fn ten_trades_a_day_and_two_in_a_symbol() {
    assert_eq!(told(|view| view.day.entries = Some(9)), NONE);
    assert_eq!(
        told(|view| view.day.entries = Some(10)),
        ["daily_trades: fewer than 10 allowed, 10 found"]
    );
    assert_eq!(
        told(|view| view.day.entries = None),
        ["daily_trades: the day's count of entries allowed, not known found"]
    );
    assert_eq!(told(|view| view.day.entries_in_symbol = Some(1)), NONE);
    assert_eq!(
        told(|view| view.day.entries_in_symbol = Some(2)),
        ["entries_per_symbol: fewer than 2 allowed, 2 found"]
    );
    assert_eq!(
        told(|view| view.day.entries_in_symbol = None),
        ["entries_per_symbol: the symbol's count of entries allowed, not known found"]
    );
}

#[test]
fn half_an_hour_passes_after_a_stop() {
    let stopped = |seconds| {
        told(|view| {
            view.day.last_stop_out = Some(view.moment.now - TimeDelta::seconds(seconds));
        })
    };

    assert_eq!(stopped(1_800), NONE);
    assert_eq!(
        stopped(1_799),
        ["cool_down: at least 1800 s allowed, 1799 s found"]
    );
}

fn under_a_day_trade_rule(equity: &str, made: Option<u32>) -> Vec<String> {
    told(|view| {
        view.account.equity = Some(hkd(equity));
        view.day.day_trades = made;
        view.day_trading = Some(DayTradeRule::Pattern(PatternDayTrader {
            min_equity: hkd("1000000"),
            day_trades_max: 3,
            sessions: 5,
        }));
    })
}

#[test]
fn day_trades_of_a_small_account_are_bounded_where_the_market_bounds_them() {
    assert_eq!(under_a_day_trade_rule("999999", Some(2)), NONE);
    assert_eq!(
        under_a_day_trade_rule("999999", Some(3)),
        ["day_trades: fewer than 3 allowed, 3 found"]
    );
    assert_eq!(
        under_a_day_trade_rule("999999", None),
        ["day_trades: the count of day trades of the last sessions allowed, not known found"]
    );
    assert_eq!(under_a_day_trade_rule("1000000", Some(9)), NONE);
    assert_eq!(
        told(|view| view.day_trading = None),
        ["day_trades: the day-trade rule of this day allowed, not known found"]
    );
}

#[test]
fn an_order_of_the_symbol_that_may_still_trade_is_settled_first() {
    let working = |code, role| {
        told(|view| {
            view.working = vec![WorkingOrder {
                symbol: symbol(code),
                role,
                shares: shares(100),
                price: Some(price("500")),
            }];
        })
    };

    for role in [
        WorkingRole::Entry,
        WorkingRole::Exit,
        WorkingRole::Unresolved,
    ] {
        let found = working("700", role);
        assert_eq!(
            found,
            [
                "unresolved_order: none allowed, an order of the symbol is at work or unresolved found"
            ]
        );
        assert_eq!(working("5", role), NONE);
    }
    assert_eq!(working("700", WorkingRole::Stop), NONE);
    assert_eq!(working("700", WorkingRole::Target), NONE);
}

#[test]
fn an_open_finding_stops_all_entries() {
    assert_eq!(
        told(|view| view.findings_open = 1),
        ["findings_open: 0 allowed, 1 found"]
    );
}

#[test]
fn a_looser_limit_that_waits_for_the_owner_stops_all_entries() {
    let loosened =
        |name, from, to| told(|view| view.looser_limit = Some(LimitChange { name, from, to }));
    let five = Some(LimitValue::Number(5.into()));

    assert_eq!(
        loosened("risk.max_positions", five, LimitValue::Number(8.into())),
        ["limits_not_accepted: risk.max_positions 5 allowed, risk.max_positions 8 found"]
    );
    assert_eq!(
        loosened(
            "risk.max_order_value",
            Some(LimitValue::Unreadable),
            LimitValue::Unset
        ),
        [
            "limits_not_accepted: risk.max_order_value unreadable allowed, \
             risk.max_order_value null found"
        ]
    );
    assert_eq!(
        loosened("risk.max_positions", None, LimitValue::Word("report")),
        ["limits_not_accepted: not known allowed, risk.max_positions report found"]
    );
}
