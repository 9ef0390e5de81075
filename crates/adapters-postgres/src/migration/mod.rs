//! Migrations: forward only, each known by a checksum, run when the journal is opened.
//!
//! A shipped migration is never edited; a change of the schema is the next one in the list.

mod m0001_begin;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait as _};
use thiserror::Error;

/// One step of the schema.
struct Migration {
    /// Counted from one without a gap.
    version: i64,
    /// What it is called in the ledger.
    name: &'static str,
    /// What SQLite is told.
    sqlite: &'static str,
}

const MIGRATIONS: &[Migration] = &[m0001_begin::MIGRATION];

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS catalyst_migrations (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL
) STRICT";

/// Why the schema could not be brought up to date. Nothing was changed.
#[derive(Debug, Error)]
pub(crate) enum MigrationError {
    /// Tables are there, but not the ledger of this program.
    #[error("the database holds tables of another program")]
    Foreign,
    /// A newer program has been here.
    #[error("schema version {found} found, up to {known} allowed")]
    Newer {
        /// The version in the ledger.
        found: i64,
        /// The last version this program knows.
        known: i64,
    },
    /// A step in the ledger is not the one this program has under that number.
    #[error("migration {version} in the database differs from the one in this program")]
    Altered {
        /// Which step.
        version: i64,
    },
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Brings the schema up to date, all steps or none.
pub(crate) async fn migrate(db: &DatabaseConnection) -> Result<(), MigrationError> {
    let work = db.begin().await?;
    if !has_ledger(&work).await? {
        if holds_tables(&work).await? {
            return Err(MigrationError::Foreign);
        }
        work.execute_unprepared(LEDGER).await?;
    }
    let applied = applied(&work).await?;
    check(&applied)?;
    for migration in MIGRATIONS.iter().skip(applied.len()) {
        work.execute_unprepared(migration.sqlite).await?;
        enter(&work, migration).await?;
    }
    work.commit().await?;
    Ok(())
}

/// Holds the ledger against the list: the same steps in the same order, and none beyond it.
fn check(applied: &[(i64, String)]) -> Result<(), MigrationError> {
    let known = MIGRATIONS.last().map_or(0, |last| last.version);
    if let Some((found, _)) = applied.last().filter(|(found, _)| *found > known) {
        return Err(MigrationError::Newer {
            found: *found,
            known,
        });
    }
    for (migration, (version, sum)) in MIGRATIONS.iter().zip(applied) {
        if migration.version != *version || checksum(migration.sqlite) != *sum {
            return Err(MigrationError::Altered { version: *version });
        }
    }
    Ok(())
}

async fn has_ledger(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let found = "SELECT name FROM sqlite_master WHERE name = 'catalyst_migrations'";
    Ok(db.query_one_raw(plain(db, found)).await?.is_some())
}

async fn holds_tables(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let found = "SELECT name FROM sqlite_master LIMIT 1";
    Ok(db.query_one_raw(plain(db, found)).await?.is_some())
}

async fn applied(db: &impl ConnectionTrait) -> Result<Vec<(i64, String)>, DbErr> {
    let ledger = "SELECT version, checksum FROM catalyst_migrations ORDER BY version";
    db.query_all_raw(plain(db, ledger))
        .await?
        .iter()
        .map(|row| Ok((row.try_get("", "version")?, row.try_get("", "checksum")?)))
        .collect()
}

async fn enter(db: &impl ConnectionTrait, migration: &Migration) -> Result<(), DbErr> {
    let row = Statement::from_sql_and_values(
        db.get_database_backend(),
        "INSERT INTO catalyst_migrations (version, name, checksum) VALUES (?, ?, ?)",
        [
            migration.version.into(),
            migration.name.into(),
            checksum(migration.sqlite).into(),
        ],
    );
    db.execute_raw(row).await?;
    Ok(())
}

fn plain(db: &impl ConnectionTrait, sql: &str) -> Statement {
    Statement::from_string(db.get_database_backend(), sql)
}

/// FNV-1a of 64 bits. It notices an edit by mistake; it is no defence against intent.
fn checksum(text: &str) -> String {
    let sum = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{sum:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(checksum(""), "cbf29ce484222325");
        assert_eq!(checksum("foobar"), "85944171f73967e8");
    }

    #[test]
    fn a_shipped_migration_is_never_edited() {
        let sums: Vec<String> = MIGRATIONS
            .iter()
            .map(|migration| checksum(migration.sqlite))
            .collect();

        assert_eq!(sums, ["6c686c79a6387d75"]);
    }

    #[test]
    fn versions_count_from_one_without_a_gap() {
        for (expected, migration) in (1_i64..).zip(MIGRATIONS) {
            assert_eq!(migration.version, expected);
        }
    }
}
