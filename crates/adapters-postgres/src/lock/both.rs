//! Two locks as one: the file's keeps out other runs of this machine also while the database is away,
//! the session's those of other machines.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_ports::cycle_lock::{CycleGuard, CycleLock, LockError};

/// Held only when both are.
pub struct BothLocks {
    first: Arc<dyn CycleLock>,
    second: Arc<dyn CycleLock>,
}

/// Given back together.
#[derive(Debug)]
struct BothHeld {
    _first: Box<dyn CycleGuard>,
    _second: Box<dyn CycleGuard>,
}

impl CycleGuard for BothHeld {}

impl BothLocks {
    /// `first` is tried first and given back when `second` is not free.
    pub fn new(first: Arc<dyn CycleLock>, second: Arc<dyn CycleLock>) -> Self {
        Self { first, second }
    }
}

impl std::fmt::Debug for BothLocks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BothLocks").finish_non_exhaustive()
    }
}

#[async_trait]
impl CycleLock for BothLocks {
    async fn acquire(&self) -> Result<Option<Box<dyn CycleGuard>>, LockError> {
        let Some(first) = self.first.acquire().await? else {
            return Ok(None);
        };
        let Some(second) = self.second.acquire().await? else {
            return Ok(None);
        };
        Ok(Some(Box::new(BothHeld {
            _first: first,
            _second: second,
        })))
    }
}
