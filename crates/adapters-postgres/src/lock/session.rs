//! PostgreSQL's advisory lock: held by a session, so it goes when the session's process dies.

use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use catalyst_ports::cycle_lock::{CycleGuard, CycleLock, LockError};
use sha2::{Digest as _, Sha256};
use sqlx::postgres::PgConnection;
use sqlx::{ConnectOptions as _, Row as _};

use crate::connect::{OpenError, PostgresConfig, connect_options};

/// How long the server may take to say whether the lock is free.
const ANSWER: Duration = Duration::from_secs(7);

/// The lock of one schema in one database.
#[derive(Debug)]
pub struct SessionLock {
    config: PostgresConfig,
}

/// The session that holds the lock; closing it gives the lock back.
struct Held {
    /// Never used again; a mutex only because a session alone may not be shared.
    _session: Mutex<PgConnection>,
}

impl CycleGuard for Held {}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Held").finish_non_exhaustive()
    }
}

impl SessionLock {
    /// The lock of the schema of `config`.
    pub const fn new(config: PostgresConfig) -> Self {
        Self { config }
    }

    async fn try_acquire(&self) -> Result<Option<Held>, sqlx::Error> {
        let mut session = connect_options(&self.config).connect().await?;
        let row = sqlx::query("SELECT pg_try_advisory_lock($1) AS held")
            .bind(key_of(self.config.schema()))
            .fetch_one(&mut session)
            .await?;
        let held: bool = row.try_get("held")?;
        Ok(held.then(|| Held {
            _session: Mutex::new(session),
        }))
    }
}

#[async_trait]
impl CycleLock for SessionLock {
    async fn acquire(&self) -> Result<Option<Box<dyn CycleGuard>>, LockError> {
        let tried = tokio::time::timeout(ANSWER, self.try_acquire()).await;
        match tried.unwrap_or(Err(sqlx::Error::PoolTimedOut)) {
            Ok(Some(held)) => Ok(Some(Box::new(held))),
            Ok(None) => Ok(None),
            Err(error) => Err(LockError {
                source: OpenError::unavailable(&self.config.place(), error).into(),
            }),
        }
    }
}

/// All locks of a database share one space of numbers, so the number is drawn from a name that nobody
/// else uses.
fn key_of(schema: &str) -> i64 {
    let sum = Sha256::digest(format!(
        "catalyst international, one run at a time, {schema}"
    ));
    let mut key = [0; 8];
    key.iter_mut()
        .zip(sum)
        .for_each(|(place, byte)| *place = byte);
    i64::from_be_bytes(key)
}
