//! Telling the owner.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::Source;
use crate::tool::Severity;

/// One message to the owner. Recipients are the adapter's settings, never part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// How soon it should be read.
    pub severity: Severity,
    /// One line.
    pub subject: String,
    /// The message.
    pub message: String,
    /// When it was raised.
    pub at: DateTime<Utc>,
}

/// The message did not arrive. Logged and kept in the journal; never stops a cycle.
#[derive(Debug, Error)]
#[error("the alert was not delivered")]
pub struct Undelivered {
    /// Why.
    pub source: Source,
}

/// A way to reach the owner.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Notifier: Send + Sync {
    /// Delivers `alert` or says that it could not. Bounded in time.
    async fn notify(&self, alert: &Alert) -> Result<(), Undelivered>;
}
