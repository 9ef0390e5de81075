//! The gateway through a socket, seen by a client that shares no code with it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::float_cmp,
    reason = "a test that cannot set its scene stops there, and doubles come back bit for bit"
)]

mod account;
mod client;
mod clock;
mod families;
mod faults;
mod fields;
mod golden;
mod handshake;
mod market;
mod noise;
mod orders;
mod scan;
mod scene;
