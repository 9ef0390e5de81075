//! Feeds over real HTTP on this machine: recorded answers, hostile ones, and servers that misbehave.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be made has to stop the test"
)]

mod answers;
mod contract;
mod hostile;
mod misbehaving;
mod server;
