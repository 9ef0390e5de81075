//! Whose the server is: PostgreSQL refuses to run as root, and tests in a container often do.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::error::ClusterError;
use super::run::run;

/// Accounts that root gives the server to, the first that exists.
const STAND_INS: [&str; 2] = ["postgres", "nobody"];

/// The account that runs the server and owns its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    /// Its number.
    pub(super) uid: u32,
    /// The number of its first group, where the tests are root and stand aside for it.
    stand_in: Option<u32>,
}

impl Account {
    /// The account of the tests, or a stand-in for root.
    pub(super) fn find() -> Result<Self, ClusterError> {
        let uid = id(&["-u"])?;
        if uid != 0 {
            return Ok(Self {
                uid,
                stand_in: None,
            });
        }
        STAND_INS
            .iter()
            .find_map(|name| {
                let (uid, gid) = (id(&["-u", name]).ok()?, id(&["-g", name]).ok()?);
                Some(Self {
                    uid,
                    stand_in: Some(gid),
                })
            })
            .ok_or(ClusterError::NoAccount)
    }

    /// A command that runs as this account, in a folder that is its own.
    pub(super) fn command(self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder);
        if let Some(gid) = self.stand_in {
            command.uid(self.uid).gid(gid);
        }
        command
    }

    /// Makes a folder of this account, which must not be there yet.
    pub(super) fn make_folder(self, path: &Path) -> Result<(), ClusterError> {
        let made = std::fs::create_dir(path).and_then(|()| match self.stand_in {
            Some(gid) => std::os::unix::fs::chown(path, Some(self.uid), Some(gid)),
            None => Ok(()),
        });
        made.map_err(ClusterError::io(format!("making {}", path.display())))
    }

    /// Where folders of clusters are made. The temporary folder of root may be closed to others.
    pub(super) fn scratch(self) -> PathBuf {
        match self.stand_in {
            Some(_) => "/tmp".into(),
            None => std::env::temp_dir(),
        }
    }
}

fn id(arguments: &[&str]) -> Result<u32, ClusterError> {
    let mut command = Command::new("id");
    command.args(arguments);
    let said = run(command)?;
    said.trim()
        .parse()
        .map_err(|_unreadable| ClusterError::Refused {
            program: "id".to_owned(),
            said,
        })
}
