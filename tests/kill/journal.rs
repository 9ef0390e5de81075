//! Where the program keeps its journal, and the same read by the test.

use std::path::PathBuf;
use std::sync::Arc;

use catalyst_adapters_postgres::{
    Database, MarketRules, PostgresConfig, SqlJournal, migrate_postgres,
};
use catalyst_domain::money::Currency;
use catalyst_domain::rulebook::Rulebook;
use catalyst_testkit::postgres;
use secrecy::SecretString;

use super::stand::ACCOUNT;
use crate::program::Program;

/// The engine of the journal.
pub(crate) enum Engine {
    /// A file in the program's state folder.
    Sqlite,
    /// A schema of its own for each program.
    Postgres(postgres::Database),
}

/// One program's journal.
pub(crate) enum Place {
    Sqlite(PathBuf),
    Postgres(Box<PostgresConfig>),
}

impl Engine {
    /// The server of this run of tests. It need not wait for the disk: the program dies, not the server.
    pub(crate) fn postgres() -> Self {
        let database = postgres::Cluster::shared().unwrap().database().unwrap();
        let name = database.name();
        let sql = format!("alter database {name} set synchronous_commit = off");
        database.psql(&sql).unwrap();
        Self::Postgres(database)
    }

    /// A fresh home whose settings name an empty journal, the `number`th of this engine.
    pub(crate) async fn home(&self, number: u32) -> (Program, String, Place) {
        match self {
            Self::Sqlite => {
                let program = Program::in_scratch_home();
                let path = program.home().join("state/catalyst/journal.sqlite");
                (program, String::new(), Place::Sqlite(path))
            }
            Self::Postgres(database) => {
                let url = database.url();
                let schema = format!("kill_{number}");
                let config = PostgresConfig::from_url(&SecretString::from(url.clone()));
                let config = config.unwrap().in_schema(&schema).unwrap();
                migrate_postgres(&config).await.unwrap();
                let program = Program::in_scratch_home().with("DATABASE_URL", &url);
                let settings = format!("database: {{schema: {schema}}}\n");
                (program, settings, Place::Postgres(Box::new(config)))
            }
        }
    }
}

impl Place {
    /// The journal as the next run will find it; `None` before the first.
    pub(crate) async fn open(&self, rules: &Rulebook) -> (Database, SqlJournal) {
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
        let journal = database.existing_book(ACCOUNT).await.unwrap().unwrap();
        (database, journal)
    }
}
