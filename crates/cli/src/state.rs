//! The state folder: everything that outlives a process lies in it, and nowhere else.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::Access;
use thiserror::Error;

use crate::settings::Environment;

/// Read, write and enter for the owner, nothing for others: the folder holds positions and logs.
const OWNER_ONLY: u32 = 0o700;

/// The lock that every run takes here and leaves lying; a folder that holds it could be written before.
pub(crate) const LOCK: &str = "catalyst.lock";

/// A folder; one that was opened exists and can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StateDir {
    path: PathBuf,
}

/// Why there is no state folder.
#[derive(Debug, Error)]
pub(crate) enum StateError {
    /// Nothing says where it is.
    #[error("no state folder: neither --state nor state_dir nor XDG_STATE_HOME nor HOME is set")]
    Nowhere,
    /// It cannot be created or written.
    #[error("state folder {} cannot be written", path.display())]
    NotWritable {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl StateDir {
    /// The folder of `--state`, else of the settings, else of the XDG base directory specification;
    /// created for the owner alone when it does not exist, and held to be writable.
    pub(crate) fn open(
        argument: Option<&Path>,
        setting: Option<&Path>,
        environment: &Environment,
    ) -> Result<Self, StateError> {
        let state = Self::to_read(argument, setting, environment)?;
        state.prepare()?;
        Ok(state)
    }

    /// The same folder for whoever only reads: it need not be there, and nothing is written.
    pub(crate) fn to_read(
        argument: Option<&Path>,
        setting: Option<&Path>,
        environment: &Environment,
    ) -> Result<Self, StateError> {
        let path = match argument.or(setting) {
            Some(path) => path.to_owned(),
            None => standard_folder(environment).ok_or(StateError::Nowhere)?,
        };
        Ok(Self { path })
    }

    /// Makes the folder where there is none, and tries whether it can be written.
    pub(crate) fn prepare(&self) -> Result<(), StateError> {
        prepare(&self.path).map_err(|source| StateError::NotWritable {
            path: self.path.clone(),
            source,
        })
    }

    /// Where the folder is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Where daily log files lie; telemetry creates it.
    pub(crate) fn logs(&self) -> PathBuf {
        self.path.join("logs")
    }
}

fn standard_folder(environment: &Environment) -> Option<PathBuf> {
    let xdg = environment.folder("XDG_STATE_HOME");
    let base = xdg.or_else(|| Some(environment.folder("HOME")?.join(".local/state")))?;
    Some(base.join("catalyst"))
}

/// Makes the folder where there is none, and tries it by writing a file. Where a run has been before, asking the
/// system is enough: it knows of permissions and of a read-only mount, and what else can be in the way of a file
/// meets the run that writes one.
fn prepare(path: &Path) -> io::Result<()> {
    create_for_owner(path)?;
    let is_open = || rustix::fs::access(path, Access::WRITE_OK | Access::EXEC_OK).is_ok();
    if path.join(LOCK).exists() && is_open() {
        return Ok(());
    }
    write_a_file(path)
}

/// The same, always tried by a file: for whoever looks for what is wrong.
pub(crate) fn try_out(path: &Path) -> io::Result<()> {
    create_for_owner(path)?;
    write_a_file(path)
}

/// Permission bits alone do not tell: some folders, such as those of proc(5), take no file from anybody.
fn write_a_file(path: &Path) -> io::Result<()> {
    let probe = path.join(format!(".writable-{}", std::process::id()));
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&probe)?;
    fs::remove_file(&probe)
}

/// Creates a folder and its parents, closed to others; one that exists keeps its permissions.
pub(crate) fn create_for_owner(path: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(OWNER_ONLY)
        .create(path)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;
    use std::time::SystemTime;

    use super::{LOCK, StateDir, StateError, try_out};
    use crate::settings::Environment;

    #[test]
    fn the_argument_comes_before_the_setting_and_the_setting_before_xdg() {
        let root = tempfile::tempdir().unwrap();
        let [argument, setting, xdg] = ["a", "s", "x"].map(|name| root.path().join(name));
        let environment = Environment::of(&[
            ("XDG_STATE_HOME", xdg.to_str().unwrap()),
            ("HOME", "/nonexistent"),
        ]);
        let open = |argument: Option<&Path>, setting: Option<&Path>| {
            let state = StateDir::open(argument, setting, &environment).unwrap();
            state.path().to_owned()
        };

        assert_eq!(open(Some(&argument), Some(&setting)), argument);
        assert_eq!(open(None, Some(&setting)), setting);
        assert_eq!(open(None, None), xdg.join("catalyst"));
    }

    #[test]
    fn without_xdg_the_folder_lies_under_home_and_is_closed_to_others() {
        let home = tempfile::tempdir().unwrap();
        let environment = Environment::of(&[("HOME", home.path().to_str().unwrap())]);

        let state = StateDir::open(None, None, &environment).unwrap();

        assert_eq!(state.path(), home.path().join(".local/state/catalyst"));
        let mode = fs::metadata(state.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        assert_eq!(fs::read_dir(state.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("file");
        fs::write(&file, "").unwrap();
        let folder = file.join("state");

        let error = StateDir::open(Some(&folder), None, &Environment::of(&[])).unwrap_err();

        assert_eq!(
            error.to_string(),
            format!("state folder {} cannot be written", folder.display())
        );
    }

    #[test]
    fn a_folder_in_which_a_run_has_been_is_asked_and_not_written() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path();
        let open = || StateDir::open(Some(folder), None, &Environment::of(&[])).unwrap();
        let long_ago = || {
            let handle = fs::File::open(folder).unwrap();
            handle.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        };
        let is_untouched =
            || fs::metadata(folder).unwrap().modified().unwrap() == SystemTime::UNIX_EPOCH;

        long_ago();
        open();
        assert!(!is_untouched(), "an empty folder is tried");

        fs::write(folder.join(LOCK), "").unwrap();
        long_ago();
        open();
        assert!(is_untouched());
        try_out(folder).unwrap();
        assert!(!is_untouched(), "whoever looks tries it");
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
    }

    #[test]
    fn whoever_only_reads_makes_no_folder() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("state");

        let state = StateDir::to_read(Some(&folder), None, &Environment::of(&[])).unwrap();

        assert_eq!(state.path(), folder);
        assert!(!folder.exists());
    }

    #[test]
    fn without_any_place_the_error_says_where_it_looked() {
        let error = StateDir::open(None, None, &Environment::of(&[])).unwrap_err();

        assert!(matches!(error, StateError::Nowhere));
        assert!(error.to_string().contains("XDG_STATE_HOME"));
    }
}
