//! What is held, what it cost, and what today came to. All of it is derived from fills.

mod day;
mod execution_book;
mod holding_period;
mod position;
mod trade;

pub use day::{DayError, DayResult, OpeningPosition, day_result};
pub use execution_book::{ExecutionBook, Kept};
pub use holding_period::{HoldingPeriod, WriteOff, holding_periods};
pub use position::{Holdings, HoldingsError, Position};
pub use trade::{RoundTrip, round_trips};
