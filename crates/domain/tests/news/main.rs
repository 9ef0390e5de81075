//! Headlines: which kind the rules give to realistic ones in both languages, what cleaning leaves of
//! hostile ones, and laws that hold for any text.
#![expect(
    clippy::unwrap_used,
    reason = "a case that cannot be made has to stop the test"
)]

mod cleaning;
mod kinds;
mod laws;
