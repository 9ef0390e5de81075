//! For tests only: builders with good defaults, a clock moved by hand, strategies, and one contract
//! suite a port, run against every implementor.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "nothing here runs outside tests, where a broken promise has to stop the test"
)]

pub mod builders;
pub mod charts;
pub mod clock;
pub mod contract;
pub mod postgres;
#[cfg(feature = "smtp")]
pub mod smtp;
pub mod strategies;
