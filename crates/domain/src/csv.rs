//! Rule tables as text: comma-separated, columns by header name, `#` lines are comments.
//!
//! Files of the user come the same way as the bundled ones, so every refusal names line and column.

use std::borrow::Cow;

use thiserror::Error;

use crate::calendar::TradingDate;
use crate::dated::{DateSpan, DatedError};

const FOUND_CHARS_MAX: usize = 40;

/// Why a text is no table.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CsvError {
    /// Nothing but comments and blank lines.
    #[error("{table} has no header line")]
    NoHeader {
        /// The table in the making.
        table: &'static str,
    },
    /// The header lacks a column that the table cannot do without.
    #[error("{table}, line {line}: the header has no column `{column}`")]
    MissingColumn {
        /// The table in the making.
        table: &'static str,
        /// Line of the header, from one.
        line: usize,
        /// The column that is needed.
        column: &'static str,
    },
    /// A line has more or fewer cells than the header.
    #[error("{table}, line {line}: {found} cells under {allowed} columns")]
    CellCount {
        /// The table in the making.
        table: &'static str,
        /// Line in the file, from one.
        line: usize,
        /// Cells found.
        found: usize,
        /// Columns of the header.
        allowed: usize,
    },
    /// A quoted cell that does not end on its line.
    #[error("{table}, line {line}: a quoted cell does not end")]
    OpenQuote {
        /// The table in the making.
        table: &'static str,
        /// Line in the file, from one.
        line: usize,
    },
    /// A cell that cannot be what its column holds.
    #[error("{table}, line {line}, column `{column}`: found `{found}`, allowed is {allowed}")]
    Cell {
        /// The table in the making.
        table: &'static str,
        /// Line in the file, from one.
        line: usize,
        /// The column of the cell.
        column: &'static str,
        /// The cell, cut to forty characters, control characters escaped.
        found: String,
        /// What the column may hold.
        allowed: &'static str,
    },
    /// The rows do not make a table by date.
    #[error(transparent)]
    Dates(#[from] DatedError),
}

/// A text cut into rows under one header.
pub(crate) struct CsvText<'a> {
    table: &'static str,
    header: Vec<Cow<'a, str>>,
    rows: Vec<(usize, Vec<Cow<'a, str>>)>,
}

/// One line below the header.
#[derive(Clone, Copy)]
pub(crate) struct CsvRow<'t> {
    table: &'static str,
    line: usize,
    header: &'t [Cow<'t, str>],
    cells: &'t [Cow<'t, str>],
}

impl<'a> CsvText<'a> {
    /// Cuts `text` up; the header must have all of `columns`, others are ignored.
    pub(crate) fn parse(
        table: &'static str,
        text: &'a str,
        columns: &[&'static str],
    ) -> Result<Self, CsvError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = (1..)
            .zip(text.lines())
            .filter(|(_, line)| !trimmed(line).is_empty() && !line.starts_with('#'));
        let (line, first) = lines.next().ok_or(CsvError::NoHeader { table })?;
        let header = cells_of(table, line, first)?;
        if let Some(column) = columns
            .iter()
            .find(|name| !header.iter().any(|h| h == *name))
        {
            return Err(CsvError::MissingColumn {
                table,
                line,
                column,
            });
        }
        let mut rows = Vec::new();
        for (line, content) in lines {
            let cells = cells_of(table, line, content)?;
            if cells.len() != header.len() {
                return Err(CsvError::CellCount {
                    table,
                    line,
                    found: cells.len(),
                    allowed: header.len(),
                });
            }
            rows.push((line, cells));
        }
        Ok(Self {
            table,
            header,
            rows,
        })
    }

    /// The lines below the header, in their order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = CsvRow<'_>> {
        self.rows.iter().map(|(line, cells)| CsvRow {
            table: self.table,
            line: *line,
            header: &self.header,
            cells,
        })
    }
}

