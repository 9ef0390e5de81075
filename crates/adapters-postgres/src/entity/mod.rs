//! The rows of the database, one module a table. They are for the database only; `translate` reads
//! and writes them as domain values.
#![expect(
    unreachable_pub,
    reason = "the entity derives need public items, the module itself is private"
)]

pub(crate) mod alert;
pub(crate) mod alert_end;
pub(crate) mod batch;
pub(crate) mod book;
pub(crate) mod chain_head;
pub(crate) mod commission;
pub(crate) mod comparison;
pub(crate) mod cycle;
pub(crate) mod cycle_end;
pub(crate) mod decision;
pub(crate) mod execution;
pub(crate) mod finding;
pub(crate) mod halt;
pub(crate) mod limit_change;
pub(crate) mod model_usage;
pub(crate) mod order_event;
pub(crate) mod order_intent;
pub(crate) mod proof_of_life;
pub(crate) mod reading;
pub(crate) mod settlement;
pub(crate) mod tool_call;
pub(crate) mod verdict;
pub(crate) mod write_off;

mod any_row;
mod exact;

pub(crate) use any_row::{AnyRow, BEGINNING, counts, rows_between, rows_outside};
pub use exact::Exact;
