//! The user's crontab: through the command of that name, or as a file below a scratch root.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::touched::{Touch, failed};
use crate::commands::Failure;
use crate::exit::ExitCode;

/// What `crontab -l` says where there is nothing yet; it ends with 1 then, as it does when it fails.
const NOTHING_YET: &str = "no crontab for";

/// Where it is.
pub(super) enum Crontab {
    /// The running system's, which only its command may touch.
    Own,
    /// A file of the same name and place below a root.
    Below(PathBuf),
}

impl Crontab {
    /// The crontab of `user` below `root`, or of this very process.
    pub(super) fn of(root: Option<&Path>, user: &str) -> Self {
        match root {
            Some(root) => Self::Below(root.join("var/spool/cron/crontabs").join(user)),
            None => Self::Own,
        }
    }

    /// What it holds; empty where there is none.
    pub(super) fn read(&self) -> Result<String, Failure> {
        match self {
            Self::Below(path) => match fs::read_to_string(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
                read => read.map_err(failed(path, Touch::Read)),
            },
            Self::Own => {
                let output = Command::new("crontab")
                    .arg("-l")
                    .output()
                    .map_err(|error| missing(&error))?;
                let said = String::from_utf8_lossy(&output.stderr);
                if output.status.success() {
                    String::from_utf8(output.stdout).map_err(Failure::failed)
                } else if said.contains(NOTHING_YET) {
                    Ok(String::new())
                } else {
                    Err(Failure::failed(format!("crontab -l: {}", said.trim())))
                }
            }
        }
    }

    /// Puts `text` in its place.
    pub(super) fn write(&self, text: &str) -> Result<(), Failure> {
        match self {
            Self::Below(path) => {
                let written = write_file(path, text);
                written.map_err(failed(path, Touch::Written))
            }
            Self::Own => {
                let mut command = Command::new("crontab");
                let mut child = command
                    .arg("-")
                    .stdin(Stdio::piped())
                    .spawn()
                    .map_err(|error| missing(&error))?;
                if let Some(mut input) = child.stdin.take() {
                    input.write_all(text.as_bytes())?;
                }
                if child.wait()?.success() {
                    Ok(())
                } else {
                    Err(Failure::failed("crontab - did not take the lines"))
                }
            }
        }
    }
}

impl fmt::Display for Crontab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("the user's crontab"),
            Self::Below(path) => write!(f, "{}", path.display()),
        }
    }
}

fn write_file(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(path)?.write_all(text.as_bytes())
}

fn missing(error: &io::Error) -> Failure {
    let hint = "install cron, or add --systemd; `catalyst install` alone prints the lines";
    Failure::new(
        format!("crontab cannot be started: {error}"),
        ExitCode::Failed,
        hint,
    )
}
