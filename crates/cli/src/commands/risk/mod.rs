//! `catalyst risk`: the gate's verdict on one trade, from what the question itself says, which needs no
//! settings, clock, network or journal; and the owner's word for looser limits, which needs all but the
//! network.

mod accept;
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
