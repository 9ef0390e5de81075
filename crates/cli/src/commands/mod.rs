//! One file a subcommand: its flags and, where it has one, its body.

pub(crate) mod cycle;
pub(crate) mod market;
pub(crate) mod rehearse;
pub(crate) mod status;
