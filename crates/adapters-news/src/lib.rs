//! News from RSS and Atom feeds, for the port `NewsFeed`: fetched within bounds, cleaned, mapped to
//! symbols, each story once. Nothing here trusts a feed: what it says is text for people to read, and
//! what it gets wrong is dropped and counted.

pub mod config;
pub mod names;

mod failure;
mod feed_news;
mod fetch;
mod merge;
mod translate;

pub use failure::{FeedFailure, SetupError};
pub use feed_news::FeedNews;
