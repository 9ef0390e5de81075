//! Where the journal is: an SQLite file of the state folder, or a PostgreSQL database.

use std::path::PathBuf;

use secrecy::{ExposeSecret as _, SecretString};

use super::problem::SettingsError;
use super::raw::RawSettings;

/// Holds a whole address, as many tools write it.
const URL_VARIABLE: &str = "DATABASE_URL";

/// The owner's name for his database, where the settings name none.
const NAME: &str = "catalyst_trading";

/// Section `database`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DatabaseSettings {
    /// Which engine keeps the journal.
    pub(crate) engine: Engine,
    /// Where PostgreSQL is. What is wrong with it matters only to a command that goes there.
    pub(crate) postgres: Result<PostgresPlace, NoPlace>,
}

/// What keeps the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// A file in the state folder.
    Sqlite,
    /// A server.
    Postgres,
}

/// A PostgreSQL database and how it is spoken to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PostgresPlace {
    /// The server and the database.
    pub(crate) address: Address,
    /// The schema of the journal.
    pub(crate) schema: String,
    /// Whether the server's certificate is checked; only for another machine.
    pub(crate) verify_certificate: bool,
    /// The certificate of a private authority.
    pub(crate) ca_file: Option<PathBuf>,
    /// The older system's table of securities, whose numbers are copied.
    pub(crate) securities_table: Option<String>,
    /// Whether the older system is shown the journal in its own words.
    pub(crate) compatibility_views: bool,
}

/// The server and the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// All in one.
    Url(Hidden),
    /// One by one.
    Parts {
        /// Name or address of the machine.
        host: String,
        /// Its port.
        port: u16,
        /// The database.
        name: String,
        /// The role.
        user: String,
        /// Its password.
        password: Option<Hidden>,
    },
}

/// Why there is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoPlace {
    /// Nobody gave one.
    #[error("no database is named: set DATABASE_URL, or database.host in the settings")]
    NotGiven,
    /// It does not read.
    #[error("{told}")]
    Bad {
        /// The key that is wrong, where it is one.
        key: Option<String>,
        /// What is wrong with it.
        told: String,
    },
}

/// A text that is never shown.
#[derive(Debug, Clone)]
pub(crate) struct Hidden(pub(crate) SecretString);

impl PartialEq for Hidden {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

impl Eq for Hidden {}

pub(super) fn read(raw: &RawSettings<'_>) -> Result<DatabaseSettings, SettingsError> {
    let url = raw.variable(URL_VARIABLE)?.filter(|url| !url.is_empty());
    let named = url.is_some() || raw.has("database.host") || raw.given("database.host")?.is_some();
    let engine = match raw.optional("database.engine", "sqlite, postgres")? {
        Some(_) => raw.word(
            "database.engine",
            &[("sqlite", Engine::Sqlite), ("postgres", Engine::Postgres)],
        )?,
        None if named => Engine::Postgres,
        None => Engine::Sqlite,
    };
    let postgres = if named {
        place(raw, url).map_err(|error| NoPlace::Bad {
            key: error.key().map(str::to_owned),
            told: error.to_string(),
        })
    } else {
        Err(NoPlace::NotGiven)
    };
    Ok(DatabaseSettings { engine, postgres })
}

fn place(raw: &RawSettings<'_>, url: Option<&str>) -> Result<PostgresPlace, SettingsError> {
    let address = match url {
        Some(url) => Address::Url(Hidden(SecretString::from(url))),
        None => Address::Parts {
            host: raw
                .given("database.host")?
                .ok_or_else(|| SettingsError::empty("database.host", "a host"))?,
            port: port(raw)?,
            name: raw
                .optional("database.name", "a database")?
                .unwrap_or_else(|| NAME.to_owned()),
            user: raw
                .given("database.user")?
                .ok_or_else(|| SettingsError::empty("database.user", "a role"))?,
            password: raw
                .given("database.password")?
                .map(|password| Hidden(SecretString::from(password))),
        },
    };
    Ok(PostgresPlace {
        address,
        schema: raw.text("database.schema", "the name of a schema")?,
        verify_certificate: raw.word("database.tls", &[("verify", true), ("require", false)])?,
        ca_file: raw
            .optional("database.ca_file", "a file")?
            .map(PathBuf::from),
        securities_table: raw.optional("database.securities_table", "SCHEMA.TABLE, or null")?,
        compatibility_views: raw.word(
            "database.compatibility_views",
            &[("true", true), ("false", false)],
        )?,
    })
}

fn port(raw: &RawSettings<'_>) -> Result<u16, SettingsError> {
    let (key, allowed) = ("database.port", "a port 1 to 65535");
    if !raw.has(key) {
        return Ok(5432);
    }
    match raw.parsed(key, allowed)? {
        0 => Err(SettingsError::value(key, "0", allowed)),
        port => Ok(port),
    }
}
