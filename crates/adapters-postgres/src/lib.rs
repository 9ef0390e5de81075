//! The journal in a database: one SeaORM store behind the port, on an SQLite file as the embedded
//! default, and the file lock that keeps two runs apart.
//!
//! The store speaks to any SeaORM connection; what differs by engine is how a connection is opened
//! (`sqlite`) and the text of the migrations.

mod entity;
mod file_lock;
mod migration;
mod sqlite;
mod store;
mod translate;

pub use file_lock::FileLock;
pub use sqlite::{OpenError, SqliteJournal};
pub use store::{BindError, MarketRules};
