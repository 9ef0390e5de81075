//! Writing to the owner: what is longer than an alert, such as the report of a day.

use async_trait::async_trait;

use crate::notifier::Undelivered;

/// One letter. Sender and recipients are the adapter's settings, never part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// The whole of it; it stands alone.
    pub text: String,
    /// A self-contained page that goes with it as a file; `None` for a plain letter.
    pub html: Option<String>,
}

/// A way to send letters.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Post: Send + Sync {
    /// Hands `letter` over to every recipient, or says that it could not. Bounded in time; sending
    /// the same letter again sends it again.
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered>;
}
