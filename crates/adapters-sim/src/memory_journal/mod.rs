//! A journal in memory that keeps every promise of the port save durability: for rehearsals.

mod alerts;
mod annals;
mod day_book;
mod fill_book;
mod journal;
mod ledger;
mod spending;

pub use journal::{CycleEntry, MemoryJournal};
