//! The file of variables: secrets beside the settings, so that a bare environment such as cron's is
//! enough. No error repeats a line of it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Bytes of such a file; a dozen variables have a hundredth of it.
const FILE_MAX: u64 = 64 * 1024;

/// Permissions of anybody but the owner.
const OF_OTHERS: u32 = 0o077;

/// Why a file of variables is not used.
#[derive(Debug, Error)]
pub(crate) enum EnvFileError {
    /// It cannot be read.
    #[error("file of variables {} cannot be read", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Others may read or write it, and it holds secrets.
    #[error("file of variables {} is open to others (mode {mode:o}), allowed is 600: chmod 600 it", path.display())]
    OpenToOthers {
        /// Which file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// A line that is no variable; its text is not told.
    #[error("line {line} of {} {wrong}", path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        wrong: &'static str,
    },
}

/// The variables of the file that have a value; a name with nothing behind its `=` is not set.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, String>, EnvFileError> {
    let failed = |source| EnvFileError::File {
        path: path.to_owned(),
        source,
    };
    let file = File::open(path).map_err(failed)?;
    let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o777;
    if mode & OF_OTHERS != 0 {
        return Err(EnvFileError::OpenToOthers {
            path: path.to_owned(),
            mode,
        });
    }
    let mut text = String::new();
    let length = file.take(FILE_MAX + 1).read_to_string(&mut text);
    if u64::try_from(length.map_err(failed)?).is_ok_and(|length| length > FILE_MAX) {
        let long = format!("it is longer than {FILE_MAX} bytes");
        return Err(failed(io::Error::other(long)));
    }
    parse(&text).map_err(|(line, wrong)| EnvFileError::Line {
        path: path.to_owned(),
        line,
        wrong,
    })
}

/// `NAME=VALUE` lines. Lines that are empty or begin with `#` count for nothing. A value goes to the end
/// of its line, without the blanks around it; a pair of equal quotes around all of it is taken off.
/// Nothing else in a value means anything: no `$`, no `\`, no `#`.
fn parse(text: &str) -> Result<BTreeMap<String, String>, (usize, &'static str)> {
    let mut found = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |wrong| (index + 1, wrong);
        let (name, value) = line.split_once('=').ok_or(wrong("is not NAME=VALUE"))?;
        if !is_name(name) {
            return Err(wrong("has a name that is not letters, digits and _"));
        }
        let value = unquoted(value.trim()).ok_or(wrong("has a quote without its pair"))?;
        if value.contains('\0') {
            return Err(wrong("holds a NUL character"));
        }
        if found.insert(name.to_owned(), value.to_owned()).is_some() {
            return Err(wrong("gives a name a second time"));
        }
    }
    found.retain(|_, value| !value.is_empty());
    Ok(found)
}

fn is_name(name: &str) -> bool {
    let word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    name.chars().all(word) && name.starts_with(|first: char| !first.is_ascii_digit())
}

fn unquoted(value: &str) -> Option<&str> {
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value
            .strip_prefix(quote)?
            .strip_suffix(quote)
            .filter(|inner| !inner.contains(quote)),
        Some(_) | None => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    use super::{EnvFileError, parse, read};

    #[test]
    fn a_value_is_the_rest_of_its_line_and_an_empty_one_is_not_set() {
        let text = "# keys\n\nANTHROPIC_API_KEY=\nDB_PASSWORD= a#b $c \\d \nSMTP_PASS=' two words '\n\
                    IBKR_PORT=\"4002\"\r\n";

        let found = parse(text).unwrap();

        let pairs: Vec<_> = found
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [
                ("DB_PASSWORD", "a#b $c \\d"),
                ("IBKR_PORT", "4002"),
                ("SMTP_PASS", " two words "),
            ]
        );
    }

    #[test]
    fn a_line_that_is_no_variable_is_told_by_its_number_alone() {
        for (text, told) in [
            ("A=1\nsecret", (2, "is not NAME=VALUE")),
            (
                "export A=1",
                (1, "has a name that is not letters, digits and _"),
            ),
            ("1A=1", (1, "has a name that is not letters, digits and _")),
            ("=1", (1, "has a name that is not letters, digits and _")),
            ("A='1", (1, "has a quote without its pair")),
            ("A='", (1, "has a quote without its pair")),
            ("A=\"1\" # one\"", (1, "has a quote without its pair")),
            ("A=1\n\nA=2", (3, "gives a name a second time")),
            ("A=\0", (1, "holds a NUL character")),
        ] {
            assert_eq!(parse(text), Err(told), "{text}");
        }
    }

    #[test]
    fn a_file_that_others_may_read_is_refused_and_not_repeated() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("catalyst.env");
        fs::write(&path, "DB_PASSWORD=secret\nsecret").unwrap();

        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        let open = read(&path).unwrap_err();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        let bad = read(&path).unwrap_err();

        assert!(matches!(
            open,
            EnvFileError::OpenToOthers { mode: 0o640, .. }
        ));
        assert!(open.to_string().ends_with("allowed is 600: chmod 600 it"));
        assert_eq!(
            bad.to_string(),
            format!("line 2 of {} is not NAME=VALUE", path.display())
        );
    }
}
