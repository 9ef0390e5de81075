//! PostgreSQL: a guest in a shared cluster. One connection for the journal and one for the lock, an own
//! schema, TLS wherever the server is another machine, and a bound on every statement.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgSslMode};
use thiserror::Error;

use crate::guest::Neighbour;

/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Bounds of the server on what this program asks: one statement, one wait for a lock, one transaction
/// that does nothing.
const BOUNDS: &[(&str, &str)] = &[
    ("statement_timeout", "5s"),
    ("lock_timeout", "4s"),
    ("idle_in_transaction_session_timeout", "30s"),
    ("idle_session_timeout", "0"),
];

/// Letters of a schema's name at most (PostgreSQL documentation, "Identifiers").
const NAME_MAX: usize = 63;

/// How the line to another machine is kept private. To this machine itself it may be plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Encrypted, and the server's certificate checked.
    Verify,
    /// Encrypted.
    Require,
}

/// Where the database is.
#[derive(Clone)]
pub struct PostgresConfig {
    options: PgConnectOptions,
    schema: String,
    neighbour: Option<Neighbour>,
    compatibility_views: bool,
}

/// An address that cannot be used.
#[derive(Debug, Error)]
pub enum AddressError {
    /// No address of a database. Its text is not repeated, as it may hold a password.
    #[error(
        "the database address does not read, allowed is postgres://USER:PASSWORD@HOST:PORT/NAME"
    )]
    Url,
    /// No name of a database.
    #[error(
        "the database address names no database, allowed is postgres://USER:PASSWORD@HOST:PORT/NAME"
    )]
    NoDatabase,
    /// No name of a neighbour's table.
    #[error("table `{found}`, allowed is SCHEMA.TABLE, such as public.securities")]
    Table {
        /// As given.
        found: String,
    },
    /// No name of a schema of its own.
    #[error(
        "schema `{found}`, allowed are lower-case letters, digits and underscores, beginning with a \
         letter, at most 63, neither `public` nor beginning with `pg_`"
    )]
    Schema {
        /// As given.
        found: String,
    },
}

impl PostgresConfig {
    /// The database that `url` names, such as `postgres://user:password@host:5432/name`.
    pub fn from_url(url: &SecretString) -> Result<Self, AddressError> {
        let url = url.expose_secret();
        if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            return Err(AddressError::Url);
        }
        let options =
            PgConnectOptions::from_str(url).map_err(|_may_hold_a_password| AddressError::Url)?;
        if options.get_database().is_none_or(str::is_empty) {
            return Err(AddressError::NoDatabase);
        }
        Ok(Self::with(options))
    }

    /// The database `name` at `host`.
    pub fn from_parts(
        host: &str,
        port: u16,
        name: &str,
        user: &str,
        password: Option<&SecretString>,
    ) -> Self {
        let options = PgConnectOptions::new_without_pgpass()
            .host(host)
            .port(port)
            .database(name)
            .username(user);
        Self::with(match password {
            Some(password) => options.password(password.expose_secret()),
            None => options,
        })
    }

    fn with(options: PgConnectOptions) -> Self {
        let config = Self {
            options,
            schema: "catalyst_intl".to_owned(),
            neighbour: None,
            compatibility_views: false,
        };
        config.tls(Tls::Verify, None)
    }

    /// The same in another schema.
    pub fn in_schema(self, schema: &str) -> Result<Self, AddressError> {
        let is_word =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        let begins = schema.starts_with(|letter: char| letter.is_ascii_lowercase());
        let is_own = schema != "public" && !schema.starts_with("pg_");
        if !begins || !is_own || !schema.chars().all(is_word) || schema.len() > NAME_MAX {
            return Err(AddressError::Schema {
                found: schema.to_owned(),
            });
        }
        Ok(Self {
            schema: schema.to_owned(),
            ..self
        })
    }

    /// The same with security ids copied from the neighbour's `table`, such as `public.securities`.
    pub fn reading(self, table: &str) -> Result<Self, AddressError> {
        let neighbour = Neighbour::parse(table).ok_or_else(|| AddressError::Table {
            found: table.to_owned(),
        })?;
        Ok(Self {
            neighbour: Some(neighbour),
            ..self
        })
    }

    /// The same with read-only views for the older system, made when the schema is migrated.
    #[must_use]
    pub fn with_compatibility_views(self, wanted: bool) -> Self {
        Self {
            compatibility_views: wanted,
            ..self
        }
    }

    pub(crate) const fn neighbour(&self) -> Option<&Neighbour> {
        self.neighbour.as_ref()
    }

    pub(crate) const fn has_compatibility_views(&self) -> bool {
        self.compatibility_views
    }

    /// The same with the line kept private as `tls` says; `ca` is the file of a private authority.
    #[must_use]
    pub fn tls(mut self, tls: Tls, ca: Option<PathBuf>) -> Self {
        if let Some(ca) = ca {
            self.options = self.options.ssl_root_cert(ca);
        }
        let mode = match (self.is_local(), tls) {
            (true, _) => PgSslMode::Prefer,
            (false, Tls::Verify) => PgSslMode::VerifyFull,
            (false, Tls::Require) => PgSslMode::Require,
        };
        self.options = self.options.ssl_mode(mode);
        self
    }

    /// The schema of the journal.
    pub fn schema(&self) -> &str {
        &self.schema
    }

    /// The role that connects.
    pub fn user(&self) -> &str {
        self.options.get_username()
    }

    /// The database.
    pub fn database(&self) -> &str {
        self.options.get_database().unwrap_or("")
    }

    /// Where it is, for people; never a password.
    pub fn place(&self) -> String {
        let host = self.options.get_host();
        let port = self.options.get_port();
        format!(
            "postgres://{host}:{port}/{}, schema {}",
            self.database(),
            self.schema
        )
    }

    /// True for a server on this machine.
    fn is_local(&self) -> bool {
        let host = self.options.get_host();
        let is_loopback = host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback());
        host == "localhost"
            || host.starts_with('/')
            || is_loopback
            || self.options.get_socket().is_some()
    }
}

