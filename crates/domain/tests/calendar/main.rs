//! Calendars against the shared session tables, the hours of the exchanges, and their own laws.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers outside a test function parse literals and test data"
)]

mod hours;
mod laws;
mod lists;
mod moments;
mod tables;

#[path = "../shared_data/mod.rs"]
mod shared_data;

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use chrono::{DateTime, Utc};

fn hkex() -> TradingCalendar {
    TradingCalendar::hkex().unwrap()
}

fn nyse() -> TradingCalendar {
    TradingCalendar::nyse().unwrap()
}

fn date(text: &str) -> TradingDate {
    text.parse().unwrap()
}

fn hong_kong(day: &str, clock: &str) -> DateTime<Utc> {
    format!("{day}T{clock}+08:00").parse().unwrap()
}
