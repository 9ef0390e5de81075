//! What a broker tells again: kept once, whether the first telling is in the database or in the same batch.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use crate::entity::{AnyRow, commission, execution, order_event};
use crate::translate::fill::adds_nothing;

/// What a broker may tell again.
#[derive(Debug, Clone, Copy)]
pub(super) enum Report<'a> {
    /// Is known once it is there.
    Execution(&'a execution::Model),
    /// Is known if it adds nothing to the last one of its execution.
    Commission(&'a commission::Model),
    /// Is known if the order stands where it stood.
    OrderEvent(&'a order_event::Model),
}

impl<'a> Report<'a> {
    /// The one that `row` is, if it is any.
    pub(super) const fn of(row: &'a AnyRow) -> Option<Self> {
        match row {
            AnyRow::Execution(told) => Some(Self::Execution(told)),
            AnyRow::Commission(told) => Some(Self::Commission(told)),
            AnyRow::OrderEvent(told) => Some(Self::OrderEvent(told)),
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
            | AnyRow::Batch(_) => None,
        }
    }

    /// Whether it is known by `rows`, oldest first; `None` where they do not say.
    pub(super) fn is_known_by(self, rows: &[AnyRow]) -> Option<bool> {
        let mut last_first = rows.iter().rev().filter_map(Report::of);
        last_first.find_map(|known| self.is_known_beside(known))
    }

    /// Whether it is known where `known` is the last there is; `None` where that is about something else.
    fn is_known_beside(self, known: Report<'_>) -> Option<bool> {
        match (self, known) {
            (Self::Execution(told), Report::Execution(known)) => {
                let is_same = (known.book_id, &known.execution) == (told.book_id, &told.execution);
                is_same.then_some(true)
            }
            (Self::Commission(told), Report::Commission(known)) => {
                let is_same = (known.book_id, &known.execution) == (told.book_id, &told.execution);
                is_same.then(|| adds_nothing(told, known))
            }
            (Self::OrderEvent(told), Report::OrderEvent(known)) => {
                let is_same =
                    (known.book_id, &known.order_name) == (told.book_id, &told.order_name);
                is_same.then(|| stands(told, known))
            }
            (
                Self::Execution(_) | Self::Commission(_) | Self::OrderEvent(_),
                Report::Execution(_) | Report::Commission(_) | Report::OrderEvent(_),
            ) => None,
        }
    }

    /// Whether it is known by the database.
    async fn is_kept(self, db: &impl ConnectionTrait) -> Result<bool, DbErr> {
        Ok(match self {
            Self::Execution(told) => execution_of(db, told).await?.is_some(),
            Self::Commission(told) => {
                let last = last_commission(db, told).await?;
                last.is_some_and(|known| adds_nothing(told, &known))
            }
            Self::OrderEvent(told) => {
                let last = last_event(db, told).await?;
                last.is_some_and(|known| stands(told, &known))
            }
        })
    }
}

/// The rows `told` without what is known.
pub(super) async fn without_known(
    db: &impl ConnectionTrait,
    told: &[AnyRow],
) -> Result<Vec<AnyRow>, DbErr> {
    let mut new = Vec::with_capacity(told.len());
    for row in told {
        let is_known = match Report::of(row) {
            None => false,
            Some(report) => match report.is_known_by(&new) {
                Some(is_known) => is_known,
                None => report.is_kept(db).await?,
            },
        };
        if !is_known {
            new.push(row.clone());
        }
    }
    Ok(new)
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
