//! The world that all port faces share: tape, exchange and time, moved forward together.

mod board;
mod day_bars;
mod look;
mod sim_world;
mod state;
mod tape;
mod traded;

pub(crate) use look::NoQuote;
pub use sim_world::{SimWorld, Stopped, WorldError, WorldSetup};
pub use tape::Tape;
pub use traded::{TradedSoFar, TradedSpan};
