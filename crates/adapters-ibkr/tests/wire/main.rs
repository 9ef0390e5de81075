//! The adapter over the wire: the practice gateway at the other end of a socket, written without
//! knowledge of the client library, and the same promises that the simulation keeps.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a fixture that cannot be made has to stop the test"
)]

mod connect;
mod contract;
mod doubt;
mod faults;
mod fixture;
mod market;
mod orders;
mod others;
