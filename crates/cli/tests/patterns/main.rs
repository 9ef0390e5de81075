//! `catalyst patterns` from outside: drawn charts as files, real bars, pictures, and files that are
//! none.
#![expect(clippy::unwrap_used, reason = "helpers of an integration test")]

mod bad_input;
mod docs;
mod lines;
mod picture;
mod program;
