//! What a run writes: batches of rows, each all or none, each once however often it is told.

use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _,
    QueryFilter as _,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Store;
use super::chain::{Added, Chain};
use super::holdings::HoldingRows;
use super::read::open_from;
use super::repeat::is_known;
use crate::entity::{AnyRow, batch, cycle, cycle_end};
use crate::translate::entry::OPEN_PLACE;

/// Rows that belong together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Batch {
    /// Row of the run.
    pub(crate) cycle: i64,
    /// Counted from one within the run; the same number again is the same batch told again.
    pub(crate) number: i64,
    /// The rows, places and seals still open.
    pub(crate) rows: Vec<AnyRow>,
}

/// Whether a batch may have been kept before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Telling {
    /// It has a number that nobody has told.
    First(Option<Known>),
    /// Nobody knows what became of it.
    Again,
}

/// What the teller of a batch knows of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    /// The place up to which he knows his book.
    pub(crate) end: i64,
    /// Whether the batch may be kept only if nothing was added to his book behind it.
    pub(crate) must_be_all: bool,
}

/// Why a batch is not kept.
#[derive(Debug, Error)]
pub(crate) enum KeepError {
    /// The book has rows that its teller does not know.
    #[error("the journal has moved on")]
    Moved,
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl Store {
    /// Keeps `batch` and says what that added to the chain. Durable when it returns.
    ///
    /// After an error nobody knows whether it was kept, as the connection may have broken while the
    /// commit was under way; telling it `Again` is safe.
    pub(crate) async fn keep(&self, batch: Batch, telling: Telling) -> Result<Added, KeepError> {
        let work = self.writing().await?;
        let mut chain = Chain::take(&work).await?;
        match telling {
            Telling::First(Some(known)) if known.end != chain.last() => {
                if !has_grown(&work, &batch, known.end).await? {
                    chain.follows(known.end);
                } else if known.must_be_all {
                    return Err(KeepError::Moved);
                }
            }
            Telling::First(_) => {}
            Telling::Again => {
                if is_kept(&work, &batch).await? {
                    return Ok(chain.nothing());
                }
            }
        }
        let told = AnyRow::Batch(batch::Model {
            id: OPEN_PLACE,
            cycle_id: batch.cycle,
            number: batch.number,
            hash: Vec::new(),
        });
        chain.add(told);
        let mut comparison = OPEN_PLACE;
        for mut row in batch.rows {
            if is_known(&work, chain.waiting(), &row).await? {
                continue;
            }
            if let AnyRow::Finding(finding) = &mut row {
                finding.comparison_id = comparison;
            }
            if let AnyRow::CycleEnd(end) = &mut row {
                chain.flush().await?;
                self.tell_the_end(&work, end).await?;
            }
            let is_comparison = matches!(row, AnyRow::Comparison(_));
            let place = chain.add(row);
            if is_comparison {
                comparison = place;
            }
        }
        let added = chain.keep().await?;
        work.commit().await?;
        Ok(added)
    }

    /// What the end of a run says of its book, judged with everything that was kept before it and with
    /// nobody able to add to it: only so may later days be read from here on.
    async fn tell_the_end(
        &self,
        work: &DatabaseTransaction,
        end: &mut cycle_end::Model,
    ) -> Result<(), DbErr> {
        let date = end.date.parse();
        end.flat = match date {
            Ok(date) => match HoldingRows::load(work, end.book_id, date).await {
                Ok(rows) => rows
                    .fold(&self.rules, date)
                    .is_ok_and(|folded| folded.holdings.is_flat()),
                Err(_unreadable) => false,
            },
            Err(_unreadable) => false,
        };
        end.open_from = open_from(work, end.book_id).await?;
        Ok(())
    }
}

async fn is_kept(db: &impl ConnectionTrait, told: &Batch) -> Result<bool, DbErr> {
    let found = batch::Entity::find()
        .filter(batch::Column::CycleId.eq(told.cycle))
        .filter(batch::Column::Number.eq(told.number))
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Whether anything was kept behind `end` in the book of `told`, whose opened runs alone say nothing.
async fn has_grown(db: &impl ConnectionTrait, told: &Batch, end: i64) -> Result<bool, DbErr> {
    let of_run = |run| {
        Query::select()
            .column(cycle::Column::BookId)
            .from(cycle::Entity)
            .and_where(cycle::Column::Id.eq(run))
            .to_owned()
    };
    let runs = Query::select()
        .column(cycle::Column::Id)
        .from(cycle::Entity)
        .and_where(cycle::Column::BookId.in_subquery(of_run(told.cycle)))
        .to_owned();
    let found = batch::Entity::find()
        .filter(batch::Column::Id.gt(end))
        .filter(batch::Column::CycleId.in_subquery(runs))
        .one(db)
        .await?;
    Ok(found.is_some())
}
