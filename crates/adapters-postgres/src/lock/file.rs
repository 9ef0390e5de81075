//! The lock of the embedded default: an advisory lock of the operating system on a file. The system
//! gives it back when its holder dies, so a lock left by a dead run does not block.

use std::fs::{File, TryLockError};
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use catalyst_ports::clock::Clock;
use catalyst_ports::cycle_lock::{CycleGuard, CycleLock, LockError};
use chrono::TimeDelta;

use super::taker::LockTaker;

/// A lock file. It is never removed: a second run could lock the removed file and a third its
/// successor.
pub struct FileLock {
    path: PathBuf,
    clock: Arc<dyn Clock>,
    at_most: TimeDelta,
}

/// The open file; the lock goes when it is closed.
#[derive(Debug)]
struct Held {
    _file: File,
}

impl CycleGuard for Held {}

impl FileLock {
    /// The lock at `path`, whose folder must exist; `clock` tells people since when it is held, `at_most`
    /// for how long its holder means to keep it, in whole seconds.
    pub const fn new(path: PathBuf, clock: Arc<dyn Clock>, at_most: TimeDelta) -> Self {
        Self {
            path,
            clock,
            at_most,
        }
    }

    fn try_acquire(&self) -> std::io::Result<Option<Held>> {
        // Not truncated here, since the words in it may be those of a live holder.
        let mut file = File::options()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&self.path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let taker = LockTaker {
            process: std::process::id(),
            since: self.clock.now(),
            at_most: self.at_most,
        };
        file.set_len(0)?;
        writeln!(file, "{taker}")?;
        Ok(Some(Held { _file: file }))
    }
}

impl std::fmt::Debug for FileLock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileLock")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl CycleLock for FileLock {
    async fn acquire(&self) -> Result<Option<Box<dyn CycleGuard>>, LockError> {
        match self.try_acquire() {
            Ok(Some(held)) => Ok(Some(Box::new(held))),
            Ok(None) => Ok(None),
            Err(error) => Err(LockError {
                source: error.into(),
            }),
        }
    }
}
