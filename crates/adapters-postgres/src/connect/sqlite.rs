//! The embedded default: one SQLite file, one connection, every commit on the disk before it returns.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};

use super::OpenError;

/// How long a writer waits for another process that has the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The first bytes of every SQLite file (SQLite documentation, "Database File Format", 1.3.1).
const FILE_MAGIC: &[u8] = b"SQLite format 3\0";

/// The database in the file at `path`, made when there is none.
pub(crate) async fn open_file(path: &Path) -> Result<DatabaseConnection, OpenError> {
    check_magic(path)?;
    Database::connect(options_of_file(path.to_owned()))
        .await
        .map_err(|source| OpenError::unavailable(&path.display().to_string(), source))
}

/// A database that is gone when it is dropped, for tests.
pub(crate) async fn open_in_memory() -> Result<DatabaseConnection, OpenError> {
    Database::connect(single("sqlite::memory:"))
        .await
        .map_err(|source| OpenError::unavailable(":memory:", source))
}

/// One connection that is kept: a second would wait for the first, and in memory be another database.
fn single(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .min_connections(1)
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
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
    let place = path.display().to_string();
    let mut begin = Vec::new();
    match std::fs::File::open(path) {
        Ok(file) => file
            .take(16)
            .read_to_end(&mut begin)
            .map_err(|source| OpenError::unavailable(&place, source))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(OpenError::unavailable(&place, error)),
    };
    if begin.is_empty() || begin == FILE_MAGIC {
        return Ok(());
    }
    Err(OpenError::NotADatabase { place })
}
