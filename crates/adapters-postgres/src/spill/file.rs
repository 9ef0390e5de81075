//! The write-ahead file: one batch a line, on the disk before `append` returns.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use crate::flag_file::sync_folder;
use crate::store::Batch;

/// A batch with the journal that it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// The seal of the book's row.
    pub(crate) journal: String,
    /// What is to be kept.
    pub(crate) batch: Batch,
}

/// The file of one state folder. Whoever writes it holds the run's lock.
#[derive(Debug)]
pub(crate) struct Spill {
    path: PathBuf,
    /// Whether anything is in the file.
    waits: AtomicBool,
}

impl Spill {
    /// The file at `path`; there is none while nothing waits.
    pub(crate) fn at(path: PathBuf) -> io::Result<Self> {
        let waits = path.try_exists()?;
        Ok(Self {
            path,
            waits: AtomicBool::new(waits),
        })
    }

    /// True while batches wait.
    pub(crate) fn waits(&self) -> bool {
        self.waits.load(Ordering::Acquire)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The batches that wait, oldest first. A last line without its end was never acknowledged and
    /// does not count.
    pub(crate) fn batches(&self) -> io::Result<Vec<Waiting>> {
        let bytes = match std::fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let end = bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
        let whole = bytes.get(..end).unwrap_or(&[]);
        whole
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .enumerate()
            .map(|(line, batch)| {
                serde_json::from_slice(batch).map_err(|why| {
                    let path = self.path.display();
                    io::Error::other(format!("{path}, line {}: {why}", line + 1))
                })
            })
            .collect()
    }

    /// Adds a batch behind the others.
    pub(crate) fn append(&self, batch: &Waiting) -> io::Result<()> {
        let mut line = serde_json::to_vec(batch)?;
        line.push(b'\n');
        let is_new = !self.path.try_exists()?;
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)?;
        let before = file.metadata()?.len();
        let written = file.write_all(&line).and_then(|()| file.sync_all());
        if let Err(failure) = written {
            file.set_len(before)?;
            return Err(failure);
        }
        if is_new {
            sync_folder(&self.path)?;
        }
        self.waits.store(true, Ordering::Release);
        Ok(())
    }

    /// Removes what has reached the database.
    pub(crate) fn clear(&self) -> io::Result<()> {
        match std::fs::remove_file(&self.path) {
            Ok(()) => sync_folder(&self.path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        self.waits.store(false, Ordering::Release);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::{AnyRow, batch};

    fn a_batch(number: i64) -> Waiting {
        let row = AnyRow::Batch(batch::Model {
            id: 0,
            cycle_id: 7,
            number,
            hash: Vec::new(),
        });
        let batch = Batch {
            cycle: 7,
            number,
            rows: vec![row],
        };
        Waiting {
            journal: "5e".to_owned(),
            batch,
        }
    }

    #[test]
    fn batches_come_back_in_order_and_a_torn_line_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pending.jsonl");
        let spill = Spill::at(path.clone()).unwrap();
        assert!(!spill.waits());
        spill.append(&a_batch(1)).unwrap();
        spill.append(&a_batch(2)).unwrap();
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"journal\":\"\xe6\x9d").unwrap();

        let again = Spill::at(path.clone()).unwrap();

        assert!(again.waits());
        assert_eq!(again.batches().unwrap(), [a_batch(1), a_batch(2)]);
        again.clear().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn a_line_that_does_not_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pending.jsonl");
        std::fs::write(&path, "{}\n").unwrap();

        let refused = Spill::at(path).unwrap().batches().unwrap_err();

        assert!(refused.to_string().contains("line 1"), "{refused}");
    }
}
