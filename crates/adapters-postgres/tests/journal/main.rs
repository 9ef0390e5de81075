//! The journal on each engine: the promises of its ports, what it survives, and what it proves.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a fixture that cannot be made has to stop the test; the figures are for people"
)]

mod after_outage;
mod contract;
mod faults;
mod fixture;
mod latest;
mod moved;
mod opening;
mod pulse;
mod recall;
mod story;
mod tables;
