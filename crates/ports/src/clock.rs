//! What time it is, and waiting. The only way the agent learns either.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// A source of time.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Clock: Send + Sync {
    /// The present moment, to the microsecond, as a database keeps it.
    fn now(&self) -> DateTime<Utc>;

    /// Returns at `moment` or at once when it has passed. A simulated clock moves the world there.
    async fn sleep_until(&self, moment: DateTime<Utc>);
}
