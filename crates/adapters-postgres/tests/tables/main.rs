//! The journal with a hand on its tables past the port: whatever is done to a kept row, `verify` sees
//! it and says where; a copy is the same journal; years of rows are asked quickly.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a fixture that cannot be made has to stop the test; the figures are for people"
)]

mod a_byte;
mod a_purpose;
mod backup;
#[path = "../fixture/mod.rs"]
mod fixture;
mod full;
mod hand;
mod speed;
mod tampered;
