//! The one cluster of a run. A runner that gives each test a process is the parent of them all, so
//! its number is the name under which they find one another.

use std::fs::{self, File};
use std::os::unix::process::parent_id;
use std::path::PathBuf;

use super::cluster::Cluster;
use super::database::Database;
use super::error::ClusterError;
use super::user::Account;
use super::watchdog;

/// A seat at the cluster that all test processes of one runner share. Nothing in it may be stopped
/// or set; it goes when the runner goes.
#[derive(Debug)]
pub struct Shared {
    pub(super) cluster: Cluster,
}

impl Shared {
    /// The first that comes makes it, the others wait for that and find it.
    pub(super) fn join() -> Result<Self, ClusterError> {
        Self::join_of(parent_id())
    }

    pub(super) fn join_of(runner: u32) -> Result<Self, ClusterError> {
        let account = Account::find()?;
        let (folder, lock) = places(account, runner);
        let lock = File::options()
            .create(true)
            .append(true)
            .open(&lock)
            .and_then(|file| file.lock().map(|()| file))
            .map_err(ClusterError::io(format!("locking {}", lock.display())))?;

        let cluster = match Cluster::running(account, &folder)? {
            Some(cluster) => cluster,
            None => make(account, folder, runner)?,
        };
        drop(lock);
        Ok(Self { cluster })
    }

    /// Makes an empty database that no other test has.
    pub fn database(&self) -> Result<Database, ClusterError> {
        Database::make(self.cluster.server.clone())
    }
}

/// The folder of a runner's cluster, and the file whose lock guards its making.
pub(super) fn places(account: Account, runner: u32) -> (PathBuf, PathBuf) {
    let name = format!("catalyst-pg-{}-{runner}", account.uid);
    let scratch = account.scratch();
    (scratch.join(&name), scratch.join(name + ".lock"))
}

/// Puts a new one where nothing runs. What lies there was left by an earlier runner of this number.
fn make(account: Account, folder: PathBuf, runner: u32) -> Result<Cluster, ClusterError> {
    if folder.exists() {
        let removed = fs::remove_dir_all(&folder);
        removed.map_err(ClusterError::io(format!("removing {}", folder.display())))?;
    }
    account.make_folder(&folder)?;
    watchdog::watch_for(runner, &folder, &places(account, runner).1)?;
    Cluster::make(account, folder, &[])
}
