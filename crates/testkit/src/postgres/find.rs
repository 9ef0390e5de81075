//! Where the programs of PostgreSQL are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::error::ClusterError;
use super::run::run;

/// The oldest that the journal is made for.
const MAJOR_MIN: u32 = 15;

/// Debian keeps each major version in a folder of its own here, outside the path.
const DEBIAN: &str = "/usr/lib/postgresql";

const NEEDED: [&str; 4] = ["initdb", "pg_ctl", "psql", "pg_dump"];

/// The programs of one installation.
#[derive(Debug, Clone)]
pub(super) struct Programs {
    /// `None` where the path finds them.
    folder: Option<PathBuf>,
}

impl Programs {
    /// Debian's newest, else what is on the path.
    pub(super) fn find() -> Result<Self, ClusterError> {
        if let Some(folder) = newest_in(Path::new(DEBIAN)) {
            return Ok(Self {
                folder: Some(folder),
            });
        }
        let mut version = Command::new("pg_ctl");
        version.arg("--version");
        match run(version) {
            Ok(said) if major_in(&said) >= Some(MAJOR_MIN) => Ok(Self { folder: None }),
            Ok(_) | Err(_) => Err(ClusterError::NotInstalled),
        }
    }

    /// What starts the program of this name.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        match &self.folder {
            Some(folder) => folder.join(name),
            None => name.into(),
        }
    }
}

/// The `bin` of the highest version in a folder of versions that has every program.
fn newest_in(versions: &Path) -> Option<PathBuf> {
    fs::read_dir(versions)
        .ok()?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let major: u32 = entry.file_name().to_str()?.parse().ok()?;
            Some((major, entry.path().join("bin")))
        })
        .filter(|(major, _)| *major >= MAJOR_MIN)
        .filter(|(_, folder)| NEEDED.iter().all(|name| folder.join(name).is_file()))
        .max_by_key(|(major, _)| *major)
        .map(|(_, folder)| folder)
}

/// The major version in what `--version` prints: `pg_ctl (PostgreSQL) 15.18 (Debian ..)`.
fn major_in(said: &str) -> Option<u32> {
    let (_, number) = said.split_once("(PostgreSQL) ")?;
    let digits = number.split(|letter: char| !letter.is_ascii_digit()).next();
    digits?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{NEEDED, major_in, newest_in};

    #[test]
    fn the_newest_whole_installation_of_fifteen_or_later_is_taken() {
        let home = std::env::temp_dir().join(format!("catalyst-find-{}", std::process::id()));
        for (version, programs) in [
            ("9", &NEEDED[..]),
            ("14", &NEEDED),
            ("15", &NEEDED),
            ("17", &NEEDED),
            ("18", &NEEDED[2..]),
        ] {
            let bin = home.join(version).join("bin");
            fs::create_dir_all(&bin).unwrap();
            for program in programs {
                fs::write(bin.join(program), "").unwrap();
            }
        }

        let found = newest_in(&home);

        fs::remove_dir_all(&home).unwrap();
        assert_eq!(found, Some(home.join("17/bin")));
        assert_eq!(newest_in(&home), None);
    }

    #[test]
    fn the_major_version_is_read_from_releases_and_betas() {
        let debian = "pg_ctl (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n";

        assert_eq!(major_in(debian), Some(15));
        assert_eq!(major_in("pg_ctl (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(major_in("pg_ctl: command not found"), None);
    }
}
