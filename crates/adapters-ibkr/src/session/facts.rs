//! What a gateway says about itself, for whoever wants to know whether it is the right one.

use chrono::{DateTime, TimeDelta, Utc};

/// A notice that belongs to no request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeSeen {
    /// The code of the broker's table; below zero from the client library.
    pub code: i32,
    /// In the broker's words.
    pub text: String,
}

/// The gateway as it showed itself when the connection was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionFacts {
    /// The version of the protocol it speaks.
    pub server_version: i32,
    /// Its time, to the second.
    pub server_time: DateTime<Utc>,
    /// Its time less ours.
    pub skew: TimeDelta,
    /// How many accounts the login holds; the configured one is among them.
    pub accounts: usize,
    /// How far its time zone is from UTC, where the client can resolve what it calls it.
    pub utc_offset: Option<TimeDelta>,
    /// Notices so far, oldest first, the newest fifty.
    pub notices: Vec<NoticeSeen>,
    /// Whether its link to the broker stands, as far as it told.
    pub linked: bool,
}
