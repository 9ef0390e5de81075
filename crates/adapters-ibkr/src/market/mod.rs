//! What is asked of the market once and remembered: listings, price tables, bars, and the budget of
//! requests for bars.

mod cache;
mod listings;
mod pacing;

pub(crate) use cache::Cache;
