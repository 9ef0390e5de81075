//! The owner's request to flatten as a file: one line of words; that it is there is the request.

use std::io::ErrorKind;
use std::path::PathBuf;

use catalyst_ports::flatten_request::{FlattenRequest, FlattenRequests, RequestError};

use crate::flag_file::{put, take_away};

/// Characters of the words that are kept.
const WORDS_MAX: usize = 500;

/// The file of one state folder.
#[derive(Debug)]
pub struct FlattenFile {
    path: PathBuf,
}

impl FlattenFile {
    /// The request at `path`; there need not be any.
    pub const fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// Asks for everything to be left, for `reason`. Durable when it returns; a request that stands keeps
    /// its words.
    pub fn ask(&self, reason: &str) -> Result<(), RequestError> {
        if self.standing()?.is_some() {
            return Ok(());
        }
        put(&self.path, &format!("{reason}\n")).map_err(failed)
    }
}

impl FlattenRequests for FlattenFile {
    /// A file with nothing readable in it is a request all the same.
    fn standing(&self) -> Result<Option<FlattenRequest>, RequestError> {
        let bytes = match std::fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let text = String::from_utf8_lossy(&bytes);
        let line = text.lines().next().unwrap_or("").trim();
        let reason = if line.is_empty() {
            "asked without a word".to_owned()
        } else {
            line.chars().take(WORDS_MAX).collect()
        };
        Ok(Some(FlattenRequest { reason }))
    }

    fn fulfilled(&self) -> Result<(), RequestError> {
        take_away(&self.path).map_err(failed)
    }
}

fn failed(error: std::io::Error) -> RequestError {
    RequestError {
        source: error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_stands_until_it_is_fulfilled_and_keeps_its_first_words() {
        let folder = tempfile::tempdir().unwrap();
        let requests = FlattenFile::at(folder.path().join("flatten"));
        assert_eq!(requests.standing().unwrap(), None);

        requests.ask("going on holiday").unwrap();
        requests.ask("again").unwrap();
        let again = FlattenFile::at(folder.path().join("flatten"));

        let reason = "going on holiday".to_owned();
        assert_eq!(again.standing().unwrap(), Some(FlattenRequest { reason }));
        again.fulfilled().unwrap();
        again.fulfilled().unwrap();
        assert_eq!(requests.standing().unwrap(), None);
    }

    #[test]
    fn an_empty_file_is_a_request_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("flatten");
        std::fs::write(&path, "").unwrap();

        let reason = "asked without a word".to_owned();
        let standing = FlattenFile::at(path).standing().unwrap();
        assert_eq!(standing, Some(FlattenRequest { reason }));
    }
}
