//! A real PostgreSQL for tests, 15 or later: clusters of their own that tests start and throw away,
//! never the machine's. It serves TCP on 127.0.0.1 only, trusts every role there, and writes as
//! durably as in service unless a test says otherwise.

mod cluster;
mod database;
mod error;
mod find;
mod own;
mod port;
mod run;
mod server;
mod shared;
#[cfg(test)]
mod tests;
mod user;
mod watchdog;

pub use cluster::Cluster;
pub use database::Database;
pub use error::ClusterError;
pub use own::Own;
pub use shared::Shared;
