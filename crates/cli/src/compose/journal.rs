//! The journal and its locks, on the engine that the settings or the command choose.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalyst_adapters_postgres::{
    BindError, Book, Database, MarketRules, PostgresConfig, SqlJournal, Tls, check_contract,
    migrate_postgres, role_script, schema_version,
};
use catalyst_adapters_sim::memory_journal::MemoryJournal;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::{AlertQueue, Annals, Archive, Journal, JournalError, Standing};
use chrono::{DateTime, Utc};
use thiserror::Error;

use super::ComposeError;
use crate::settings::{Address, DatabaseSettings, Engine, PostgresPlace};

/// The simulated account's name, to which its journal is bound.
pub(crate) const SIM_ACCOUNT: &str = "SIM";

/// Where a journal is.
#[derive(Debug, Clone)]
pub(crate) enum JournalPlace {
    /// An SQLite file.
    File(PathBuf),
    /// A schema in a PostgreSQL database.
    Postgres(Box<PostgresConfig>),
}

/// Why a journal cannot be written for an account.
#[derive(Debug, Error)]
pub(crate) enum NoJournal {
    /// It belongs to another one, or does not answer.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// There is none.
    #[error(
        "there is no journal at {}; a first `catalyst cycle` makes one, --state DIR names another folder",
        path.display()
    )]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Its folder is closed to this user.
    #[error("{} cannot be read: {why}", path.display())]
    Shut {
        /// The file.
        path: PathBuf,
        /// What keeps it from being read.
        why: &'static str,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// It does not answer.
    #[error(transparent)]
    Silent(JournalError),
    /// What waits in the write-ahead file cannot be kept.
    #[error("the write-ahead file {} cannot be replayed", path.display())]
    WriteAhead {
        /// The file.
        path: PathBuf,
        /// Why.
        source: JournalError,
    },
}

impl JournalPlace {
    /// The place that the settings choose, or the one of `engine`.
    pub(crate) fn of(
        settings: &DatabaseSettings,
        engine: Option<Engine>,
        state: &Path,
    ) -> Result<Self, ComposeError> {
        match engine.unwrap_or(settings.engine) {
            Engine::Sqlite => Ok(Self::File(state.join("journal.sqlite"))),
            Engine::Postgres => {
                let place = settings.postgres.as_ref().map_err(Clone::clone)?;
                Ok(Self::Postgres(Box::new(config_of(place)?)))
            }
        }
    }

    /// Refuses a file that is not there, for whoever only reads: a question makes no journal.
    pub(crate) fn must_exist(&self) -> Result<(), NoJournal> {
        let Self::File(path) = self else {
            return Ok(());
        };
        match path.try_exists() {
            Ok(true) => Ok(()),
            Ok(false) => Err(NoJournal::Missing { path: path.clone() }),
            Err(source) => Err(NoJournal::Shut {
                path: path.clone(),
                why: "its folder is closed to this user",
                source,
            }),
        }
    }

    /// Whether it is a file that nobody has made yet. One in a folder that is closed may be there.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self.must_exist(), Err(NoJournal::Missing { .. }))
    }

    /// Refuses a file whose folder cannot be written, which SQLite needs even to read it: it keeps two
    /// files beside a journal while it is open (SQLite documentation, "Write-Ahead Logging", 7).
    fn must_be_open(&self) -> Result<(), NoJournal> {
        let Self::File(path) = self else {
            return Ok(());
        };
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            Some(_) | None => Path::new("."),
        };
        match rustix::fs::access(folder, rustix::fs::Access::WRITE_OK) {
            Err(error) if path.exists() => Err(NoJournal::Shut {
                path: path.clone(),
                why: "its folder cannot be written, and SQLite keeps files beside an open journal",
                source: error.into(),
            }),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Where it is, for people.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Postgres(config) => config.place(),
        }
    }
}

fn config_of(place: &PostgresPlace) -> Result<PostgresConfig, ComposeError> {
    let config = match &place.address {
        Address::Url(url) => {
            PostgresConfig::from_url(&url.0).map_err(ComposeError::AddressVariable)?
        }
        Address::Parts {
            host,
            port,
            name,
            user,
            password,
        } => {
            let password = password.as_ref().map(|password| &password.0);
            PostgresConfig::from_parts(host, *port, name, user, password)
        }
    };
    let tls = if place.verify_certificate {
        Tls::Verify
    } else {
        Tls::Require
    };
    let config = config
        .in_schema(&place.schema)?
        .tls(tls, place.ca_file.clone())
        .with_compatibility_views(place.compatibility_views);
    Ok(match &place.securities_table {
        Some(table) => config.reading(table)?,
        None => config,
    })
}

/// Brings the schema at `place` up to date; returns the version it had, 0 for none, and the one it has.
pub(crate) async fn migrate(
    place: &JournalPlace,
    rules: &Rulebook,
) -> Result<(i64, i64), ComposeError> {
    let before = match place {
        JournalPlace::File(path) => schema_version(path).await?,
        JournalPlace::Postgres(config) => migrate_postgres(config).await?,
    };
    let census = archive(place, rules).await?.census().await;
    let after = census.map_err(NoJournal::Silent)?.schema_version;
    Ok((before, after))
}

/// The script of a role for the journal at `place`; `None` for a file, which needs none.
pub(crate) fn role(place: &JournalPlace, role: &str) -> Option<String> {
    match place {
        JournalPlace::File(_) => None,
        JournalPlace::Postgres(config) => Some(role_script(config, role)),
    }
}

