//! Migrations: forward only, each known by a checksum. A shipped one is never edited; a change of the
//! schema is the next one in the list.

mod dialect;
mod m0001_begin;
mod m0002_alerts;
mod m0003_first_and_last;

use sea_orm::{
    ActiveModelTrait as _, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, EntityTrait as _, IntoActiveModel as _, Statement, TransactionTrait as _,
};
use thiserror::Error;

use crate::entity::{BEGINNING, chain_head};
use crate::trouble::is_outage;

/// One step of the schema.
struct Migration {
    /// Counted from one without a gap.
    version: i64,
    /// What it is called in the ledger.
    name: &'static str,
    /// What the engine is told, in the words that `dialect` translates.
    sql: &'static str,
    /// SHA-256 of what SQLite is told, and of what PostgreSQL is told, in hexadecimal digits.
    checksums: [&'static str; 2],
}

impl Migration {
    /// The checksum of what `engine` is told.
    const fn checksum(&self, engine: DbBackend) -> &'static str {
        let [sqlite, postgres] = self.checksums;
        if matches!(engine, DbBackend::Postgres) {
            postgres
        } else {
            sqlite
        }
    }
}

const MIGRATIONS: &[Migration] = &[
    m0001_begin::MIGRATION,
    m0002_alerts::MIGRATION,
    m0003_first_and_last::MIGRATION,
];

const LEDGER: &str = "CREATE TABLE catalyst_migrations (
    version COUNT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL
) STRICT;";

/// Why the schema is not the one of this program. Nothing was changed.
#[derive(Debug, Error)]
pub(crate) enum MigrationError {
    /// Tables are there, but not the ledger of this program.
    #[error("it holds tables of another program")]
    Foreign,
    /// A newer program has been here.
    #[error("it has schema version {found}, this program knows up to {known}")]
    Newer {
        /// The version in the ledger.
        found: i64,
        /// The last version this program knows.
        known: i64,
    },
    /// A step in the ledger is not the one this program has under that number.
    #[error("its migration {version} differs from this program's")]
    Altered {
        /// Which step.
        version: i64,
    },
    /// Steps are missing, and nobody asked to take them.
    #[error("it has schema version {found}, this program needs {known}")]
    Behind {
        /// The version in the ledger, 0 for none.
        found: i64,
        /// The last version this program knows.
        known: i64,
    },
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// The version this program works with.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |last| last.version)
}

/// Brings the schema up to date, all steps or none, and returns the version it had before.
///
/// On PostgreSQL `schema` is made when it is absent and nothing outside it is named.
pub(crate) async fn migrate(db: &DatabaseConnection, schema: &str) -> Result<i64, MigrationError> {
    match check_only(db, schema).await {
        Ok(()) => return Ok(newest()),
        // Judged again below, since another process may be half way through the same.
        Err(MigrationError::Behind { .. } | MigrationError::Foreign) => {}
        Err(refused) => return Err(refused),
    }
    let work = db.begin().await?;
    let engine = work.get_database_backend();
    if engine == DbBackend::Postgres && !has_schema(&work, schema).await? {
        let make = format!("CREATE SCHEMA {}", quoted(schema));
        work.execute_unprepared(&make).await?;
    }
    if !has_ledger(&work, schema).await? {
        if holds_anything(&work, schema).await? {
            return Err(MigrationError::Foreign);
        }
        let ledger = dialect::in_words_of(engine, LEDGER);
        work.execute_unprepared(&ledger).await?;
    }
    let applied = applied(&work).await?;
    check(&applied, engine)?;
    for migration in MIGRATIONS.iter().skip(applied.len()) {
        let sql = dialect::in_words_of(engine, migration.sql);
        work.execute_unprepared(&sql).await?;
        enter(&work, migration, engine).await?;
    }
    if applied.is_empty() {
        begin_chain(&work).await?;
    }
    work.commit().await?;
    Ok(applied.last().map_or(0, |(version, _)| *version))
}

/// Refuses a schema that is not exactly the one of this program.
pub(crate) async fn check_only(
    db: &DatabaseConnection,
    schema: &str,
) -> Result<(), MigrationError> {
    let applied = match applied(db).await {
        Ok(applied) => applied,
        Err(failure) if is_outage(&failure) || has_ledger(db, schema).await? => {
            return Err(failure.into());
        }
        Err(_no_ledger) if holds_anything(db, schema).await? => {
            return Err(MigrationError::Foreign);
        }
        Err(_no_ledger) => Vec::new(),
    };
    check(&applied, db.get_database_backend())?;
    let found = applied.last().map_or(0, |(version, _)| *version);
    let known = newest();
    if found < known {
        return Err(MigrationError::Behind { found, known });
    }
    Ok(())
}

