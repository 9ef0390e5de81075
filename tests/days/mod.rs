//! Whole days: scenario files through the built program, real bars, and promises kept in process.

mod hand_made;
mod promises;
mod real_bars;
mod refusals;
mod stage;
mod technicals;
