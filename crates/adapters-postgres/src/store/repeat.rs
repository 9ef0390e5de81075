//! What a broker tells again: kept once, whether the first telling is in the database or in the same batch.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use crate::entity::{AnyRow, commission, execution, order_event};
use crate::translate::fill::adds_nothing;

/// True for what a broker repeats: an execution or a cost that is there, an order that stands where it
/// stood. What is `waiting` is there as well.
pub(super) async fn is_known(
    db: &impl ConnectionTrait,
    waiting: &[AnyRow],
    row: &AnyRow,
) -> Result<bool, DbErr> {
    match row {
        AnyRow::Execution(told) => {
            let waits = waiting.iter().any(|row| is_execution(row, told));
            Ok(waits || execution_of(db, told).await?.is_some())
        }
        AnyRow::Commission(told) => {
            let waits = waiting
                .iter()
                .rev()
                .find_map(|row| commission_in(row, told));
            let last = match waits {
                Some(known) => Some(known.clone()),
                None => last_commission(db, told).await?,
            };
            Ok(last.is_some_and(|known| adds_nothing(told, &known)))
        }
        AnyRow::OrderEvent(told) => {
            let waits = waiting.iter().rev().find_map(|row| event_in(row, told));
            let last = match waits {
                Some(known) => Some(known.clone()),
                None => last_event(db, told).await?,
            };
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
        | AnyRow::AlertEnd(_)
        | AnyRow::LimitChange(_)
        | AnyRow::ModelUsage(_)
        | AnyRow::ProofOfLife(_)
        | AnyRow::Batch(_) => Ok(false),
    }
}

fn is_execution(row: &AnyRow, told: &execution::Model) -> bool {
    if let AnyRow::Execution(known) = row {
        (known.book_id, &known.execution) == (told.book_id, &told.execution)
    } else {
        false
    }
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
