//! A brief: an empty account on an ordinary morning.

use catalyst_domain::budget::BySpan;
use catalyst_domain::calendar::TradingCalendar;
use catalyst_domain::risk::TradingState;
use catalyst_ports::advisor::Brief;
use catalyst_ports::tool::{LimitsUsed, PortfolioView};
use chrono::TimeDelta;
use rust_decimal::Decimal;

use super::{a_moment, hkd, limits, usd};

/// Ten o'clock of 2026-09-14, nothing held, nothing decided yet.
pub fn a_brief() -> Brief {
    let moment = TradingCalendar::hkex()
        .unwrap()
        .moment(a_moment("2026-09-14T02:00:00Z"))
        .unwrap();
    Brief {
        cycle: "20260914-1000.1".parse().unwrap(),
        moment,
        state: TradingState::Trading,
        portfolio: PortfolioView {
            cash: hkd("1000000"),
            equity: hkd("1000000"),
            day_pnl: Some(hkd("0")),
            state: TradingState::Trading,
            positions: Vec::new(),
            working: Vec::new(),
            limits: LimitsUsed {
                names: 0,
                names_max: 5,
                entries: 0,
                entries_max: 10,
                daily_loss_pct: Some(Decimal::ZERO),
                daily_loss_max_pct: Decimal::TWO,
                findings_open: 0,
            },
        },
        limits: limits(),
        earlier: Vec::new(),
        families: Vec::new(),
        findings: Vec::new(),
        turns_max: 20,
        calls_max: 20,
        budget_left: BySpan {
            cycle: usd("1"),
            day: usd("1.50"),
            month: usd("25"),
        },
        deadline: moment.now + TimeDelta::minutes(4),
    }
}
