//! Fees: what a trade costs beside its price, known before it happens.
//!
//! Charges and commission plans are rows by trade date; a schedule is resolved once for a day.

mod charge;
mod day;
mod item;
mod plan;
mod schedule;

pub use day::{FeeBreakdown, FeesOfDay, TradeTerms};
pub use item::{FeeItem, UnknownFeeItem};
pub use plan::{CommissionPlan, UnknownPlan};
pub use schedule::{FeeSchedule, FeeTables};
