//! Laws of values and rule tables: bounds, words, prices on every tick, charges to the cent, results
//! in any order of fills, executions however they are told, both sides of a reconciliation, what a
//! row may say, and rule texts that are nonsense.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be made has to stop the test"
)]

mod bounds;
mod charges;
mod executions;
mod lots;
mod nonsense;
mod order_rules;
mod reconcile;
mod results;
mod ticks;
mod words;
