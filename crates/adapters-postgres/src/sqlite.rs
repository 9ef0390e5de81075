//! The embedded default: one SQLite file, one connection, every commit on the disk before it returns.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::CycleId;
use catalyst_ports::Source;
use catalyst_ports::journal::{
    CycleRecord, CycleStart, DayJournal, IntentRecord, Journal, JournalEntry, JournalError,
};
use chrono::{DateTime, Utc};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};
use thiserror::Error;

use crate::migration::{MigrationError, migrate};
use crate::store::{BindError, MarketRules, Store};

/// How long a writer waits for another process that has the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The first bytes of every SQLite file (SQLite documentation, "Database File Format", 1.3.1).
const FILE_MAGIC: &[u8] = b"SQLite format 3\0";

/// Why the journal could not be opened. Nothing was changed, and nothing may be traded.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The file cannot be opened, locked or written.
    #[error("the journal {} cannot be opened; check that its folder exists and may be written", path.display())]
    Unavailable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Source,
    },
    /// The file is something else.
    #[error("{} is no SQLite database; move it away, and restore the journal from a backup if it was one", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// A database, but not one of this program.
    #[error("{} is a database of another program; choose another state folder", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A newer program has written it.
    #[error("the journal {} has schema version {found}, this program knows up to {known}; use the newer program", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version in the file.
        found: i64,
        /// The last version this program knows.
        known: i64,
    },
    /// Its schema was made by a migration that this program has otherwise.
    #[error("migration {version} of the journal {} differs from this program's; use the program that wrote it", path.display())]
    Altered {
        /// The file.
        path: PathBuf,
        /// The migration.
        version: i64,
    },
}

/// The journal on an SQLite file.
///
/// Holds one connection; calls wait for one another. What `record` has kept survives the loss of power.
#[derive(Debug)]
pub struct SqliteJournal {
    store: Store,
}

impl SqliteJournal {
    /// Opens the journal at `path`, making the file if there is none and bringing its schema up to
    /// date.
    pub async fn open(path: &Path, rules: MarketRules) -> Result<Self, OpenError> {
        check_magic(path)?;
        let db = connect(options_of_file(path.to_owned()))
            .await
            .map_err(|source| unavailable(path, source))?;
        Self::over(db, path, rules).await
    }

    /// A journal that is gone when it is dropped, for rehearsals and tests.
    pub async fn open_in_memory(rules: MarketRules) -> Result<Self, OpenError> {
        let path = Path::new(":memory:");
        let db = connect(single("sqlite::memory:"))
            .await
            .map_err(|source| unavailable(path, source))?;
        Self::over(db, path, rules).await
    }

    /// Binds the journal to the broker's account at its first use; later any other account is refused.
    pub async fn bind_account(&self, account: &str, now: DateTime<Utc>) -> Result<(), BindError> {
        self.store.bind(account, now).await
    }

    async fn over(
        db: DatabaseConnection,
        path: &Path,
        rules: MarketRules,
    ) -> Result<Self, OpenError> {
        migrate(&db).await.map_err(|error| refused(path, error))?;
        Ok(Self {
            store: Store::new(db, rules),
        })
    }
}

#[async_trait]
impl Journal for SqliteJournal {
    async fn open(&self, start: CycleStart) -> Result<CycleId, JournalError> {
        self.store.open(start).await
    }

    async fn record(&self, cycle: CycleId, entries: Vec<JournalEntry>) -> Result<(), JournalError> {
        self.store.record(cycle, entries).await
    }

    async fn close(&self, record: CycleRecord) -> Result<(), JournalError> {
        self.store.close(record).await
    }

    async fn unsettled(&self) -> Result<Vec<IntentRecord>, JournalError> {
        self.store.unsettled().await
    }

    async fn day(&self, date: TradingDate) -> Result<DayJournal, JournalError> {
        self.store.day(date).await
    }
}

async fn connect(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    Database::connect(options).await
}

/// One connection that is kept: a second would wait for the first, and in memory be another database.
fn single(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .min_connections(1)
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .sqlx_logging(false);
    options
}

fn options_of_file(path: PathBuf) -> ConnectOptions {
    let mut options = single("sqlite:journal");
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
    });
    options
}

/// Refuses a file that begins like no database. A missing or empty one is a journal to be.
fn check_magic(path: &Path) -> Result<(), OpenError> {
    let mut begin = Vec::new();
    match std::fs::File::open(path) {
        Ok(file) => file
            .take(16)
            .read_to_end(&mut begin)
            .map_err(|source| unavailable(path, source))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unavailable(path, error)),
    };
    if begin.is_empty() || begin == FILE_MAGIC {
        return Ok(());
    }
    Err(OpenError::NotADatabase {
        path: path.to_owned(),
    })
}

fn unavailable(path: &Path, source: impl Into<Source>) -> OpenError {
    OpenError::Unavailable {
        path: path.to_owned(),
        source: source.into(),
    }
}

fn refused(path: &Path, error: MigrationError) -> OpenError {
    let path = path.to_owned();
    match error {
        MigrationError::Foreign => OpenError::Foreign { path },
        MigrationError::Newer { found, known } => OpenError::Newer { path, found, known },
        MigrationError::Altered { version } => OpenError::Altered { path, version },
        MigrationError::Database(source) => OpenError::Unavailable {
            path,
            source: source.into(),
        },
    }
}
