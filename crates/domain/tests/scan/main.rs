//! The scan: each sentinel alone, each filter alone, the order, and that no name is ever lost.

mod feed;
mod filters;
mod laws;
mod market;
mod ranking;
mod sentinels;
mod universe;
