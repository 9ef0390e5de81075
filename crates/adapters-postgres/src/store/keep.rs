//! What a run writes: batches of rows, each all or none, each once however often it is told.

use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _,
    QueryFilter as _, SqlErr,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Store;
use super::chain::{Added, Chain, advance};
use super::holdings::HoldingRows;
use super::read::open_from;
use super::ready::{at_the_end, told_the_end};
use super::repeat::without_known;
use super::strand::Strand;
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

/// What the end of a run says of its book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Left {
    /// Whether nothing is held.
    pub(crate) flat: bool,
    /// The place before which every family has an end; `None` where every family has one.
    pub(crate) open_from: Option<i64>,
}

impl Batch {
    /// The row that tells of the batch itself, place and seal still open.
    pub(crate) const fn row(&self) -> AnyRow {
        AnyRow::Batch(batch::Model {
            id: OPEN_PLACE,
            cycle_id: self.cycle,
            number: self.number,
            hash: Vec::new(),
        })
    }
}

impl Store {
    /// Keeps `batch` and says what that added to the chain. Durable when it returns.
    ///
    /// `ready` is the batch as it is if nobody else has added to the chain: then nothing is asked.
    ///
    /// After an error nobody knows whether it was kept, as the connection may have broken while the
    /// commit was under way; telling it `Again` is safe.
    pub(crate) async fn keep(
        &self,
        batch: &Batch,
        telling: Telling,
        ready: Option<Strand>,
    ) -> Result<Added, KeepError> {
        let mut work = self.writing().await?;
        if let Some(strand) = ready {
            match keep_as_is(&work, &strand).await {
                Ok(true) => {
                    let behind = Some(strand.begin().place);
                    let (rows, end) = strand.into_rows();
                    work.commit().await?;
                    self.saw(end);
                    return Ok(Added { behind, rows });
                }
                Ok(false) => {}
                // An execution that was there all the same.
                Err(failure) if is_there(&failure) => {
                    work.rollback().await?;
                    work = self.writing().await?;
                }
                Err(failure) => return Err(failure.into()),
            }
        }
        self.keep_asking(work, batch, telling).await
    }

    /// Keeps `batch` behind whatever the chain ends with.
    async fn keep_asking(
        &self,
        work: DatabaseTransaction,
        batch: &Batch,
        telling: Telling,
    ) -> Result<Added, KeepError> {
        let mut chain = Chain::take(&work).await?;
        match telling {
            Telling::First(known) if self.lost(&chain) => {
                self.forget();
                if known.is_some_and(|known| known.must_be_all) {
                    return Err(KeepError::Moved);
                }
                chain.is_another();
            }
            Telling::First(Some(known)) if known.end != chain.last() => {
                if known.end < chain.last() && !has_grown(&work, batch, known.end).await? {
                    chain.follows(known.end);
                } else if known.must_be_all {
                    return Err(KeepError::Moved);
                }
            }
            Telling::First(_) => {}
            Telling::Again => {
                if is_kept(&work, batch).await? {
                    return Ok(chain.nothing());
                }
            }
        }
        let begin = chain.last();
        chain.add(batch.row());
        let rows = without_known(&work, &batch.rows).await?;
        let (rows, end) = at_the_end(rows);
        chain.add_all(rows);
        if let [AnyRow::CycleEnd(row), ..] = end.as_slice() {
            chain.flush().await?;
            let left = self.left(&work, row).await?;
            chain.add_all(told_the_end(end, left, begin));
        }
        let (added, end) = chain.keep().await?;
        work.commit().await?;
        self.saw(end);
        Ok(added)
    }

    /// Whether the last commit of this connection is not in `chain` any more, as when a copy has taken the
    /// database's place: its end stands where that one stood or before, and is another.
    fn lost(&self, chain: &Chain<'_>) -> bool {
        self.likely_head()
            .is_some_and(|own| chain.last() <= own.place && *chain.end() != own)
    }

    /// What the run of `end` leaves, judged with everything that was kept before it and with nobody able to
    /// add to it: only so may later days be read from here on.
    async fn left(
        &self,
        work: &DatabaseTransaction,
        end: &cycle_end::Model,
    ) -> Result<Left, DbErr> {
        let flat = match end.date.parse() {
            Ok(date) => match HoldingRows::load(work, end.book_id, date).await {
                Ok(rows) => rows.is_flat(&self.rules, date),
                Err(_unreadable) => false,
            },
            Err(_unreadable) => false,
        };
        let open_from = open_from(work, end.book_id).await?;
        Ok(Left { flat, open_from })
    }
}

/// Keeps the rows of `strand` at their places, if the chain ends where they begin; says whether it does.
async fn keep_as_is(work: &DatabaseTransaction, strand: &Strand) -> Result<bool, DbErr> {
    let is_ours = advance(work, strand).await?;
    if is_ours {
        AnyRow::insert_all(strand.rows(), work).await?;
    }
    Ok(is_ours)
}

fn is_there(failure: &DbErr) -> bool {
    matches!(
        failure.sql_err(),
        Some(SqlErr::UniqueConstraintViolation(_))
    )
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
