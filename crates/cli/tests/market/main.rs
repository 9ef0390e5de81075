//! `catalyst market` from outside: the built program, its answers and its exit codes.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "helpers of an integration test, and its loud line where reference data is missing"
)]

mod calendar;
mod docs;
mod fees;
mod lines;
mod lot;
mod phase;
mod program;
mod settlement;
mod shared_data;
mod tick;
