//! `catalyst risk`: the gate's verdict on one trade, from what the question itself says. Needs no
//! settings, clock, network or journal.

mod account;
mod answer;
mod asking;
mod books;
mod entry;
mod exit;
mod facts;
mod judge;
mod limits;
mod question;
mod words;

pub(crate) use asking::RiskArgs;
