//! The halt switch: which of its moves count on a day.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::StateScope;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use crate::entity::halt;
use crate::translate::note::scope_word;

/// The moves of a book's switch that count on one day.
#[derive(Debug, Clone)]
pub(super) struct SwitchRows(Vec<halt::Model>);

impl SwitchRows {
    /// Those of `book` that count on `date`.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        book: i64,
        date: TradingDate,
    ) -> Result<Self, DbErr> {
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
        let today = Entity::find()
            .filter(scoped(StateScope::Day).add(Column::Date.eq(date.to_string())))
            .order_by_desc(Column::Id)
            .one(db)
            .await?;
        Ok(Self(
            [standing, released, today].into_iter().flatten().collect(),
        ))
    }

    /// One more move of the day, made after all others.
    pub(super) fn add(&mut self, row: &halt::Model) {
        self.0.push(row.clone());
    }

    /// The last move that holds until moved, and a move of the day itself unless the owner has moved the
    /// switch to trading since.
    pub(super) fn counting(&self) -> (Option<&halt::Model>, Option<&halt::Model>) {
        let lasting = || self.scoped(StateScope::UntilMoved);
        let released = lasting().filter(|row| row.state == TradingState::Trading.as_str());
        let released = released.map(|row| row.id).max();
        let today = self.scoped(StateScope::Day).max_by_key(|row| row.id);
        (
            lasting().max_by_key(|row| row.id),
            today.filter(|row| released.is_none_or(|released| row.id > released)),
        )
    }

    fn scoped(&self, scope: StateScope) -> impl Iterator<Item = &halt::Model> {
        let word = scope_word(scope);
        self.0.iter().filter(move |row| row.scope == word)
    }
}
