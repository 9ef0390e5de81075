//! `catalyst risk check` and `risk size` from outside: verdicts, exits, bad questions, exit codes.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of an integration test"
)]

mod bad_input;
mod exits;
mod question;
mod size;
mod verdicts;
