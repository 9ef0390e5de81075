//! The cycle lock of a single process: it keeps two cycles of one rehearsal apart, and nobody else.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use catalyst_ports::cycle_lock::{CycleGuard, CycleLock, LockError};

/// A lock that other processes do not see.
#[derive(Debug, Clone)]
pub struct InProcessLock {
    taken: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Held {
    taken: Arc<AtomicBool>,
}

impl InProcessLock {
    /// A free lock; clones are the same lock.
    pub fn new() -> Self {
        Self {
            taken: Arc::new(AtomicBool::new(false)),
        }
    }
}

impl Default for InProcessLock {
    fn default() -> Self {
        Self::new()
    }
}

impl CycleGuard for Held {}

impl Drop for Held {
    fn drop(&mut self) {
        self.taken.store(false, Ordering::Release);
    }
}

#[async_trait]
impl CycleLock for InProcessLock {
    async fn acquire(&self) -> Result<Option<Box<dyn CycleGuard>>, LockError> {
        if self.taken.swap(true, Ordering::AcqRel) {
            return Ok(None);
        }
        let held = Held {
            taken: Arc::clone(&self.taken),
        };
        Ok(Some(Box::new(held)))
    }
}
