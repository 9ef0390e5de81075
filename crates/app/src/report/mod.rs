//! What a day came to, from journal and fills, for people and for JSON alike.

mod day;

pub use day::{DayReport, TradeLine, day_report};
