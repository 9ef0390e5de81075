//! The gate before the specification: what it lets through in thousands of drawn cases, each rule at
//! its edge, and values from the ends of their ranges.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be made has to stop the test"
)]

mod case;
mod draw;
mod edges;
mod exits;
mod extremes;
mod laws;
mod ledger;
mod recomputed;
mod tightening;
