//! The halt switch: which of its moves count on a day.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::StateScope;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::read::ReadError;
use crate::entity::halt;
use crate::translate::note::scope_word;

/// The last move up to `date` that holds until moved, and a later move of the day itself.
pub(super) async fn moves_on(
    db: &impl ConnectionTrait,
    book: i64,
    date: TradingDate,
) -> Result<(Option<halt::Model>, Option<halt::Model>), ReadError> {
    use halt::{Column, Entity};

    let scoped = |scope| {
        Condition::all()
            .add(Column::BookId.eq(book))
            .add(Column::Scope.eq(scope_word(scope)))
    };
    let standing = Entity::find()
        .filter(scoped(StateScope::UntilMoved).add(Column::Date.lte(date.to_string())))
        .order_by_desc(Column::Id)
        .one(db)
        .await?;
    let released = Entity::find()
        .filter(scoped(StateScope::UntilMoved).add(Column::Date.lte(date.to_string())))
        .filter(Column::State.eq(TradingState::Trading.as_str()))
        .order_by_desc(Column::Id)
        .one(db)
        .await?;
    let mut since = scoped(StateScope::Day).add(Column::Date.eq(date.to_string()));
    if let Some(row) = &released {
        since = since.add(Column::Id.gt(row.id));
    }
    let today = Entity::find()
        .filter(since)
        .order_by_desc(Column::Id)
        .one(db)
        .await?;
    Ok((standing, today))
}
