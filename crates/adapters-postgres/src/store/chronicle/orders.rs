//! What was ordered and what changed hands.

use std::collections::BTreeMap;

use catalyst_domain::account::ExecutionBook;
use catalyst_domain::order::Execution;
use catalyst_domain::tick::TickTable;
use catalyst_ports::journal::{Family, StoryEvent};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::Days;
use crate::entity::{execution, order_event, order_intent};
use crate::store::executed::executions_where;
use crate::store::read::{ReadError, endings_where, intent_of, intents_where};
use crate::store::story::event_of;
use crate::translate::cell::Unreadable;

/// What changed hands before the end of the days and counts, in the order it happened.
pub(super) async fn fills_since(
    db: &impl ConnectionTrait,
    days: &Days,
) -> Result<Vec<Execution>, ReadError> {
    let meant = Condition::all()
        .add(execution::Column::Id.gt(days.base))
        .add(execution::Column::At.lt(days.end.timestamp_micros()));
    let mut kept = ExecutionBook::empty();
    let mut told = BTreeMap::new();
    for one in executions_where(db, days.book, meant).await? {
        told.insert(one.fill.execution.clone(), one.clone());
        kept.keep(one);
    }
    let fills = kept.fills().into_iter();
    Ok(fills
        .filter_map(|fill| told.remove(&fill.execution))
        .collect())
}

/// Order families sent before the end of the days.
pub(super) async fn families_since(
    db: &impl ConnectionTrait,
    days: &Days,
    ticks: &TickTable,
) -> Result<Vec<Family>, ReadError> {
    let meant = Condition::all()
        .add(order_intent::Column::Id.gt(days.base))
        .add(order_intent::Column::Date.lte(days.to.to_string()));
    let endings = endings_where(db, days.book, meant.clone()).await?;
    let rows = intents_where(db, days.book, meant).await?;
    rows.into_iter()
        .map(|row| {
            let ending = endings.get(&row.name).copied();
            let intent = intent_of(&row, ticks)?;
            Ok(Family { intent, ending })
        })
        .collect()
}

/// Reports of stops read before the end of the days. A stop's name ends with its leg's letter.
pub(super) async fn stops_since(
    db: &impl ConnectionTrait,
    days: &Days,
) -> Result<Vec<StoryEvent>, ReadError> {
    let rows = order_event::Entity::find()
        .filter(order_event::Column::BookId.eq(days.book))
        .filter(order_event::Column::Id.gt(days.base))
        .filter(order_event::Column::At.lt(days.end.timestamp_micros()))
        .filter(order_event::Column::OrderName.like("%s"))
        .order_by_asc(order_event::Column::Id)
        .all(db)
        .await?;
    let events: Result<_, Unreadable> = rows.into_iter().map(event_of).collect();
    Ok(events?)
}
