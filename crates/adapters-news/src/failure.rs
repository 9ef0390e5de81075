//! Why a feed gives nothing. No variant holds a word of the other side.

use thiserror::Error;

use crate::config::FeedUrlError;
use crate::names::NamesError;

/// One feed that was not read. The others go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FeedFailure {
    /// Nobody answers, or the connection is not secure.
    #[error("it cannot be reached")]
    Unreachable,
    /// The answer did not come or end in time.
    #[error("it took longer than {seconds} s")]
    TooSlow {
        /// The bound.
        seconds: u64,
    },
    /// It sends on to where it may not, or too often.
    #[error("it redirects too often or to an address that is not allowed")]
    Redirects,
    /// The answer is no success.
    #[error("it answered with status {code}")]
    Status {
        /// Of HTTP.
        code: u16,
    },
    /// The answer has no end within the bound.
    #[error("its answer is longer than {most} bytes")]
    TooLong {
        /// The bound.
        most: usize,
    },
    /// The connection ended within the answer.
    #[error("its answer broke off")]
    BrokenOff,
    /// The answer is not a feed, or only the beginning of one.
    #[error("its answer is not a whole feed")]
    NotAFeed,
    /// It answers, and what it says has not changed for too long to be believed.
    #[error("its newest entry is older than {days} days")]
    Frozen {
        /// The bound.
        days: i64,
    },
}

/// Why the feeds cannot be asked at all; nothing was fetched.
#[derive(Debug, Error)]
pub enum SetupError {
    /// The address of a feed is none.
    #[error("the url of feed {name} in news.feeds")]
    Address {
        /// Which feed.
        name: String,
        /// What is allowed.
        source: FeedUrlError,
    },
    /// The names of companies do not read.
    #[error(transparent)]
    Names(#[from] NamesError),
    /// The client for HTTP cannot be made, most often for want of certificates on this machine.
    #[error("the HTTP client for news cannot be made")]
    Client(#[from] reqwest::Error),
}

/// Every feed failed, each with its name and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no feed could be read: {}", each.join("; "))]
pub(crate) struct AllFailed {
    pub(crate) each: Vec<String>,
}
