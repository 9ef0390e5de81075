//! The wish of the operating system that a run ends: a terminate or an interrupt signal.

use async_trait::async_trait;

/// Whether the run is asked to end. What it has begun it still brings to a safe end.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait StopSignal: Send + Sync {
    /// True once it was asked; it is never taken back.
    fn is_given(&self) -> bool;

    /// Returns once it is asked, at once when it was before; never otherwise. May be dropped at any time.
    async fn given(&self);
}
