//! Trading rules with nothing attached: no clock, no network, no files, no async.

pub mod indicator;
pub mod pattern;
