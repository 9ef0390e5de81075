//! The two engines that a journal can be kept in, each opened as the program opens it.

use std::path::PathBuf;
use std::sync::Arc;

use catalyst_adapters_postgres::{
    Book, Database, MarketRules, PostgresConfig, SqlJournal, migrate_postgres,
};
use catalyst_domain::money::Currency;
use catalyst_domain::rulebook::Rulebook;
use catalyst_testkit::postgres;
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use tempfile::TempDir;

/// Where one scene keeps its journal.
#[derive(Debug, Clone)]
pub(super) enum Place {
    Sqlite(PathBuf),
    Postgres(Box<PostgresConfig>),
}

/// Makes places, each empty.
pub(super) enum Engine {
    Sqlite,
    /// Each scene has a schema of its own.
    Postgres(postgres::Database),
}

impl Engine {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// The server of this run of tests. It need not wait for the disk: no test of it stops it.
    pub(super) fn shared_postgres() -> Self {
        let database = postgres::Cluster::shared().unwrap().database().unwrap();
        let name = database.name();
        let sql = format!("alter database {name} set synchronous_commit = off");
        database.psql(&sql).unwrap();
        Self::Postgres(database)
    }

    /// An empty journal, the `number`th of this engine, with files beside it in `folder`.
    pub(super) async fn place(&self, number: u32, folder: &TempDir) -> Place {
        match self {
            Self::Sqlite => Place::Sqlite(folder.path().join("journal.sqlite")),
            Self::Postgres(database) => {
                let config = config(database);
                let config = config.in_schema(&format!("scene_{number}")).unwrap();
                migrate_postgres(&config).await.unwrap();
                Place::Postgres(Box::new(config))
            }
        }
    }
}

/// How the journal connects to `database`.
pub(super) fn config(database: &postgres::Database) -> PostgresConfig {
    PostgresConfig::from_url(&SecretString::from(database.url())).unwrap()
}

impl Place {
    /// The journal of the scene's account, opened as a new process would.
    pub(super) async fn open(
        &self,
        rules: &Rulebook,
        write_ahead: PathBuf,
        now: DateTime<Utc>,
    ) -> (Database, SqlJournal) {
        let rules = MarketRules {
            calendar: Arc::new(rules.calendar.clone()),
            ticks: Arc::new(rules.ticks.clone()),
            currency: Currency::Hkd,
        };
        let database = match self {
            Self::Sqlite(path) => Database::sqlite(path, rules).await,
            Self::Postgres(config) => Database::postgres(config, rules).await,
        }
        .unwrap();
        let account = Book::Account("DU0000000".to_owned());
        let journal = database.book(&account, now).await.unwrap();
        let journal = journal.with_write_ahead(write_ahead).await.unwrap();
        (database, journal.alone())
    }
}
