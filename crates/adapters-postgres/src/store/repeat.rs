//! What a broker tells again: kept once, whether the first telling is in the database or in the same batch.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::chain::Added;
use crate::entity::{AnyRow, commission, execution, order_event};
use crate::translate::fill::adds_nothing;

/// What one handle has kept since it opened a run, of what a broker may tell again.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    /// Opened runs, executions, costs and reports on orders, oldest first.
    rows: Vec<AnyRow>,
    /// The end of the chain up to which they are all of the book since the first of them.
    end: i64,
}

impl Repeats {
    /// Follows a commit of the same handle. What it began behind, if not these, is not known any more.
    pub(crate) fn follow(&mut self, added: &Added) {
        if self.end != added.behind {
            self.rows.clear();
        }
        self.end = added.rows.last().map_or(added.behind, AnyRow::id);
        let kept = added.rows.iter().filter(|row| {
            matches!(
                row,
                AnyRow::Cycle(_)
                    | AnyRow::Execution(_)
                    | AnyRow::Commission(_)
                    | AnyRow::OrderEvent(_)
            )
        });
        self.rows.extend(kept.cloned());
    }

    /// The rows `told` that a broker does not repeat; `None` when that needs a question, or the chain does
    /// not end at `end` for all that these know.
    pub(super) fn left_out_of(&self, told: &[AnyRow], end: i64) -> Option<Vec<AnyRow>> {
        let mut new = Vec::with_capacity(told.len());
        for row in told {
            let is_known = match said_by(&new, row) {
                Some(is_known) => is_known,
                None if self.end == end => self.says(&new, row)?,
                None => return None,
            };
            if !is_known {
                new.push(row.clone());
            }
        }
        Some(new)
    }

    /// Whether `row` is known, of which `waiting` says nothing.
    fn says(&self, waiting: &[AnyRow], row: &AnyRow) -> Option<bool> {
        let known = said_by(&self.rows, row);
        known.or_else(|| self.is_first(waiting, row).then_some(false))
    }

    /// True when nothing like `row` can be older than these. Orders are named after the run that sends them,
    /// which is opened before; a cost is kept behind its execution.
    fn is_first(&self, waiting: &[AnyRow], row: &AnyRow) -> bool {
        match row {
            AnyRow::Execution(told) => self.have_opened(&told.order_name),
            AnyRow::OrderEvent(told) => self.have_opened(&told.order_name),
            AnyRow::Commission(told) => waiting.iter().chain(&self.rows).any(
                |row| matches!(row, AnyRow::Execution(known) if known.execution == told.execution),
            ),
            _ => false,
        }
    }

    /// Whether the run after which an order is named is among these.
    fn have_opened(&self, order_name: &str) -> bool {
        let run = order_name.rsplit_once('-').map(|(run, _)| run);
        let mut rows = self.rows.iter();
        rows.any(|row| matches!(row, AnyRow::Cycle(opened) if run == Some(opened.name.as_str())))
    }
}

/// The rows `told` that a broker does not repeat.
pub(super) async fn without_known(
    db: &impl ConnectionTrait,
    told: Vec<AnyRow>,
) -> Result<Vec<AnyRow>, DbErr> {
    let mut new = Vec::with_capacity(told.len());
    for row in told {
        let is_known = match said_by(&new, &row) {
            Some(is_known) => is_known,
            None => is_known(db, &row).await?,
        };
        if !is_known {
            new.push(row);
        }
    }
    Ok(new)
}

/// Whether `row` is what a broker repeats: an execution or a cost that is there, an order that stands where
/// it stood. `None` where `rows`, oldest first, do not say.
fn said_by(rows: &[AnyRow], row: &AnyRow) -> Option<bool> {
    let mut last_first = rows.iter().rev();
    match row {
        AnyRow::Execution(told) => last_first
            .any(|row| is_execution(row, told))
            .then_some(true),
        AnyRow::Commission(told) => last_first
            .find_map(|row| commission_in(row, told))
            .map(|known| adds_nothing(told, known)),
        AnyRow::OrderEvent(told) => last_first
            .find_map(|row| event_in(row, told))
            .map(|known| stands(told, known)),
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
        | AnyRow::AlertEnd(_)
        | AnyRow::LimitChange(_)
        | AnyRow::ModelUsage(_)
        | AnyRow::ProofOfLife(_)
        | AnyRow::Batch(_) => Some(false),
    }
}

/// The same, asked of the database.
async fn is_known(db: &impl ConnectionTrait, row: &AnyRow) -> Result<bool, DbErr> {
    Ok(match row {
        AnyRow::Execution(told) => execution_of(db, told).await?.is_some(),
        AnyRow::Commission(told) => {
            let last = last_commission(db, told).await?;
            last.is_some_and(|known| adds_nothing(told, &known))
        }
        AnyRow::OrderEvent(told) => {
            let last = last_event(db, told).await?;
            last.is_some_and(|known| stands(told, &known))
        }
        _ => false,
    })
}

fn is_execution(row: &AnyRow, told: &execution::Model) -> bool {
    if let AnyRow::Execution(known) = row {
        (known.book_id, &known.execution) == (told.book_id, &told.execution)
    } else {
        false
    }
}

/// Whether an order stands where it stood.
fn stands(told: &order_event::Model, known: &order_event::Model) -> bool {
    known.status == told.status && (known.filled, known.shares) == (told.filled, told.shares)
}

async fn execution_of(
    db: &impl ConnectionTrait,
    told: &execution::Model,
) -> Result<Option<execution::Model>, DbErr> {
    execution::Entity::find()
        .filter(execution::Column::BookId.eq(told.book_id))
        .filter(execution::Column::Execution.eq(told.execution.as_str()))
        .one(db)
        .await
}

/// The cost that `row` holds, if it is one of the same execution.
fn commission_in<'a>(row: &'a AnyRow, told: &commission::Model) -> Option<&'a commission::Model> {
    if let AnyRow::Commission(known) = row {
        let is_same = (known.book_id, &known.execution) == (told.book_id, &told.execution);
        is_same.then_some(known)
    } else {
        None
    }
}

async fn last_commission(
    db: &impl ConnectionTrait,
    told: &commission::Model,
) -> Result<Option<commission::Model>, DbErr> {
    commission::Entity::find()
        .filter(commission::Column::BookId.eq(told.book_id))
        .filter(commission::Column::Execution.eq(told.execution.as_str()))
        .order_by_desc(commission::Column::Id)
        .one(db)
        .await
}

/// The event that `row` holds, if it is one of the same order.
fn event_in<'a>(row: &'a AnyRow, told: &order_event::Model) -> Option<&'a order_event::Model> {
    if let AnyRow::OrderEvent(known) = row {
        let is_same = (known.book_id, &known.order_name) == (told.book_id, &told.order_name);
        is_same.then_some(known)
    } else {
        None
    }
}

async fn last_event(
    db: &impl ConnectionTrait,
    told: &order_event::Model,
) -> Result<Option<order_event::Model>, DbErr> {
    order_event::Entity::find()
        .filter(order_event::Column::BookId.eq(told.book_id))
        .filter(order_event::Column::OrderName.eq(told.order_name.as_str()))
        .order_by_desc(order_event::Column::Id)
        .one(db)
        .await
}
