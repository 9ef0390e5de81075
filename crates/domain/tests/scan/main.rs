//! The scan: each sentinel alone, each filter alone, the order, and that no name is ever lost.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test builds for itself is there, or the test has failed"
)]

mod feed;
mod filters;
mod laws;
mod market;
mod ranking;
mod sentinels;
mod universe;
