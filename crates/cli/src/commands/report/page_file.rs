//! The page as a file: whole or not at all, and over nothing but an earlier page.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::html::GENERATOR;
use crate::commands::Failure;
use crate::exit::ExitCode;

/// Bytes of a page within which it says what wrote it.
const HEAD_MAX: u64 = 512;

/// Writes `page` to `path`, through a file beside it that takes its name at the end. A file there that is
/// neither empty nor an earlier page is refused: it may be the journal.
pub(super) fn save(path: &Path, page: &str) -> Result<(), Failure> {
    let target = fs::canonicalize(path).unwrap_or_else(|_fresh| path.to_owned());
    let refused =
        |error: io::Error| Failure::usage(format!("{} cannot be written: {error}", path.display()));
    if !may_be_replaced(&target).map_err(refused)? {
        return Err(Failure::new(
            format!("{} is there, and is no page of a report", path.display()),
            ExitCode::Usage,
            "name a new file with --html FILE",
        ));
    }
    replace(&target, page).map_err(refused)
}

fn may_be_replaced(target: &Path) -> io::Result<bool> {
    let found = match fs::metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        found => found?,
    };
    if !found.is_file() || found.len() == 0 {
        return Ok(found.is_file());
    }
    let mut head = Vec::new();
    File::open(target)?.take(HEAD_MAX).read_to_end(&mut head)?;
    Ok(is_page(&String::from_utf8_lossy(&head)))
}

fn is_page(head: &str) -> bool {
    let generator = format!("<meta name=\"generator\" content=\"{GENERATOR}\">");
    head.starts_with("<!DOCTYPE html>") && head.contains(&generator)
}

fn replace(target: &Path, page: &str) -> io::Result<()> {
    let fresh = beside(target);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&fresh)?;
    let written = file
        .write_all(page.as_bytes())
        .and_then(|()| fs::rename(&fresh, target));
    if written.is_err() {
        fs::remove_file(&fresh)?;
    }
    written
}

/// A hidden name in the folder of `target` that no other run uses.
fn beside(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.extend(target.file_name());
    name.push(format!(".{}.new", std::process::id()));
    target.with_file_name(name)
}
