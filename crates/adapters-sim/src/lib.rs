//! A simulated exchange over real or generated bars, with a face for every port.
//!
//! `exchange` is a pure state machine; `bars` and `generator` are where its tape comes from; `world`
//! moves both through time; `faces` answer the ports from it; `advisor` needs no model. `docs/simulation.md` says what the
//! simulation promises and what it does not.

pub mod advisor;
pub mod bars;
pub mod config;
pub mod exchange;
pub mod faces;
pub mod faults;
pub mod generator;
pub mod headlines;
pub mod memory_journal;
pub mod no_halt;
pub mod no_lock;
pub mod notifier;
pub mod world;

mod headline_line;
