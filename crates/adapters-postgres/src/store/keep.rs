//! What a run writes: batches of rows, each all or none, each once however often it is told.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _,
};
use serde::{Deserialize, Serialize};

use super::Store;
use super::chain::Chain;
use super::holdings::fold;
use super::read::open_from;
use crate::entity::{AnyRow, batch, commission, cycle_end, execution, order_event};
use crate::translate::entry::OPEN_PLACE;
use crate::translate::fill::adds_nothing;

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

impl Store {
    /// Keeps `batch`. Durable when it returns.
    ///
    /// After an error nobody knows whether it was kept, as the connection may have broken while the
    /// commit was under way; telling it again is safe.
    pub(crate) async fn keep(&self, batch: Batch) -> Result<(), DbErr> {
        let work = self.writing().await?;
        let mut chain = Chain::take(&work).await?;
        if is_kept(&work, &batch).await? {
            return Ok(());
        }
        let told = AnyRow::Batch(batch::Model {
            id: OPEN_PLACE,
            cycle_id: batch.cycle,
            number: batch.number,
            hash: Vec::new(),
        });
        chain.add(told).await?;
        let mut comparison = OPEN_PLACE;
        for mut row in batch.rows {
            if is_known(&work, &row).await? {
                continue;
            }
            if let AnyRow::Finding(finding) = &mut row {
                finding.comparison_id = comparison;
            }
            if let AnyRow::CycleEnd(end) = &mut row {
                self.tell_the_end(&work, end).await?;
            }
            let is_comparison = matches!(row, AnyRow::Comparison(_));
            let place = chain.add(row).await?;
            if is_comparison {
                comparison = place;
            }
        }
        chain.keep().await?;
        work.commit().await
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
            Ok(date) => {
                let folded = fold(work, &self.rules, end.book_id, date).await;
                folded.is_ok_and(|folded| folded.holdings.is_flat())
            }
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

/// True for what a broker repeats: an execution or a cost that is there, an order that stands where it
/// stood.
async fn is_known(db: &impl ConnectionTrait, row: &AnyRow) -> Result<bool, DbErr> {
    match row {
        AnyRow::Execution(told) => {
            let found = execution::Entity::find()
                .filter(execution::Column::BookId.eq(told.book_id))
                .filter(execution::Column::Execution.eq(told.execution.as_str()))
                .one(db)
                .await?;
            Ok(found.is_some())
        }
        AnyRow::Commission(told) => {
            let last = commission::Entity::find()
                .filter(commission::Column::BookId.eq(told.book_id))
                .filter(commission::Column::Execution.eq(told.execution.as_str()))
                .order_by_desc(commission::Column::Id)
                .one(db)
                .await?;
            Ok(last.is_some_and(|known| adds_nothing(told, &known)))
        }
        AnyRow::OrderEvent(told) => {
            let last = order_event::Entity::find()
                .filter(order_event::Column::BookId.eq(told.book_id))
                .filter(order_event::Column::OrderName.eq(told.order_name.as_str()))
                .order_by_desc(order_event::Column::Id)
                .one(db)
                .await?;
            let stands = |known: order_event::Model| {
                (known.status == told.status)
                    && (known.filled, known.shares) == (told.filled, told.shares)
            };
            Ok(last.is_some_and(stands))
        }
        AnyRow::Book(_)
        | AnyRow::Cycle(_)
        | AnyRow::CycleEnd(_)
        | AnyRow::ToolCall(_)
        | AnyRow::Verdict(_)
        | AnyRow::OrderIntent(_)
        | AnyRow::Settlement(_)
        | AnyRow::WriteOff(_)
        | AnyRow::Reading(_)
        | AnyRow::Halt(_)
        | AnyRow::Comparison(_)
        | AnyRow::Finding(_)
        | AnyRow::Decision(_)
        | AnyRow::Alert(_)
        | AnyRow::LimitChange(_)
        | AnyRow::ModelUsage(_)
        | AnyRow::ProofOfLife(_)
        | AnyRow::Batch(_) => Ok(false),
    }
}
