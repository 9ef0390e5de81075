//! Patterns over drawn charts: how many are found, how many near misses and walks fire, and the laws
//! that every detection obeys.
#![expect(
    clippy::unwrap_used,
    reason = "a chart that cannot be drawn fails the test"
)]
#![expect(
    clippy::print_stdout,
    reason = "the figures are shown beside their bounds"
)]

mod laws;
mod poor_input;
mod quality;
mod scorecard;
