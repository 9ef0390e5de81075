//! Plausible trading days from a seed: a pure function of seed, date and symbols.
//!
//! Names are real so that lots and ticks are, prices and volumes are invented. All arithmetic is in
//! integers, so that every machine makes the same bytes.

mod cast;
mod daily;
mod day;
mod error;
mod minutes;
mod names;
mod news;
mod rng;
mod script;
mod volume;

pub use day::{GeneratedDay, Generator, HISTORY_DAYS};
pub use error::{GeneratorError, OffGrid};
pub(crate) use minutes::Minutes;
