//! The daily log files: how long they stay, and how much room they may take.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use catalyst_domain::calendar::TradingDate;

/// Before and after the date in the name of a daily file.
const NAME: (&str, &str) = ("catalyst-", ".log");

/// What may stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Keep {
    /// Days before today's whose files stay.
    pub(crate) days: u32,
    /// Bytes of all of them together, today's counted but never taken.
    pub(crate) bytes: u64,
}

/// The file of a date in the folder.
pub(crate) fn of_date(folder: &Path, date: TradingDate) -> PathBuf {
    folder.join(format!("{}{date}{}", NAME.0, NAME.1))
}

/// Deletes the daily files that are too old, then the oldest of the rest until they fit. Whatever is not
/// a plain file with the exact name of an earlier day's log is not looked at.
pub(crate) fn prune(folder: &Path, today: TradingDate, keep: Keep) -> io::Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(date) = name.to_str().and_then(date_in) else {
            continue;
        };
        if entry.file_type()?.is_file() {
            files.push((date, entry.path(), entry.metadata()?.len()));
        }
    }
    files.sort();
    let mut bytes: u64 = files.iter().map(|(_, _, length)| length).sum();
    for (date, path, length) in files.into_iter().filter(|(date, ..)| *date < today) {
        let age = (today.as_naive() - date.as_naive()).num_days();
        if age > i64::from(keep.days) || bytes > keep.bytes {
            remove(&path)?;
            bytes = bytes.saturating_sub(length);
        }
    }
    Ok(())
}

fn date_in(name: &str) -> Option<TradingDate> {
    let text = name.strip_prefix(NAME.0)?.strip_suffix(NAME.1)?;
    let date: TradingDate = text.parse().ok()?;
    (date.to_string() == text).then_some(date)
}

/// Another run may prune at the same time and be first.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        ended => ended,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::{Keep, prune};

    const ROOMY: u64 = 1_000_000;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn filled(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            fs::write(folder.path().join(name), "0123456789").unwrap();
        }
        folder
    }

    #[test]
    fn only_daily_files_that_are_too_old_go() {
        let own = ["catalyst-2026-10-23.log", "catalyst-2026-10-24.log"];
        let foreign = [
            "catalyst-2026-01-01.log.gz",
            "catalyst-2026-1-1.log",
            "catalyst-old.log",
            "notes-2020-01-01.log",
        ];
        let folder = filled(&[own.as_slice(), &foreign].concat());
        fs::create_dir(folder.path().join("catalyst-2020-01-01.log")).unwrap();
        let elsewhere = folder.path().join("catalyst-old.log");
        symlink(elsewhere, folder.path().join("catalyst-2020-01-02.log")).unwrap();
        let keep = Keep {
            days: 30,
            bytes: ROOMY,
        };

        prune(folder.path(), "2026-11-23".parse().unwrap(), keep).unwrap();

        assert_eq!(
            names(folder.path()),
            [
                "catalyst-2020-01-01.log",
                "catalyst-2020-01-02.log",
                "catalyst-2026-01-01.log.gz",
                "catalyst-2026-1-1.log",
                "catalyst-2026-10-24.log",
                "catalyst-old.log",
                "notes-2020-01-01.log",
            ]
        );
    }

    #[test]
    fn the_oldest_make_room_and_todays_stays_however_long() {
        let folder = filled(&[
            "catalyst-2026-11-19.log",
            "catalyst-2026-11-20.log",
            "catalyst-2026-11-23.log",
        ]);
        let keep = |bytes| Keep { days: 30, bytes };
        let today = "2026-11-23".parse().unwrap();

        prune(folder.path(), today, keep(20)).unwrap();
        assert_eq!(
            names(folder.path()),
            ["catalyst-2026-11-20.log", "catalyst-2026-11-23.log"]
        );
        prune(folder.path(), today, keep(1)).unwrap();
        assert_eq!(names(folder.path()), ["catalyst-2026-11-23.log"]);
    }
}
