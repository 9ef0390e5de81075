//! Telling the owner.

use async_trait::async_trait;
use catalyst_domain::order::CycleId;
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
    /// The run that raised it; `None` where no run could begin.
    pub run: Option<CycleId>,
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

/// An alert that the journal could not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// What it says.
    pub alert: Alert,
    /// Whether it got through all the same.
    pub delivered: bool,
}

/// Where alerts wait that the journal could not take, so that a later run brings them there.
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait Outbox: Send + Sync {
    /// Keeps one more. Durable when it returns.
    fn put(&self, aside: &SetAside) -> Result<(), Undelivered>;

    /// All that wait, oldest first.
    fn waiting(&self) -> Result<Vec<SetAside>, Undelivered>;

    /// Forgets them all; for whoever has brought them into the journal.
    fn clear(&self) -> Result<(), Undelivered>;
}
