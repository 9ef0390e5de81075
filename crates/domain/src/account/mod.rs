//! What is held, what it cost, and what today came to. All of it is derived from fills.

mod day;
mod position;
mod trade;

pub use day::{DayError, DayResult, OpeningPosition, day_result};
pub use position::{Holdings, HoldingsError, Position};
pub use trade::{RoundTrip, round_trips};
