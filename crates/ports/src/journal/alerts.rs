//! Alerts as the journal keeps them: which wait, and what became of the others.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::JournalError;
use crate::notifier::Alert;

/// How long an alert is looked at; an older one stays in the journal and is not sent any more.
pub const ALERTS_KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// The place of an alert in its journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AlertNumber(pub i64);

/// What became of an alert that could not be sent at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertEnding {
    /// It was delivered later, perhaps in one message with others that say the same.
    Delivered,
    /// It waited too long and was told in a sum only.
    Dropped,
}

impl AlertEnding {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Dropped => "dropped",
        }
    }
}

/// An alert with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAlert {
    /// Its place.
    pub number: AlertNumber,
    /// What it says.
    pub alert: Alert,
    /// What became of it, and when; `None` while it waits.
    pub ended: Option<(AlertEnding, DateTime<Utc>)>,
}

/// The journal, asked about its alerts. An ending is recorded as
/// [`JournalEntry::AlertEnded`](super::JournalEntry::AlertEnded).
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait AlertQueue: Send + Sync {
    /// Alerts raised at most [`ALERTS_KEPT_FOR`] before `now`, oldest first, whatever became of them.
    /// One that was delivered when it was raised has ended at that moment.
    async fn alerts(&self, now: DateTime<Utc>) -> Result<Vec<KeptAlert>, JournalError>;
}
