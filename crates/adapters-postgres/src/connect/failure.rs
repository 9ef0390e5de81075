//! Why a journal does not open, with what to do about it.

use catalyst_ports::Source;
use thiserror::Error;

use crate::migration::MigrationError;
use crate::trouble::is_damage;

/// Why the journal could not be opened. Nothing was changed, and nothing may be traded.
#[derive(Debug, Error)]
pub enum OpenError {
    /// It cannot be reached, opened, locked or written.
    #[error(
        "the journal {place} cannot be opened; check that its folder or server is there and lets this \
         program in"
    )]
    Unavailable {
        /// Where.
        place: String,
        /// Why.
        source: Source,
    },
    /// It is no longer as SQLite wrote it.
    #[error("the journal {place} is damaged")]
    Damaged {
        /// The file.
        place: String,
        /// What SQLite said.
        source: Source,
    },
    /// The file is something else.
    #[error(
        "{place} is no SQLite database; move it away, and restore the journal from a backup if it was one"
    )]
    NotADatabase {
        /// The file.
        place: String,
    },
    /// Tables are there, but not those of this program.
    #[error("{place} holds tables of another program; choose another state folder or schema")]
    Foreign {
        /// Where.
        place: String,
    },
    /// A newer program has written it.
    #[error(
        "the journal {place} has schema version {found}, this program knows up to {known}; use the newer program"
    )]
    Newer {
        /// Where.
        place: String,
        /// The version that is there.
        found: i64,
        /// The last version this program knows.
        known: i64,
    },
    /// Its schema was made by a migration that this program has otherwise.
    #[error(
        "migration {version} of the journal {place} differs from this program's; use the program that wrote it, or an empty place"
    )]
    Altered {
        /// Where.
        place: String,
        /// The migration.
        version: i64,
    },
    /// The neighbour's table is not as this program reads it.
    #[error("{table}{column}: {found}, allowed is {allowed}")]
    Contract {
        /// The neighbour's table.
        table: String,
        /// `.` and the column, or nothing where it is about the whole table.
        column: String,
        /// What it is.
        found: String,
        /// What it may be.
        allowed: String,
    },
    /// The schema is not there yet, or is an older one.
    #[error(
        "the journal {place} has schema version {found}, this program needs {known}; run `catalyst db migrate`"
    )]
    Behind {
        /// Where.
        place: String,
        /// The version that is there, 0 for none.
        found: i64,
        /// The version this program works with.
        known: i64,
    },
}

impl OpenError {
    /// True when trying again later may help.
    pub const fn is_outage(&self) -> bool {
        match self {
            Self::Unavailable { .. } => true,
            Self::Damaged { .. }
            | Self::NotADatabase { .. }
            | Self::Foreign { .. }
            | Self::Newer { .. }
            | Self::Altered { .. }
            | Self::Contract { .. }
            | Self::Behind { .. } => false,
        }
    }

    /// True when what is there cannot be read as a journal any more; only a backup helps.
    pub const fn is_damage(&self) -> bool {
        match self {
            Self::Damaged { .. } | Self::NotADatabase { .. } => true,
            Self::Unavailable { .. }
            | Self::Foreign { .. }
            | Self::Newer { .. }
            | Self::Altered { .. }
            | Self::Contract { .. }
            | Self::Behind { .. } => false,
        }
    }

    /// It does not answer, or it is damaged: `source` tells.
    pub(crate) fn unavailable(place: &str, source: impl Into<Source>) -> Self {
        let (place, source) = (place.to_owned(), source.into());
        if is_damage(source.as_ref()) {
            Self::Damaged { place, source }
        } else {
            Self::Unavailable { place, source }
        }
    }

    pub(crate) fn of(place: &str, error: MigrationError) -> Self {
        let place = place.to_owned();
        match error {
            MigrationError::Foreign => Self::Foreign { place },
            MigrationError::Newer { found, known } => Self::Newer {
                place,
                found,
                known,
            },
            MigrationError::Altered { version } => Self::Altered { place, version },
            MigrationError::Behind { found, known } => Self::Behind {
                place,
                found,
                known,
            },
            MigrationError::Database(source) => Self::unavailable(&place, source),
        }
    }
}
