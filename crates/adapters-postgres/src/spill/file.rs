//! The write-ahead file: one batch a line, on the disk before `append` returns.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::store::Batch;

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

    /// The batches that wait, oldest first. A last line without its end was never acknowledged and
    /// does not count.
    pub(crate) fn batches(&self) -> io::Result<Vec<Batch>> {
        let text = std::fs::read_to_string(&self.path)?;
        let whole = text
            .rfind('\n')
            .map_or("", |end| text.get(..end).unwrap_or(""));
        whole
            .lines()
            .enumerate()
            .map(|(line, batch)| {
                serde_json::from_str(batch).map_err(|why| {
                    let path = self.path.display();
                    io::Error::other(format!("{path}, line {}: {why}", line + 1))
                })
            })
            .collect()
    }

    /// Adds a batch behind the others.
    pub(crate) fn append(&self, batch: &Batch) -> io::Result<()> {
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
        std::fs::remove_file(&self.path)?;
        sync_folder(&self.path)?;
        self.waits.store(false, Ordering::Release);
        Ok(())
    }
}

/// Makes the coming or going of a file durable.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::{AnyRow, batch};

    fn a_batch(number: i64) -> Batch {
        let row = AnyRow::Batch(batch::Model {
            id: 0,
            cycle_id: 7,
            number,
            hash: Vec::new(),
        });
        Batch {
            cycle: 7,
            number,
            rows: vec![row],
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
        file.write_all(b"{\"cycle\":7,\"number\":3").unwrap();

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
