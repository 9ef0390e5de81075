//! A bar file as anybody may have it: columns by name in any order, further ones passed over, prices
//! off the tick and in floating point. What is no bar is refused by line, column and value; time and
//! symbol are texts that nobody here understands.

use std::io::{self, Read};
use std::path::Path;

use catalyst_domain::indicator::{Ohlcv, OhlcvError};
use thiserror::Error;

/// More than a year of minutes of twenty symbols; what is beyond is no file to read at once.
const BYTES_MAX: u64 = 256 * 1024 * 1024;
/// More columns than this are no bar file.
const CELLS_MAX: usize = 256;

const NUMBERS: [&str; 5] = ["open", "high", "low", "close", "volume"];
const HEADER: &str = "header";
const TIMESTAMP: &str = "timestamp";
const SYMBOL: &str = "symbol";

const PRICE_WORDS: &str = "a number above 0 and at most 1e15";
const VOLUME_WORDS: &str = "a number from 0 to 1e15";

/// The bars of one series, in the order of the file.
#[derive(Debug)]
pub(crate) struct BarFile {
    /// The file as it was named, or standard input.
    pub(crate) name: String,
    /// At least none: a header alone is a file without bars.
    pub(crate) rows: Vec<BarRow>,
}

/// One row.
#[derive(Debug)]
pub(crate) struct BarRow {
    /// Line of the file, from 1.
    pub(crate) line: usize,
    /// The time as it stands there.
    pub(crate) timestamp: String,
    /// The symbol as it stands there; `None` where the file has no such column.
    pub(crate) symbol: Option<String>,
    /// The numbers, consistent with each other.
    pub(crate) bar: Ohlcv,
    /// Open, high, low, close and volume as they stand there.
    pub(crate) cells: [String; NUMBERS.len()],
}

/// Why a file is no bar file.
#[derive(Debug, Error)]
pub(crate) enum BarFileError {
    /// It cannot be read at all.
    #[error("{name} cannot be read")]
    Unreadable {
        /// The file, or standard input.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// Longer than anybody's bars.
    #[error("{name} is longer than {BYTES_MAX} bytes; allowed are that many")]
    TooLong {
        /// The file, or standard input.
        name: String,
    },
    /// One cell, or the header, is not what it must be.
    #[error("{name} line {line}, {column}: found {found:?}; allowed is {allowed}")]
    Cell {
        /// The file, or standard input.
        name: String,
        /// Line of the file, from 1.
        line: usize,
        /// The column, or what else of the line.
        column: &'static str,
        /// What stands there.
        found: String,
        /// What may stand there.
        allowed: String,
    },
}

impl BarFileError {
    /// Whether the header is not one of bars: the file may be sound and hold something else.
    pub(crate) fn is_of_the_header(&self) -> bool {
        match self {
            Self::Cell { column, .. } => *column == HEADER,
            Self::Unreadable { .. } | Self::TooLong { .. } => false,
        }
    }
}

/// What is wrong with a line, before its place is known.
struct Defect {
    column: &'static str,
    found: String,
    allowed: String,
}

impl BarFile {
    /// Reads the file at `path`, or `input` when that is `-`.
    pub(crate) fn open(path: &Path, input: impl Read) -> Result<Self, BarFileError> {
        if path == Path::new("-") {
            return Self::read("standard input", input);
        }
        let name = path.display().to_string();
        match std::fs::File::open(path) {
            Ok(file) => Self::read(&name, file),
            Err(source) => Err(BarFileError::Unreadable { name, source }),
        }
    }

    fn read(name: &str, input: impl Read) -> Result<Self, BarFileError> {
        let mut text = String::new();
        let name = name.to_owned();
        match input.take(BYTES_MAX + 1).read_to_string(&mut text) {
            Err(source) => Err(BarFileError::Unreadable { name, source }),
            Ok(_) if u64::try_from(text.len()).map_or(true, |length| length > BYTES_MAX) => {
                Err(BarFileError::TooLong { name })
            }
            Ok(_) => match Self::parse(&text) {
                Ok(rows) => Ok(Self { name, rows }),
                Err((line, defect)) => Err(BarFileError::Cell {
                    name,
                    line,
                    column: defect.column,
                    found: defect.found,
                    allowed: defect.allowed,
                }),
            },
        }
    }

