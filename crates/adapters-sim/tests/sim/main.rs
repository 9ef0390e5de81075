//! The simulation from outside: exchange, bars, generator, world, faces and journal.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot set its scene stops there, and says what it could not check"
)]

mod acceptance;
mod desk;
mod entries;
mod gateway;
mod generated;
mod journal;
mod legs;
mod loader;
mod permit;
mod properties;
mod world;
