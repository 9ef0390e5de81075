//! Why something is not kept, and what is refused sooner than the rest: orders of new risk.

use std::path::PathBuf;

use catalyst_domain::order::{CycleId, OrderPlan};
use catalyst_ports::journal::JournalEntry;
use sea_orm::DbErr;
use thiserror::Error;

use crate::store::KeepError;
use crate::translate::entry::EntryError;

/// Why something is not kept.
#[derive(Debug, Error)]
pub(crate) enum Refused {
    #[error("cycle {0} was never opened, or has ended")]
    UnknownCycle(CycleId),
    #[error("the database is away, so no order of new risk may be sent")]
    NewRisk(#[source] DbErr),
    #[error(
        "the journal has moved on since this run read its day, so no order of new risk may be sent"
    )]
    Moved,
    #[error(transparent)]
    Entry(#[from] EntryError),
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error("{} holds what another journal has to keep; move it away to where that journal is used", path.display())]
    ForeignSpill { path: PathBuf },
    #[error("neither the database nor the write-ahead file can be written")]
    NoSpill(#[source] std::io::Error),
}

impl From<KeepError> for Refused {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::Moved => Self::Moved,
            KeepError::Database(failure) => Self::Database(failure),
        }
    }
}

/// True for an order that adds to what is held.
pub(crate) fn is_new_risk(entry: &JournalEntry) -> bool {
    matches!(entry, JournalEntry::Intent(intent) if matches!(intent.plan, OrderPlan::Bracket(_)))
}