    fn parse(text: &str) -> Result<Vec<BarRow>, (usize, Defect)> {
        let mut lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
        let (_, first) = lines.next().unwrap_or((1, ""));
        let header = Header::parse(first).map_err(|defect| (1, defect))?;
        let mut rows: Vec<BarRow> = Vec::new();
        for (line, text) in lines.filter(|(_, text)| !text.trim().is_empty()) {
            let row = header.row(line, text).map_err(|defect| (line, defect))?;
            let first = rows.first().and_then(|first| first.symbol.as_ref());
            if let (Some(symbol), Some(found)) = (first, &row.symbol)
                && found != symbol
            {
                let defect = Defect {
                    column: SYMBOL,
                    found: found.clone(),
                    allowed: format!("{symbol:?} as in the lines before: a file is one series"),
                };
                return Err((line, defect));
            }
            rows.push(row);
        }
        Ok(rows)
    }
}

/// Where each column stands.
struct Header {
    columns: usize,
    timestamp: usize,
    symbol: Option<usize>,
    numbers: [usize; NUMBERS.len()],
}

impl Header {
    fn parse(line: &str) -> Result<Self, Defect> {
        let names: Vec<&str> = line.split(',').map(str::trim).collect();
        let wrong = |allowed: String| Defect {
            column: HEADER,
            found: line.chars().take(120).collect(),
            allowed,
        };
        if names.len() > CELLS_MAX {
            return Err(wrong(format!("a header of at most {CELLS_MAX} columns")));
        }
        let find = |column: &'static str| -> Result<Option<usize>, Defect> {
            let mut places = (0..).zip(&names).filter(|(_, name)| **name == column);
            let first = places.next().map(|(place, _)| place);
            match places.next() {
                Some(_) => Err(wrong(format!("a header that names {column} once"))),
                None => Ok(first),
            }
        };
        let needed = |column: &'static str| {
            find(column)?.ok_or_else(|| {
                let all = NUMBERS.join(", ");
                wrong(format!(
                    "a header with {TIMESTAMP}, {all}; {column} is missing"
                ))
            })
        };
        let [open, high, low, close, volume] = NUMBERS;
        Ok(Self {
            columns: names.len(),
            timestamp: needed(TIMESTAMP)?,
            symbol: find(SYMBOL)?,
            numbers: [
                needed(open)?,
                needed(high)?,
                needed(low)?,
                needed(close)?,
                needed(volume)?,
            ],
        })
    }

    fn row(&self, line: usize, text: &str) -> Result<BarRow, Defect> {
        let cells: Vec<&str> = text.split(',').map(str::trim).collect();
        if cells.len() != self.columns {
            return Err(Defect {
                column: "cells",
                found: cells.len().to_string(),
                allowed: format!("{}, as many as the header has", self.columns),
            });
        }
        let cell = |place: usize| cells.get(place).map_or("", |cell| *cell);
        let numbers = self.numbers.map(cell);
        Ok(BarRow {
            line,
            timestamp: cell(self.timestamp).to_owned(),
            symbol: self.symbol.map(|place| cell(place).to_owned()),
            bar: bar(numbers)?,
            cells: numbers.map(str::to_owned),
        })
    }
}

fn bar(cells: [&str; NUMBERS.len()]) -> Result<Ohlcv, Defect> {
    let mut numbers = [0.0; NUMBERS.len()];
    for ((number, cell), column) in numbers.iter_mut().zip(cells).zip(NUMBERS) {
        *number = cell
            .parse()
            .map_err(|_no_number: std::num::ParseFloatError| refused(column, cell))?;
    }
    let [open, high, low, close, volume] = numbers;
    Ohlcv::new(open, high, low, close, volume).map_err(|error| {
        let [_, high_cell, low_cell, _, volume_cell] = cells;
        match error {
            OhlcvError::Price { field, .. } => {
                let place = NUMBERS.iter().zip(cells).find(|(name, _)| **name == field);
                refused(field, place.map_or("", |(_, cell)| cell))
            }
            OhlcvError::High { allowed, .. } => Defect {
                column: "high",
                found: high_cell.to_owned(),
                allowed: format!("{allowed} or more, by open and close"),
            },
            OhlcvError::Low { allowed, .. } => Defect {
                column: "low",
                found: low_cell.to_owned(),
                allowed: format!("{allowed} or less, by open and close"),
            },
            OhlcvError::Volume { .. } => refused("volume", volume_cell),
        }
    })
}

