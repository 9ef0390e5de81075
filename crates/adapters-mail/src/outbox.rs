//! The outbox: alerts in a file of the state folder, one JSON line each, while the journal is away.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use catalyst_ports::notifier::{Alert, Outbox, SetAside, Undelivered};
use catalyst_ports::tool::Severity;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tracing::error;

/// A file that several processes may add to.
#[derive(Debug)]
pub struct FileOutbox {
    path: PathBuf,
    /// Bytes that were read; only they are forgotten.
    seen: AtomicUsize,
}

/// One line.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    severity: String,
    subject: String,
    message: String,
    run: Option<String>,
    micros: i64,
    delivered: bool,
}

impl FileOutbox {
    /// The outbox at `path`, whose folder must exist. The file is made with the first alert.
    pub const fn at(path: PathBuf) -> Self {
        Self {
            path,
            seen: AtomicUsize::new(0),
        }
    }

    fn append(&self, line: &Line) -> io::Result<()> {
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)?;
        file.lock()?;
        file.write_all(text.as_bytes())?;
        file.sync_data()
    }

    /// Everything there is, and the file, locked; `None` where there is none.
    fn locked(&self) -> io::Result<Option<(File, Vec<u8>)>> {
        let mut file = match OpenOptions::new().read(true).write(true).open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        file.lock()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(Some((file, bytes)))
    }

    fn forget(&self) -> io::Result<()> {
        let Some((mut file, bytes)) = self.locked()? else {
            return Ok(());
        };
        let later = bytes
            .get(self.seen.load(Ordering::Relaxed)..)
            .unwrap_or(&[]);
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(later)?;
        file.sync_data()
    }
}

fn line_of(aside: &SetAside) -> Line {
    let alert = &aside.alert;
    Line {
        severity: alert.severity.as_str().to_owned(),
        subject: alert.subject.clone(),
        message: alert.message.clone(),
        run: alert.run.map(|run| run.to_string()),
        micros: alert.at.timestamp_micros(),
        delivered: aside.delivered,
    }
}

/// The alert of a line; `None` for one that was cut off while it was written.
fn aside_of(text: &str) -> Option<SetAside> {
    let line: Line = serde_json::from_str(text).ok()?;
    let severity = [Severity::Info, Severity::Warning, Severity::Critical]
        .into_iter()
        .find(|severity| severity.as_str() == line.severity)?;
    let at: DateTime<Utc> = DateTime::from_timestamp_micros(line.micros)?;
    Some(SetAside {
        alert: Alert {
            severity,
            subject: line.subject,
            message: line.message,
            run: line.run.and_then(|run| run.parse().ok()),
            at,
        },
        delivered: line.delivered,
    })
}

fn failed(error: io::Error) -> Undelivered {
    Undelivered {
        source: error.into(),
    }
}

impl Outbox for FileOutbox {
    fn put(&self, aside: &SetAside) -> Result<(), Undelivered> {
        self.append(&line_of(aside)).map_err(failed)
    }

    fn waiting(&self) -> Result<Vec<SetAside>, Undelivered> {
        let Some((_file, bytes)) = self.locked().map_err(failed)? else {
            return Ok(Vec::new());
        };
        self.seen.store(bytes.len(), Ordering::Relaxed);
        let text = String::from_utf8_lossy(&bytes);
        let mut waiting = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            if let Some(aside) = aside_of(line) {
                waiting.push(aside);
            } else {
                error!(line, "a line of the outbox does not read");
            }
        }
        Ok(waiting)
    }

    fn clear(&self) -> Result<(), Undelivered> {
        self.forget().map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aside(subject: &str, delivered: bool) -> SetAside {
        SetAside {
            alert: Alert {
                severity: Severity::Critical,
                subject: subject.to_owned(),
                message: "two\nlines".to_owned(),
                run: Some("g20260914-1031.1".parse().unwrap()),
                at: "2026-09-14T02:31:05.000007Z".parse().unwrap(),
            },
            delivered,
        }
    }

    #[test]
    fn what_is_put_waits_in_order_until_it_is_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let outbox = FileOutbox::at(folder.path().join("outbox.jsonl"));
        let (one, two) = (aside("one", false), aside("two", true));
        assert_eq!(outbox.waiting().unwrap(), []);

        outbox.put(&one).unwrap();
        outbox.put(&two).unwrap();

        assert_eq!(outbox.waiting().unwrap(), [one, two]);
        outbox.clear().unwrap();
        assert_eq!(outbox.waiting().unwrap(), []);
    }

    #[test]
    fn what_another_process_adds_in_between_is_not_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.jsonl");
        let (mine, other) = (FileOutbox::at(path.clone()), FileOutbox::at(path));
        mine.put(&aside("one", false)).unwrap();
        assert_eq!(mine.waiting().unwrap().len(), 1);

        other.put(&aside("late", false)).unwrap();
        mine.clear().unwrap();

        assert_eq!(mine.waiting().unwrap(), [aside("late", false)]);
    }

    #[test]
    fn a_line_cut_off_by_a_crash_hides_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.jsonl");
        let outbox = FileOutbox::at(path.clone());
        outbox.put(&aside("one", false)).unwrap();
        let mut file = OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(b"{\"severity\":\"crit\n").unwrap();

        outbox.put(&aside("two", false)).unwrap();

        assert_eq!(
            outbox.waiting().unwrap(),
            [aside("one", false), aside("two", false)]
        );
    }
}
