//! What a run does while its database is away: it writes ahead into a local file, and remembers.

mod file;
mod mirror;

pub(crate) use file::{Spill, Waiting};
pub(crate) use mirror::Mirror;
