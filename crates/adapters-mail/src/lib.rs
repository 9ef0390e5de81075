//! Ways to reach the owner: a mailbox over SMTP and a web hook, the outbox that keeps alerts while
//! there is no journal, and the ping that tells somebody outside that all is well.
//!
//! Secrets are in types that print nothing. No connection outlives a run, and each has a bound.

pub mod channels;
pub mod config;
pub mod mail;
pub mod outbox;
pub mod ping;
pub mod webhook;

mod web;
mod words;