fn refused(column: &'static str, cell: &str) -> Defect {
    let allowed = if column == "volume" {
        VOLUME_WORDS
    } else {
        PRICE_WORDS
    };
    Defect {
        column,
        found: cell.chars().take(60).collect(),
        allowed: allowed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<BarRow>, String> {
        BarFile::read("bars.csv", text.as_bytes())
            .map(|file| file.rows)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_others_passed_over() {
        let text = "\u{feff}volume,sma20,close,low,symbol,high,open,timestamp\r\n\
                    100,,10.5,9,X Y,11,1e1,T0000\r\n\r\n7.5,2,10.5,9,X Y,11,+10,any: thing\n";

        let rows = read(text).unwrap();

        let [first, second] = rows.as_slice() else {
            panic!("{rows:?}")
        };
        assert_eq!(first.symbol.as_deref(), Some("X Y"));
        assert_eq!(second.timestamp, "any: thing");
        assert_eq!(first.cells, ["1e1", "11", "9", "10.5", "100"]);
        assert_eq!(first.bar, Ohlcv::new(10.0, 11.0, 9.0, 10.5, 100.0).unwrap());
        assert_eq!(second.bar, Ohlcv::new(10.0, 11.0, 9.0, 10.5, 7.5).unwrap());
    }

    #[test]
    fn a_header_alone_is_a_file_without_bars_and_nothing_is_no_file() {
        let alone = read("timestamp,open,high,low,close,volume\n");
        assert_eq!(alone.map(|rows| rows.len()), Ok(0));

        assert_eq!(
            read("").unwrap_err(),
            "bars.csv line 1, header: found \"\"; allowed is a header with timestamp, open, high, low, \
             close, volume; timestamp is missing"
        );
    }

    #[test]
    fn what_is_no_bar_is_refused_by_line_column_and_value() {
        let refused = |row: &str| {
            let text = format!("timestamp,open,high,low,close,volume\nt,1,1,1,1,1\n{row}\n");
            let told = read(&text).unwrap_err();
            told.strip_prefix("bars.csv line 3, ").unwrap().to_owned()
        };

        for (row, told) in [
            (
                "t,abc,1,1,1,1",
                "open: found \"abc\"; allowed is a number above 0 and at most 1e15",
            ),
            (
                "t,1,1,,1,1",
                "low: found \"\"; allowed is a number above 0 and at most 1e15",
            ),
            (
                "t,1,1,1,NaN,1",
                "close: found \"NaN\"; allowed is a number above 0 and at most 1e15",
            ),
            (
                "t,1,inf,1,1,1",
                "high: found \"inf\"; allowed is a number above 0 and at most 1e15",
            ),
            (
                "t,0,1,1,1,1",
                "open: found \"0\"; allowed is a number above 0 and at most 1e15",
            ),
            (
                "t,1,1,1,1,-1",
                "volume: found \"-1\"; allowed is a number from 0 to 1e15",
            ),
            (
                "t,3,2,1,1,1",
                "high: found \"2\"; allowed is 3 or more, by open and close",
            ),
            (
                "t,3,3,2,1.5,1",
                "low: found \"2\"; allowed is 1.5 or less, by open and close",
            ),
            (
                "t,1,1,1,1",
                "cells: found \"5\"; allowed is 6, as many as the header has",
            ),
        ] {
            assert_eq!(refused(row), told, "{row}");
        }
    }

    #[test]
    fn a_column_twice_and_a_second_symbol_are_refused() {
        let twice = read("timestamp,open,open,high,low,close,volume\n").unwrap_err();
        assert!(
            twice.ends_with("allowed is a header that names open once"),
            "{twice}"
        );

        let mixed =
            read("timestamp,symbol,open,high,low,close,volume\nt,5,1,1,1,1,1\nt,700,1,1,1,1,1\n");
        assert_eq!(
            mixed.unwrap_err(),
            "bars.csv line 3, symbol: found \"700\"; allowed is \"5\" as in the lines before: a file is \
             one series"
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_unreadable() {
        let error = BarFile::read("bars.csv", b"timestamp\xff".as_slice()).unwrap_err();

        assert_eq!(error.to_string(), "bars.csv cannot be read");
    }
}
