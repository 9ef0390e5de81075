//! Whole days: scenario files through the built program, real bars, and promises kept in process.

mod bad_data;
mod broker_sight;
mod doctored;
mod endings;
mod hand_made;
mod loss;
mod news;
mod news_gaps;
mod owed;
mod patterns;
pub(crate) mod policy;
mod promises;
pub(crate) mod real_bars;
mod refusals;
mod resume;
mod scan_size;
pub(crate) mod stage;
mod technicals;
mod vain_exits;
