//! The journal in a database: one SeaORM store behind the port, on PostgreSQL for real use and on an
//! SQLite file as the embedded default, and the locks that keep two runs apart.
//!
//! The store speaks to any SeaORM connection; what differs by engine is how a connection is made
//! (`connect`) and a few words of the schema (`migration::dialect`). Rows are only ever added, each
//! sealed over itself and the row before (`store::chain`).

mod connect;
mod database;
mod entity;
mod flag_file;
mod flatten_file;
mod guest;
mod halt_file;
mod hex;
mod journal;
mod lock;
mod migration;
mod recall;
mod refused;
mod spill;
mod store;
mod translate;
mod trouble;

pub use connect::{AddressError, OpenError, PostgresConfig, Tls};
pub use database::{Database, check_contract, migrate_postgres, schema_version};
pub use flatten_file::FlattenFile;
pub use guest::{ColumnFound, role_script};
pub use halt_file::HaltFile;
pub use journal::SqlJournal;
pub use lock::{BothLocks, FileLock, LockTaker, SessionLock, overdue};
pub use store::{BindError, Book, MarketRules};
pub use trouble::is_damage;
