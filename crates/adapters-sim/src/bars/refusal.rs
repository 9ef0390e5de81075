//! What is wrong with a bar file, by file and line.

use std::path::PathBuf;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::market::BarError;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};
use thiserror::Error;

/// A file that was refused whole, with the first defect in it.
#[derive(Debug, Error)]
#[error("{}, line {line}: {defect}", .file.display())]
pub struct FileRefusal {
    /// The file.
    pub file: PathBuf,
    /// Counted from 1, the header included.
    pub line: usize,
    /// What is wrong there.
    pub defect: Defect,
}

/// One defect of a bar file.
#[derive(Debug, Error)]
pub enum Defect {
    /// The file cannot be read as text.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// The header lacks a column.
    #[error("the header has no column `{column}`")]
    MissingColumn {
        /// Its name.
        column: &'static str,
    },
    /// A row with fewer or more fields than the header.
    #[error("the row has {found} fields, the header has {expected}")]
    FieldCount {
        /// Fields of the row.
        found: usize,
        /// Fields of the header.
        expected: usize,
    },
    /// A cell that does not read.
    #[error("{column} is `{found}`, allowed is {allowed}")]
    Cell {
        /// The column.
        column: &'static str,
        /// The cell, cut to forty characters.
        found: String,
        /// What would have been right.
        allowed: &'static str,
    },
    /// Prices that contradict one another.
    #[error(transparent)]
    Prices(#[from] BarError),
    /// A row of another symbol than the file is named after.
    #[error("symbol is {found}, the file is named after {expected}")]
    OtherSymbol {
        /// In the row.
        found: Symbol,
        /// In the file's name.
        expected: Symbol,
    },
    /// A row that does not come after the row before it.
    #[error("{found} does not come after {before}")]
    Unordered {
        /// Time of the row before.
        before: DateTime<Utc>,
        /// Time of the row.
        found: DateTime<Utc>,
    },
    /// The time of the row before, once more.
    #[error("{found} is there twice")]
    Duplicate {
        /// The time.
        found: DateTime<Utc>,
    },
    /// A row in the night, at the weekend or on a holiday.
    #[error("{found} lies outside the trading day, 09:00 to {close} on trading days")]
    OutsideDay {
        /// Its time at the exchange.
        found: chrono::NaiveDateTime,
        /// When trading ends at the latest.
        close: chrono::NaiveTime,
    },
    /// A daily row that is not stamped at midnight, or not on a trading day.
    #[error("{found} is no midnight of a trading day")]
    NotMidnight {
        /// Its time at the exchange.
        found: chrono::NaiveDateTime,
    },
    /// Another file has given other bars for the same day.
    #[error("{symbol} has other bars for {date} in another file")]
    GivenTwice {
        /// The symbol.
        symbol: Symbol,
        /// The day.
        date: TradingDate,
    },
    /// A header and nothing below it.
    #[error("there are no rows")]
    Empty,
}

/// Nothing can be loaded.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The folder cannot be listed.
    #[error("bar folder {} cannot be read", .folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// No file is named as bar files are, or every one was refused.
    #[error(
        "no usable bar file in {}, {} refused; bar files are named NNNNN_*.csv or NNNNN.csv{}",
        .folder.display(), .refused.len(), first_of(.refused)
    )]
    NothingUsable {
        /// The folder.
        folder: PathBuf,
        /// Why the files in it are not usable.
        refused: Vec<FileRefusal>,
    },
}

fn first_of(refused: &[FileRefusal]) -> String {
    let first = refused.first();
    first.map_or_else(String::new, |refusal| format!("; first: {refusal}"))
}
