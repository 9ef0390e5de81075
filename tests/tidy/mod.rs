//! The manners of this repository, checked over its files: what clippy cannot see. One function a
//! check, each with a small test that proves that it fires; what is let through stands in
//! `exceptions`, with a reason.

mod checks;
mod claims;
mod client_waits;
mod comments;
mod examples;
mod exceptions;
mod mutants;
mod names;
mod news_words;
mod orphans;
mod ports;
mod readme;
mod rule_words;
mod scan_words;
mod search;
mod shape;
mod swallowed;
mod waiting;
mod words;
