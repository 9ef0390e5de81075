//! Executions with what they cost, as rows.

use catalyst_domain::order::Execution;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::read::ReadError;
use crate::entity::{commission, execution};
use crate::translate::cell::Unreadable;
use crate::translate::fill::executions_of;

/// Some executions of a book in the order they were kept, and every cost that was kept for them.
#[derive(Debug, Clone, Default)]
pub(super) struct Executed {
    rows: Vec<execution::Model>,
    costs: Vec<commission::Model>,
}

impl Executed {
    /// Those that fit `condition`. A cost is kept behind its execution, so that those of earlier ones are
    /// not gone through.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        book: i64,
        condition: Condition,
    ) -> Result<Self, DbErr> {
        let condition = condition.add(execution::Column::BookId.eq(book));
        let rows = execution::Entity::find()
            .filter(condition.clone())
            .order_by_asc(execution::Column::Id)
            .all(db)
            .await?;
        let Some(first) = rows.first().map(|row| row.id) else {
            return Ok(Self::default());
        };
        let names = Query::select()
            .column(execution::Column::Execution)
            .from(execution::Entity)
            .cond_where(condition)
            .to_owned();
        let costs = commission::Entity::find()
            .filter(commission::Column::BookId.eq(book))
            .filter(commission::Column::Execution.in_subquery(names))
            .filter(commission::Column::Id.gt(first))
            .order_by_asc(commission::Column::Id)
            .all(db)
            .await?;
        Ok(Self { rows, costs })
    }

    /// One more, kept behind all others.
    pub(super) fn add(&mut self, row: &execution::Model) {
        self.rows.push(row.clone());
    }

    /// What an execution costs from now on, one of these or another.
    pub(super) fn add_cost(&mut self, row: &commission::Model) {
        self.costs.push(row.clone());
    }

    /// The names of what they correct.
    pub(super) fn corrected(&self) -> Vec<&str> {
        let rows = self.rows.iter();
        rows.filter_map(|row| row.replaces.as_deref()).collect()
    }

    /// Whether one of them has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.rows.iter().any(|row| row.execution == name)
    }

    /// The executions, each with the cost that counts.
    pub(super) fn told(&self) -> Result<Vec<Execution>, Unreadable> {
        executions_of(&self.rows, &self.costs)
    }
}

/// The executions of `book` that fit `condition`, in the order they were kept, with what they cost.
pub(super) async fn executions_where(
    db: &impl ConnectionTrait,
    book: i64,
    condition: Condition,
) -> Result<Vec<Execution>, ReadError> {
    Ok(Executed::load(db, book, condition).await?.told()?)
}