/// The columns of a neighbour that are read, with their types as found; none where nothing is read.
pub(crate) async fn contract(place: &JournalPlace) -> Result<Vec<(String, String)>, ComposeError> {
    match place {
        JournalPlace::File(_) => Ok(Vec::new()),
        JournalPlace::Postgres(config) => {
            let found = check_contract(config).await?;
            Ok(found
                .into_iter()
                .map(|one| (one.name, one.data_type))
                .collect())
        }
    }
}

/// The database at `place`, with the schema of this program.
pub(crate) async fn database(
    place: &JournalPlace,
    rules: &Rulebook,
) -> Result<Database, ComposeError> {
    let rules = MarketRules {
        currency: rules.market.currency,
        calendar: Arc::new(rules.calendar.clone()),
        ticks: Arc::new(rules.ticks.clone()),
    };
    place.must_be_open()?;
    Ok(match place {
        JournalPlace::File(path) => Database::sqlite(path, rules).await?,
        JournalPlace::Postgres(config) => Database::postgres(config, rules).await?,
    })
}

/// The journal at `place`, read as evidence.
pub(crate) async fn archive(
    place: &JournalPlace,
    rules: &Rulebook,
) -> Result<Arc<dyn Archive>, ComposeError> {
    Ok(Arc::new(database(place, rules).await?))
}

/// The journal at `place`, read over days.
pub(crate) async fn annals(
    place: &JournalPlace,
    rules: &Rulebook,
) -> Result<Arc<dyn Annals>, ComposeError> {
    Ok(Arc::new(database(place, rules).await?))
}

/// A journal to be written, and the same read as evidence.
pub(crate) struct Opened {
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) archive: Arc<dyn Archive>,
    pub(crate) alerts: Arc<dyn AlertQueue>,
    pub(crate) connection: Connection,
}

/// The connection under a journal.
pub(crate) struct Connection(Database);

impl Connection {
    /// Ends it, so that a file can be copied alone. Never fails, and never takes long.
    pub(crate) async fn close(self) {
        self.0.close().await;
    }
}

/// The journal of `account` at `place`, for the holder of the run lock; what cannot reach it waits in
/// `state`.
pub(crate) async fn account_journal(
    place: &JournalPlace,
    state: &Path,
    rules: &Rulebook,
    account: &str,
    now: DateTime<Utc>,
) -> Result<Opened, ComposeError> {
    let database = database(place, rules).await?;
    let book = Book::Account(account.to_owned());
    let journal = database.book(&book, now).await.map_err(NoJournal::from)?;
    let path = state.join("journal.pending.jsonl");
    let journal = journal.with_write_ahead(path.clone()).await;
    let journal = journal.map_err(|source| NoJournal::WriteAhead { path, source })?;
    let journal = Arc::new(journal.alone());
    Ok(Opened {
        alerts: Arc::<SqlJournal>::clone(&journal),
        journal,
        archive: Arc::new(database.clone()),
        connection: Connection(database),
    })
}

/// The journal of `account` at `place`, to be read beside a run that may be writing it;
/// `None` when nothing was ever written for the account.
pub(crate) async fn read_journal(
    place: &JournalPlace,
    rules: &Rulebook,
    account: &str,
) -> Result<Option<Arc<dyn Journal>>, ComposeError> {
    let opened = read_standing(place, rules, account).await?;
    Ok(opened.map(|opened| opened.journal))
}

/// A journal that is only read, with how it stands and its alerts.
pub(crate) struct ReadBook {
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) standing: Arc<dyn Standing>,
    pub(crate) alerts: Arc<dyn AlertQueue>,
}

/// The same as [`read_journal`], with what a status asks beside it.
pub(crate) async fn read_standing(
    place: &JournalPlace,
    rules: &Rulebook,
    account: &str,
) -> Result<Option<ReadBook>, ComposeError> {
    let database = database(place, rules).await?;
    let book = database.existing_book(account).await;
    let Some(journal) = book.map_err(NoJournal::from)? else {
        return Ok(None);
    };
    let journal = Arc::new(journal);
    Ok(Some(ReadBook {
        alerts: Arc::<SqlJournal>::clone(&journal),
        journal,
        standing: Arc::new(database),
    }))
}

/// The alerts of `account` at `place`, to be read; `None` when nothing was ever written for the account.
pub(crate) async fn alert_queue(
    place: &JournalPlace,
    rules: &Rulebook,
    account: &str,
) -> Result<Option<Arc<dyn AlertQueue>>, ComposeError> {
    let database = database(place, rules).await?;
    let book = database.existing_book(account).await;
    let journal = book.map_err(NoJournal::from)?;
    Ok(journal.map(|journal| -> Arc<dyn AlertQueue> { Arc::new(journal) }))
}

/// A book of its own for one rehearsal, at `place`.
pub(crate) async fn rehearsal_journal(
    place: &JournalPlace,
    name: &str,
    rules: &Rulebook,
    now: DateTime<Utc>,
) -> Result<Arc<dyn Journal>, ComposeError> {
    let database = database(place, rules).await?;
    let book = Book::Rehearsal(name.to_owned());
    let journal = database.book(&book, now).await.map_err(NoJournal::from)?;
    Ok(Arc::new(journal))
}

/// A journal that is gone with the process.
pub(crate) fn memory_journal(rules: &Rulebook) -> Arc<dyn Journal> {
    let calendar = Arc::new(rules.calendar.clone());
    Arc::new(MemoryJournal::new(rules.market.currency, calendar))
}
