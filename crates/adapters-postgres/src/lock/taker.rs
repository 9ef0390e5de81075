//! The words in a lock file: who took the lock last, and whether he keeps it longer than he meant to.

use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, Read as _};
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use thiserror::Error;

/// Bytes of the words that are read; there are fewer.
const WORDS_MAX: u64 = 256;

/// Who took a lock.
///
/// ```
/// use catalyst_adapters_postgres::LockTaker;
/// let words = "last taken by process 4711 at 2026-09-14T02:00:00Z for 360 seconds";
/// let taker: LockTaker = words.parse()?;
/// assert_eq!((taker.process, taker.at_most.num_minutes()), (4_711, 6));
/// assert_eq!(taker.to_string(), words);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockTaker {
    /// The number of the process.
    pub process: u32,
    /// When, by the clock of its run, to the second.
    pub since: DateTime<Utc>,
    /// How long it means to keep the lock, to the second.
    pub at_most: TimeDelta,
}

/// Words that nobody writes into a lock file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{found}` does not tell who took the lock")]
pub struct TakerError {
    /// The words.
    pub found: String,
}

impl fmt::Display for LockTaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = self.since.to_rfc3339_opts(SecondsFormat::Secs, true);
        let seconds = self.at_most.num_seconds();
        let process = self.process;
        write!(
            f,
            "last taken by process {process} at {since} for {seconds} seconds"
        )
    }
}

impl FromStr for LockTaker {
    type Err = TakerError;

    fn from_str(words: &str) -> Result<Self, TakerError> {
        taker(words).ok_or_else(|| TakerError {
            found: words.to_owned(),
        })
    }
}

fn taker(words: &str) -> Option<LockTaker> {
    let words = words.strip_prefix("last taken by process ")?;
    let (process, words) = words.split_once(" at ")?;
    let (since, words) = words.split_once(" for ")?;
    let seconds = words.strip_suffix(" seconds")?;
    Some(LockTaker {
        process: process.parse().ok()?,
        since: since.parse().ok()?,
        at_most: TimeDelta::try_seconds(seconds.parse().ok()?)?,
    })
}

/// The holder of the lock at `path` if he keeps it longer than he meant to at `now`, a moment of the machine
/// and not of a run; `None` also where the file is missing or says nothing that can be understood.
///
/// A lock whose words are young is not touched, so that no run finds it taken by somebody who looks.
///
/// # Errors
///
/// Those of the file system.
pub fn overdue(path: &Path, now: SystemTime) -> io::Result<Option<LockTaker>> {
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let mut words = String::new();
    (&file).take(WORDS_MAX).read_to_string(&mut words)?;
    let Ok(taker) = words.trim_end().parse::<LockTaker>() else {
        return Ok(None);
    };
    let kept = now
        .duration_since(file.metadata()?.modified()?)
        .unwrap_or(Duration::ZERO);
    if kept <= taker.at_most.to_std().unwrap_or(Duration::MAX) {
        return Ok(None);
    }
    match file.try_lock_shared() {
        Ok(()) => Ok(None),
        Err(TryLockError::WouldBlock) => Ok(Some(taker)),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Write as _;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::{LockTaker, overdue};

    const WORDS: &str = "last taken by process 4711 at 2026-09-14T02:00:00Z for 360 seconds";

    /// The taker that is overdue so many seconds after the lock was taken.
    fn after(path: &Path, seconds: u64) -> Option<LockTaker> {
        let taken: SystemTime = std::fs::metadata(path).unwrap().modified().unwrap();
        overdue(path, taken + Duration::from_secs(seconds)).unwrap()
    }

    #[test]
    fn only_a_lock_that_is_held_beyond_its_time_is_overdue() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let mut file = File::create(&path).unwrap();
        writeln!(file, "{WORDS}").unwrap();

        assert_eq!(after(&path, 400), None);
        file.lock().unwrap();
        assert_eq!(after(&path, 360), None);
        assert_eq!(after(&path, 361), Some(WORDS.parse().unwrap()));
        drop(file);
        assert_eq!(after(&path, 400), None);
    }

    #[test]
    fn what_says_nothing_is_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        assert_eq!(overdue(&path, SystemTime::UNIX_EPOCH).unwrap(), None);

        for words in [
            "",
            "last taken by process 1 at noon",
            "last taken by process 4711 at 2026-09-14T02:00:00Z",
        ] {
            std::fs::write(&path, words).unwrap();
            let file = File::open(&path).unwrap();
            file.lock().unwrap();
            assert_eq!(after(&path, 1_000_000), None, "{words}");
        }
    }
}
