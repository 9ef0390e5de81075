//! The file of the simulated account: one line each time it was kept, the whole account as JSON. The last line
//! that ends is the account.
//!
//! A line more costs a tenth of a file in another's place, and is as whole after a kill or with a full disk: a line
//! that was torn has no end, so it is passed over, and what is kept next begins the file anew. Nothing is forced to
//! the disk: after a loss of power a simulated account may be older than its journal.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use catalyst_adapters_sim::exchange::SavedExchange;
use catalyst_adapters_sim::world::SimWorld;

use super::ComposeError;

/// Bytes after which the file begins anew.
const LENGTH_MAX: u64 = 1024 * 1024;

/// Lines that it takes all the same, of an account that alone is nearly as long.
const LINES_MIN: u64 = 4;

/// Bytes of the end that are read first; most accounts are shorter.
const TAIL: u64 = 16 * 1024;

/// The file of the simulated account of `state`.
pub(crate) fn account_file(state: &Path) -> PathBuf {
    state.join("sim-account.json")
}

/// The simulated account as it was saved in `state`, if it was.
pub(crate) fn saved_account(state: &Path) -> Result<Option<SavedExchange>, ComposeError> {
    let path = account_file(state);
    let text = match last(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(ComposeError::File { path, source }),
    };
    let account = serde_json::from_slice(&text)
        .map_err(|source| ComposeError::SavedAccount { path, source })?;
    Ok(Some(account))
}

/// Keeps the account of `world` in `state`, whole or not at all.
pub(super) fn save_account(state: &Path, world: &SimWorld) -> Result<(), ComposeError> {
    let path = account_file(state);
    let text = serde_json::to_string(&world.saved_account()).map_err(|source| {
        ComposeError::SavedAccount {
            path: path.clone(),
            source,
        }
    })?;
    keep(&path, &text).map_err(|source| ComposeError::File { path, source })
}

/// Keeps `account`, which has no line break in it, in the file `path`, whole or not at all.
fn keep(path: &Path, account: &str) -> io::Result<()> {
    let line = format!("{account}\n");
    if let Some(mut file) = open_to_go_on(path, line.len())? {
        return file.write_all(line.as_bytes());
    }
    let fresh = path.with_extension("json.new");
    fs::write(&fresh, line)?;
    fs::rename(&fresh, path)
}

/// The file, where a line of `length` bytes has its place behind those that are there. Where it cannot be
/// written there is none: another file in its place needs leave of the folder alone.
fn open_to_go_on(path: &Path, length: usize) -> io::Result<Option<File>> {
    let Ok(file) = OpenOptions::new().read(true).append(true).open(path) else {
        return Ok(None);
    };
    let there = file.metadata()?.len();
    let room = LENGTH_MAX.max(LINES_MIN.saturating_mul(u64::try_from(length).unwrap_or(u64::MAX)));
    let Some(last) = there.checked_sub(1).filter(|_| there < room) else {
        return Ok(None);
    };
    let mut end = [0];
    let is_read = file.read_exact_at(&mut end, last).is_ok();
    Ok((is_read && end == *b"\n").then_some(file))
}

/// The account in the file `path`: its last line that ends. A text without any line's end is one document.
fn last(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut span = TAIL.min(length);
    loop {
        let mut tail = vec![0; usize::try_from(span).map_err(io::Error::other)?];
        file.read_exact_at(&mut tail, length - span)?;
        if let Some(line) = last_of(&tail, span == length) {
            return Ok(line.to_vec());
        }
        span = span.saturating_mul(4).min(length);
    }
}

/// The last line that ends in `tail`, where it begins in it too; `is_all` says that nothing stands before.
fn last_of(tail: &[u8], is_all: bool) -> Option<&[u8]> {
    let mut lines = tail.rsplit(|byte| *byte == b'\n');
    let torn = lines.next()?;
    match lines.next() {
        Some(line) if is_all || line.len() + torn.len() + 1 < tail.len() => Some(line),
        None if is_all => Some(torn),
        Some(_) | None => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::{LENGTH_MAX, TAIL, keep, last};

    struct Scene {
        path: PathBuf,
        _folder: tempfile::TempDir,
    }

    /// A folder whose file holds `text`.
    fn scene(text: &str) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sim-account.json");
        fs::write(&path, text).unwrap();
        Scene {
            path,
            _folder: folder,
        }
    }

    impl Scene {
        fn text(&self) -> String {
            fs::read_to_string(&self.path).unwrap()
        }

        fn last(&self) -> String {
            String::from_utf8(last(&self.path).unwrap()).unwrap()
        }

        fn keep(&self, account: &str) {
            keep(&self.path, account).unwrap();
        }
    }

    #[test]
    fn the_last_that_was_kept_is_the_account() {
        let scene = scene("");
        fs::remove_file(&scene.path).unwrap();

        scene.keep("one");
        scene.keep("two");

        assert_eq!(scene.last(), "two");
        assert_eq!(scene.text(), "one\ntwo\n");
        assert!(!scene.path.with_extension("json.new").exists());
    }

    #[test]
    fn one_document_without_a_line_s_end_is_the_account_until_the_next_takes_its_place() {
        let scene = scene("one");
        assert_eq!(scene.last(), "one");

        scene.keep("two");

        assert_eq!(scene.text(), "two\n");
    }

    #[test]
    fn a_line_torn_at_any_byte_is_passed_over_and_gone_with_the_next() {
        for cut in 0.."two\n".len() {
            let torn = &"two\n"[..cut];
            let scene = scene(&format!("zero\none\n{torn}"));
            assert_eq!(scene.last(), "one", "{torn}");

            scene.keep("three");

            assert_eq!(scene.last(), "three", "{torn}");
            assert!(!scene.text().contains("two"), "{torn}");
            scene.keep("four");
            assert_eq!(scene.last(), "four", "{torn}");
        }
    }

    #[test]
    fn an_account_of_any_length_is_read_whole() {
        let tail = usize::try_from(TAIL).unwrap();
        for length in [1, tail - 2, tail - 1, tail, tail + 1, 5 * tail, 40 * tail] {
            let long = "x".repeat(length);
            let scene = scene("one\n");
            scene.keep(&long);
            assert!(scene.last() == long, "{length}");

            fs::write(&scene.path, format!("one\n{long}\ntorn")).unwrap();
            assert!(scene.last() == long, "{length}");
            fs::write(&scene.path, &long).unwrap();
            assert!(scene.last() == long, "{length}");
        }
    }

    #[test]
    fn the_file_begins_anew_when_it_is_long_and_takes_a_few_of_a_long_account() {
        let max = usize::try_from(LENGTH_MAX).unwrap();
        let full = scene(&format!("{}\n", "x".repeat(max - 1)));
        full.keep("one");
        assert_eq!(full.text(), "one\n");

        let scene = scene("one\n");
        let lengths: Vec<usize> = (0..6)
            .map(|_| {
                scene.keep(&"y".repeat(max));
                scene.text().lines().count()
            })
            .collect();
        assert_eq!(lengths, [2, 3, 4, 5, 1, 2]);
    }

    #[test]
    fn an_empty_file_is_an_empty_account_and_takes_the_next() {
        let scene = scene("");
        assert_eq!(scene.last(), "");

        scene.keep("one");

        assert_eq!(scene.text(), "one\n");
    }
}
