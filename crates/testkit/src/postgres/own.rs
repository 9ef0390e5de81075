//! A cluster that belongs to one test, which may do with it what it likes.

use super::cluster::Cluster;
use super::database::Database;
use super::error::ClusterError;
use super::port::unique;
use super::user::Account;
use super::watchdog::Watch;

/// A private cluster. Dropped, it is stopped and deleted; so it is when the test is killed.
#[derive(Debug)]
pub struct Own {
    cluster: Cluster,
    _watch: Watch,
}

impl Own {
    pub(super) fn make(settings: &[&str]) -> Result<Self, ClusterError> {
        let account = Account::find()?;
        let folder = account
            .scratch()
            .join(format!("catalyst-pg-{:016x}", unique()));
        account.make_folder(&folder)?;
        let watch = Watch::over(&folder)?;
        Ok(Self {
            cluster: Cluster::make(account, folder, settings)?,
            _watch: watch,
        })
    }

    /// Makes an empty database. It keeps its address over restarts.
    pub fn database(&self) -> Result<Database, ClusterError> {
        Database::make(self.cluster.server.clone())
    }

    /// Adds a line to `postgresql.conf`, such as `max_connections = 5`; the next start reads it.
    pub fn conf(&self, setting: &str) -> Result<(), ClusterError> {
        self.cluster.set(setting)
    }

    /// Ends every connection and shuts the server down in good order.
    pub fn stop(&self) -> Result<(), ClusterError> {
        self.cluster.stop("fast")
    }

    /// Ends the server as if it had been killed: what was not committed is lost, and the next start
    /// recovers from the log.
    pub fn crash(&self) -> Result<(), ClusterError> {
        self.cluster.stop("immediate")
    }

    /// Starts a server that was stopped, on the same port, and waits until it answers.
    pub fn start(&self) -> Result<(), ClusterError> {
        self.cluster.start()
    }

    /// Stops it in good order and starts it.
    pub fn restart(&self) -> Result<(), ClusterError> {
        self.stop()?;
        self.start()
    }
}
