//! One run at a time.

use async_trait::async_trait;
use thiserror::Error;

use crate::Source;

/// Held for the whole run; dropping it, also by dying, gives the lock back.
pub trait CycleGuard: Send + Sync + std::fmt::Debug {}

/// The lock could not even be tried; nothing runs without it.
#[derive(Debug, Error)]
#[error("the lock is unavailable")]
pub struct LockError {
    /// Why.
    pub source: Source,
}

/// The lock that keeps two runs apart.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait CycleLock: Send + Sync {
    /// Takes the lock, or returns `None` at once when a live run holds it.
    async fn acquire(&self) -> Result<Option<Box<dyn CycleGuard>>, LockError>;
}
