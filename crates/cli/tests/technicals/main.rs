//! `catalyst technicals` from outside: the built program against the golden vectors, files that are
//! none, and the examples of `docs/technicals.md`.
#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "helpers of an integration test, and its loud line where reference data is missing"
)]

mod bad_files;
mod docs;
mod golden;
mod program;
