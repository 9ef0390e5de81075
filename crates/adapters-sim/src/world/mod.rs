//! The world that all port faces share: tape, exchange and time, moved forward together.

mod board;
mod look;
mod sim_world;
mod state;
mod tape;

pub(crate) use look::NoQuote;
pub(crate) use sim_world::Stopped;
pub use sim_world::{SimWorld, WorldError, WorldSetup};
pub use tape::Tape;