impl<'t> CsvRow<'t> {
    /// The cell of `column`, empty when the file has no such column.
    pub(crate) fn text(self, column: &str) -> &'t str {
        let mut named = self.header.iter().zip(self.cells);
        named
            .find(|(name, _)| *name == column)
            .map_or("", |(_, cell)| cell.as_ref())
    }

    /// The cell of `column` as `read` understands it; `None` from `read` is a refusal.
    pub(crate) fn read<T>(
        self,
        column: &'static str,
        allowed: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, CsvError> {
        read(self.text(column)).ok_or_else(|| self.refusal(column, allowed))
    }

    /// As [`Self::read`], where an empty or absent cell is no value.
    pub(crate) fn read_optional<T>(
        self,
        column: &'static str,
        allowed: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, CsvError> {
        if self.text(column).is_empty() {
            return Ok(None);
        }
        self.read(column, allowed, read).map(Some)
    }

    /// The date in `column`, or nothing when the cell is empty or absent.
    pub(crate) fn date(self, column: &'static str) -> Result<Option<TradingDate>, CsvError> {
        self.read_optional(column, "YYYY-MM-DD", |cell| cell.parse().ok())
    }

    /// The dates of `effective_from` and `effective_to` inside `bound`, an empty side being open.
    ///
    /// `None` when the row lies wholly outside `bound`.
    pub(crate) fn span(self, bound: DateSpan) -> Result<Option<DateSpan>, CsvError> {
        let from = self.date("effective_from")?;
        let to = self.date("effective_to")?;
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err(self.refusal("effective_to", "a date not before effective_from"));
        }
        let from = from.map_or(bound.from(), |date| date.max(bound.from()));
        let to = to.map_or(bound.to(), |date| date.min(bound.to()));
        Ok(DateSpan::new(from, to))
    }

    /// The refusal of the cell of `column`.
    pub(crate) fn refusal(self, column: &'static str, allowed: &'static str) -> CsvError {
        let cut: String = self.text(column).chars().take(FOUND_CHARS_MAX).collect();
        CsvError::Cell {
            table: self.table,
            line: self.line,
            column,
            found: cut.escape_debug().to_string(),
            allowed,
        }
    }
}

/// What [`str::trim`] says, at once where no blank stands at either end.
pub(crate) fn trimmed(cell: &str) -> &str {
    let is_plain = |end: Option<&u8>| end.is_none_or(u8::is_ascii_graphic);
    let bytes = cell.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) {
        return cell;
    }
    cell.trim()
}

fn cells_of<'a>(
    table: &'static str,
    line: usize,
    content: &'a str,
) -> Result<Vec<Cow<'a, str>>, CsvError> {
    let commas = content.bytes().filter(|letter| *letter == b',').count();
    let mut cells = Vec::with_capacity(commas + 1);
    if !content.contains('"') {
        let plain = content.split(',').map(trimmed).map(Cow::Borrowed);
        cells.extend(plain);
        return Ok(cells);
    }
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = content.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(Cow::Owned(std::mem::take(&mut cell).trim().to_owned())),
            other => cell.push(other),
        }
    }
    if quoted {
        return Err(CsvError::OpenQuote { table, line });
    }
    cells.push(Cow::Owned(cell.trim().to_owned()));
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound() -> DateSpan {
        let day = |text: &str| text.parse().unwrap();
        DateSpan::new(day("2015-01-01"), day("2027-12-31")).unwrap()
    }

    #[test]
    fn quoted_cells_keep_their_commas_and_quotes() {
        let text = "# source\r\n\r\nname,code\r\n\"A, \"\"B\"\"\",00700\r\n";

        let csv = CsvText::parse("names", text, &["code"]).unwrap();

        let row = csv.rows().next().unwrap();
        assert_eq!((row.text("name"), row.text("code")), ("A, \"B\"", "00700"));
        assert_eq!(row.text("absent"), "");
    }

    #[test]
    fn blanks_at_either_end_are_no_part_of_a_cell() {
        for cell in [
            "",
            " ",
            "a",
            " a",
            "a ",
            "\u{a0}a b\u{3000}",
            "\t名 ",
            "名",
            "\u{7f}a\u{85}",
        ] {
            assert_eq!(trimmed(cell), cell.trim(), "{cell:?}");
        }
    }

    #[test]
    fn refusals_name_line_and_column() {
        let refusal = |text| {
            CsvText::parse("lots", text, &["code"])
                .err()
                .unwrap()
                .to_string()
        };

        assert_eq!(refusal("# only\n"), "lots has no header line");
        assert_eq!(
            refusal("\nsymbol\n1"),
            "lots, line 2: the header has no column `code`"
        );
        assert_eq!(
            refusal("code,lot\n1"),
            "lots, line 2: 1 cells under 2 columns"
        );
        assert_eq!(
            refusal("code\n\"1"),
            "lots, line 2: a quoted cell does not end"
        );
    }

    #[test]
    fn open_dates_end_at_the_bound_and_backward_dates_are_refused() {
        let text = "effective_from,effective_to\n,2014-12-31\n,2020-01-01\n2020-01-02,\n2020-01-02,2020-01-01\n";
        let csv = CsvText::parse("rates", text, &[]).unwrap();

        let spans: Vec<_> = csv.rows().map(|row| row.span(bound())).collect();

        assert_eq!(spans[0], Ok(None));
        assert_eq!(
            spans[1].clone().unwrap().map(DateSpan::from),
            Some(bound().from())
        );
        assert_eq!(
            spans[2].clone().unwrap().map(DateSpan::to),
            Some(bound().to())
        );
        assert_eq!(
            spans[3].clone().unwrap_err().to_string(),
            "rates, line 5, column `effective_to`: found `2020-01-01`, allowed is a date not before effective_from"
        );
    }
}
