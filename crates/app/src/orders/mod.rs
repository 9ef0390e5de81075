//! The only room that submits. Every order is judged by the gate, journalled, sent, and followed to
//! an end; every position that results is verified to be protected.

mod close;
mod enter;
mod exit;
mod flatten;
mod guardian;
mod send;
mod vain;

pub(crate) use close::{close, close_each, door_shut};
pub(crate) use enter::{Argued, Entered, enter};
pub(crate) use flatten::flatten;
pub(crate) use guardian::protect_all;
