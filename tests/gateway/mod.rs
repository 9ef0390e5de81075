//! The program at a practice gateway: as two commands of its owner, over the wire for whole days, and
//! at gateways that are old, silent, in another currency or read-only.

pub(crate) mod commands;
mod days;
mod kinds;
