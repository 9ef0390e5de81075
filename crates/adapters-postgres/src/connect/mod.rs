//! How a database is reached. The store behind it does not know which of the two it is.

mod failure;
mod postgres;
mod sqlite;

pub use failure::OpenError;
pub use postgres::{AddressError, PostgresConfig, Tls};
pub(crate) use postgres::{connect_options, pool};
pub(crate) use sqlite::{open_file, open_in_memory};
