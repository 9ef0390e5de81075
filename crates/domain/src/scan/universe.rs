//! Universe: the names a scan may look at, members of an index or the user's own list.

use thiserror::Error;

use crate::csv::{CsvError, CsvText};
use crate::symbol::Symbol;

const TABLE: &str = "scan list";
const COLUMN: &str = "code";
const CODE_WORDS: &str = "a symbol such as 00700";
const FOUND_CHARS_MAX: usize = 40;
/// More names than any exchange this is meant for lists.
const NAMES_MAX: usize = 5_000;

/// Where the names of a scan come from.
///
/// Shown at [`Universe::parse_list`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Universe {
    /// The members of the index that is asked for, or every name that is known.
    Members,
    /// These names, sorted, each once; of an index that is asked for only those among them.
    List(Vec<Symbol>),
}

/// Where a symbol stands towards the names that a scan may look at.
///
/// Shown at [`RiskGate`](crate::risk::RiskGate).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Membership {
    /// It is one of them.
    Member,
    /// It is none of them.
    Outside,
    /// Nobody could say.
    Unknown,
}

/// Why a text is no list of names.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ListError {
    /// A line of a plain list that is no symbol.
    #[error("scan list, line {line}: found `{found}`, allowed is {CODE_WORDS}")]
    NotASymbol {
        /// Line in the file, from one.
        line: usize,
        /// The line, cut to forty characters, control characters escaped.
        found: String,
    },
    /// A table that does not read.
    #[error(transparent)]
    Table(#[from] CsvError),
    /// No name at all: a scan of nothing would look like a market without movement.
    #[error("scan list has no names, expected one code a line or a table with the column `code`")]
    Empty,
    /// More names than can be looked at.
    #[error("scan list has {found} names, allowed are {NAMES_MAX}")]
    TooMany {
        /// Names found.
        found: usize,
    },
}

impl Universe {
    /// Reads one code a line, or a table with the column `code`; blank lines and lines that begin
    /// with `#` are skipped.
    ///
    /// ```
    /// use catalyst_domain::scan::Universe;
    /// let plain = Universe::parse_list("# banks\n5\n0939\n00005\n")?;
    /// assert_eq!(plain, Universe::parse_list("code,name\n939,CCB\n5,HSBC\n")?);
    /// assert_eq!(
    ///     Universe::parse_list("700\nseven hundred\n").unwrap_err().to_string(),
    ///     "scan list, line 2: found `seven hundred`, allowed is a symbol such as 00700"
    /// );
    /// # Ok::<(), catalyst_domain::scan::ListError>(())
    /// ```
    pub fn parse_list(text: &str) -> Result<Self, ListError> {
        let mut names = if has_header(text) {
            let csv = CsvText::parse(TABLE, text, &[COLUMN])?;
            let read = csv
                .rows()
                .map(|row| row.read(COLUMN, CODE_WORDS, |cell| cell.parse().ok()));
            read.collect::<Result<Vec<Symbol>, _>>()?
        } else {
            plain(text)?
        };
        names.sort_unstable();
        names.dedup();
        match names.len() {
            0 => Err(ListError::Empty),
            found if found > NAMES_MAX => Err(ListError::TooMany { found }),
            _ => Ok(Self::List(names)),
        }
    }
}

/// Lines with content, numbered from one.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    (1..)
        .zip(text.lines().map(str::trim))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn has_header(text: &str) -> bool {
    let first = lines(text).next();
    first.is_some_and(|(_, line)| line.split(',').any(|cell| cell.trim() == COLUMN))
}

fn plain(text: &str) -> Result<Vec<Symbol>, ListError> {
    lines(text)
        .map(|(line, cell)| {
            let no_symbol = |_| ListError::NotASymbol {
                line,
                found: cell.escape_default().take(FOUND_CHARS_MAX).collect(),
            };
            cell.parse().map_err(no_symbol)
        })
        .collect()
}
