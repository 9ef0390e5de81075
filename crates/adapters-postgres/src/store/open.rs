//! The opening of a run: the next attempt at its slot, and what rows of it are written under.

use catalyst_domain::order::CycleId;
use catalyst_ports::journal::CycleStart;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use thiserror::Error;

use super::Store;
use super::chain::{Added, Chain};
use crate::entity::{AnyRow, batch, cycle};
use crate::translate::cell::clean;
use crate::translate::entry::{OPEN_PLACE, Writer};

/// A run that is being written.
#[derive(Debug, Clone)]
pub(crate) struct OpenCycle {
    /// What its rows are written under.
    pub(crate) writer: Writer,
    /// Batches told so far.
    pub(crate) batches: i64,
}

/// Why a run could not be opened.
#[derive(Debug, Error)]
pub(crate) enum OpenCycleError {
    /// No further name is left.
    #[error("slot {slot} has had {attempt} attempts, which is as many as can be named")]
    AttemptsSpent {
        /// Which slot.
        slot: String,
        /// How many.
        attempt: i32,
    },
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl Store {
    /// Opens the next attempt at the slot of `start` and says what that added to the chain.
    pub(crate) async fn open(
        &self,
        book_id: i64,
        start: CycleStart,
    ) -> Result<(CycleId, OpenCycle, Added), OpenCycleError> {
        let work = self.writing().await?;
        let mut chain = Chain::take(&work).await?;
        let slot = slot_text(start.slot);
        let last = last_attempt(&work, book_id, &slot).await?;
        let id = next_attempt(&slot, last).ok_or_else(|| OpenCycleError::AttemptsSpent {
            slot: slot.clone(),
            attempt: last,
        })?;
        let date = id.date().to_string();
        let row = AnyRow::Cycle(cycle::Model {
            id: OPEN_PLACE,
            book_id,
            name: id.to_string(),
            slot,
            attempt: i32::from(id.attempt()),
            date: date.clone(),
            advisor: clean(start.advisor),
            version: start.provenance.version,
            settings_hash: start.provenance.settings_hash,
            prompt_hash: start.provenance.prompt_hash,
            rules_hash: start.provenance.rules_hash,
            at: start.at.timestamp_micros(),
            hash: Vec::new(),
        });
        let cycle = chain.add(row);
        let (added, head) = chain.keep().await?;
        work.commit().await?;
        self.saw(head);
        let writer = Writer {
            cycle,
            book: book_id,
            date,
        };
        Ok((id, OpenCycle { writer, batches: 0 }, added))
    }

    /// A run that was opened by someone else, such as an earlier handle on the same journal.
    pub(crate) async fn reopen(&self, book: i64, id: CycleId) -> Result<Option<OpenCycle>, DbErr> {
        let row = cycle::Entity::find()
            .filter(cycle::Column::BookId.eq(book))
            .filter(cycle::Column::Name.eq(id.to_string()))
            .one(&self.db)
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let last = batch::Entity::find()
            .filter(batch::Column::CycleId.eq(row.id))
            .order_by_desc(batch::Column::Number)
            .one(&self.db)
            .await?;
        let writer = Writer {
            cycle: row.id,
            book,
            date: row.date,
        };
        let batches = last.map_or(0, |batch| batch.number);
        Ok(Some(OpenCycle { writer, batches }))
    }
}

async fn last_attempt(db: &impl ConnectionTrait, book: i64, slot: &str) -> Result<i32, DbErr> {
    let last = cycle::Entity::find()
        .select_only()
        .column(cycle::Column::Attempt)
        .filter(cycle::Column::BookId.eq(book))
        .filter(cycle::Column::Slot.eq(slot))
        .order_by_desc(cycle::Column::Attempt)
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.unwrap_or(0))
}

fn next_attempt(slot: &str, last: i32) -> Option<CycleId> {
    let attempt = u16::try_from(last).ok()?.checked_add(1)?;
    format!("{slot}.{attempt}").parse().ok()
}

/// The name of a slot: a run's without its attempt.
fn slot_text(slot: CycleId) -> String {
    let name = slot.to_string();
    name.split_once('.')
        .map_or(name.clone(), |(slot, _)| slot.to_owned())
}
