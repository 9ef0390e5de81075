//! When the exchange trades: dates, sessions, phases.

mod date;

pub use date::{DateError, TradingDate};
