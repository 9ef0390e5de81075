//! The HKEX calendar against the shared session table, the exchange's hours, and its own laws.
#![expect(
    clippy::unwrap_used,
    reason = "helpers outside a test function parse literals and test data"
)]

mod hours;
mod laws;
mod moments;

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use chrono::{DateTime, Utc};

fn hkex() -> TradingCalendar {
    TradingCalendar::hkex().unwrap()
}

fn date(text: &str) -> TradingDate {
    text.parse().unwrap()
}

fn hong_kong(day: &str, clock: &str) -> DateTime<Utc> {
    format!("{day}T{clock}+08:00").parse().unwrap()
}