/// Where it is; neither user nor password.
impl fmt::Debug for PostgresConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PostgresConfig")
            .field(&self.place())
            .finish()
    }
}

/// How a connection is made: nothing but the own schema is seen, and nothing waits for ever.
pub(crate) fn connect_options(config: &PostgresConfig) -> PgConnectOptions {
    config
        .options
        .clone()
        .application_name("catalyst")
        .options([("search_path", config.schema.as_str())])
        .options(BOUNDS.iter().copied())
}

/// Why there is no first connection.
#[derive(Debug, Error)]
pub(crate) enum ConnectError {
    /// The pool tries on while nothing listens or the server is crowded, and then says only that it
    /// has waited.
    #[error(
        "no connection within {} seconds: nothing listens there, or the server is starting or has no \
         connection free",
        CONNECT_TIMEOUT.as_secs()
    )]
    Waited,
    /// It was refused.
    #[error(transparent)]
    Refused(sqlx::Error),
}

impl From<sqlx::Error> for ConnectError {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            Self::Waited
        } else {
            Self::Refused(error)
        }
    }
}

/// A pool of one connection, made when it is first needed and again when it is lost.
pub(crate) async fn pool(config: &PostgresConfig) -> Result<PgPool, ConnectError> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(CONNECT_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(connect_options(config))
        .await?;
    Ok(pool)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(url: &str) -> Result<PostgresConfig, AddressError> {
        PostgresConfig::from_url(&SecretString::from(url))
    }

    #[test]
    fn another_machine_is_never_spoken_to_in_the_clear() {
        for (url, mode) in [
            (
                "postgres://u@db.example.com/trading?sslmode=disable",
                "VerifyFull",
            ),
            (
                "postgres://u@10.0.0.7:5433/trading?sslmode=prefer",
                "VerifyFull",
            ),
            ("postgres://u@127.0.0.1/trading", "Prefer"),
            ("postgres://u@localhost/trading", "Prefer"),
        ] {
            let found = format!("{:?}", config(url).unwrap().options.get_ssl_mode());
            assert_eq!(found, mode, "{url}");
        }
    }

    #[test]
    fn a_password_is_shown_nowhere() {
        let config = config("postgres://owner:open-sesame@127.0.0.1:5432/trading").unwrap();

        assert_eq!(
            config.place(),
            "postgres://127.0.0.1:5432/trading, schema catalyst_intl"
        );
        assert!(!format!("{config:?}").contains("sesame"));
    }

    #[test]
    fn a_schema_that_is_not_the_guests_own_is_refused() {
        for schema in ["public", "pg_temp", "Catalyst", "a b", "", "1a", "x\"y"] {
            let refused = config("postgres://u@localhost/t")
                .unwrap()
                .in_schema(schema);
            assert!(refused.is_err(), "{schema}");
        }
    }
}