/// The version of the schema; `None` where there is no ledger.
pub(crate) async fn version(
    db: &impl ConnectionTrait,
    schema: &str,
) -> Result<Option<i64>, MigrationError> {
    if !has_ledger(db, schema).await? {
        return Ok(None);
    }
    let applied = applied(db).await?;
    Ok(Some(applied.last().map_or(0, |(version, _)| *version)))
}

/// A name of PostgreSQL as SQL has to write it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Holds the ledger against the list: the same steps in the same order, and none beyond it.
fn check(applied: &[(i64, String)], engine: DbBackend) -> Result<(), MigrationError> {
    let known = newest();
    if let Some((found, _)) = applied.last().filter(|(found, _)| *found > known) {
        return Err(MigrationError::Newer {
            found: *found,
            known,
        });
    }
    for (migration, (version, sum)) in MIGRATIONS.iter().zip(applied) {
        if migration.version != *version || migration.checksum(engine) != *sum {
            return Err(MigrationError::Altered { version: *version });
        }
    }
    Ok(())
}

/// The chain before its first row, so that whoever writes first finds a head to wait for.
async fn begin_chain(work: &DatabaseTransaction) -> Result<(), DbErr> {
    let head = chain_head::Model {
        id: chain_head::ONLY,
        row_id: 0,
        hash: BEGINNING.to_vec(),
    };
    let head = head.into_active_model().reset_all();
    chain_head::Entity::insert(head)
        .exec_without_returning(work)
        .await?;
    Ok(())
}

async fn has_schema(db: &impl ConnectionTrait, schema: &str) -> Result<bool, DbErr> {
    let sql = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1";
    let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, [schema.into()]);
    Ok(db.query_one_raw(asked).await?.is_some())
}

async fn has_ledger(db: &impl ConnectionTrait, schema: &str) -> Result<bool, DbErr> {
    is_there(db, schema, "name = 'catalyst_migrations'").await
}

async fn holds_anything(db: &impl ConnectionTrait, schema: &str) -> Result<bool, DbErr> {
    is_there(db, schema, "1 = 1").await
}

/// Whether the journal's place has a table, view or index for which `condition` on `name` holds.
async fn is_there(db: &impl ConnectionTrait, schema: &str, condition: &str) -> Result<bool, DbErr> {
    let engine = db.get_database_backend();
    let asked = if engine == DbBackend::Postgres {
        let sql = format!(
            "SELECT 1 FROM (SELECT c.relname AS name, n.nspname AS schema FROM pg_catalog.pg_class c \
             JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace) AS things \
             WHERE schema = $1 AND {condition} LIMIT 1"
        );
        Statement::from_sql_and_values(engine, sql, [schema.into()])
    } else {
        let sql = format!("SELECT 1 FROM sqlite_master WHERE {condition} LIMIT 1");
        Statement::from_string(engine, sql)
    };
    Ok(db.query_one_raw(asked).await?.is_some())
}

async fn applied(db: &impl ConnectionTrait) -> Result<Vec<(i64, String)>, DbErr> {
    let ledger = "SELECT version, checksum FROM catalyst_migrations ORDER BY version";
    db.query_all_raw(Statement::from_string(db.get_database_backend(), ledger))
        .await?
        .iter()
        .map(|row| Ok((row.try_get("", "version")?, row.try_get("", "checksum")?)))
        .collect()
}

async fn enter(
    db: &impl ConnectionTrait,
    migration: &Migration,
    engine: DbBackend,
) -> Result<(), DbErr> {
    let sql = "INSERT INTO catalyst_migrations (version, name, checksum) VALUES ($1, $2, $3)";
    let values = [
        migration.version.into(),
        migration.name.into(),
        migration.checksum(engine).into(),
    ];
    db.execute_raw(Statement::from_sql_and_values(engine, sql, values))
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;
    use crate::hex::hex;

    #[test]
    fn a_shipped_migration_is_never_edited() {
        for engine in [DbBackend::Sqlite, DbBackend::Postgres] {
            for migration in MIGRATIONS {
                let told = dialect::in_words_of(engine, migration.sql);
                let sum = hex(&Sha256::digest(told));
                assert_eq!(migration.checksum(engine), sum, "{}", migration.name);
            }
        }
    }

    #[test]
    fn versions_count_from_one_without_a_gap() {
        for (expected, migration) in (1_i64..).zip(MIGRATIONS) {
            assert_eq!(migration.version, expected);
        }
    }
}
