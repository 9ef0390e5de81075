//! Reading rows as domain values: order families and what they rest on.

use std::collections::BTreeMap;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::tick::TickTable;
use catalyst_ports::journal::{FamilyEnding, IntentRecord};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use thiserror::Error;

use super::Store;
use crate::entity::{cycle, cycle_end, order_intent, settlement};
use crate::translate::cell::{Place, Unreadable};
use crate::translate::note::ending_of;
use crate::translate::plan::{PlanError, plan_of};
use crate::trouble::is_outage;

/// Why what was kept could not be read.
#[derive(Debug, Error)]
pub(crate) enum ReadError {
    /// A value no writer of this program has written.
    #[error(transparent)]
    Row(#[from] Unreadable),
    /// A plan that is none any more.
    #[error("order {name} cannot be read back")]
    Plan {
        /// The name of its first leg.
        name: String,
        /// Why.
        source: PlanError,
    },
    /// Fills that cannot have happened in this order.
    #[error(transparent)]
    Holdings(#[from] catalyst_domain::money::MoneyError),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl ReadError {
    /// True when the database is away.
    pub(crate) fn is_outage(&self) -> bool {
        match self {
            Self::Database(failure) => is_outage(failure),
            Self::Row(_) | Self::Plan { .. } | Self::Holdings(_) => false,
        }
    }
}

impl Store {
    /// Families of `book` without an end, oldest first, of every day.
    pub(crate) async fn unsettled(&self, book: i64) -> Result<Vec<IntentRecord>, ReadError> {
        let open = intents_where(&self.db, book, without_end(&self.db, book).await?).await?;
        open.iter()
            .map(|row| intent_of(row, &self.rules.ticks))
            .collect()
    }
}

/// The place before which every family of `book` has an end; `None` where every family has one.
pub(super) async fn open_from(db: &impl ConnectionTrait, book: i64) -> Result<Option<i64>, DbErr> {
    let open = intents_where(db, book, without_end(db, book).await?).await?;
    Ok(open.first().map(|oldest| oldest.id))
}

/// The intents of `book` that fit `condition`, oldest first.
pub(super) async fn intents_where(
    db: &impl ConnectionTrait,
    book: i64,
    condition: Condition,
) -> Result<Vec<order_intent::Model>, DbErr> {
    order_intent::Entity::find()
        .filter(order_intent::Column::BookId.eq(book))
        .filter(condition)
        .order_by_asc(order_intent::Column::Id)
        .all(db)
        .await
}

/// Holds for an intent of which no settlement is kept. The last run that ended says from where on there
/// can be any, so that those of past years are not gone through.
pub(super) async fn without_end(db: &impl ConnectionTrait, book: i64) -> Result<Condition, DbErr> {
    use {order_intent as intent, settlement as end};

    let same = |ours: intent::Column, theirs: end::Column| {
        Expr::col((end::Entity, theirs)).equals((intent::Entity, ours))
    };
    let ends = Query::select()
        .expr(Expr::val(1))
        .from(end::Entity)
        .and_where(same(intent::Column::BookId, end::Column::BookId))
        .and_where(same(intent::Column::Name, end::Column::OrderName))
        .to_owned();
    let last = cycle_end::Entity::find()
        .select_only()
        .column(cycle_end::Column::OpenFrom)
        .filter(cycle_end::Column::BookId.eq(book))
        .order_by_desc(cycle_end::Column::Id)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    let from = last.unwrap_or(0);
    Ok(Condition::all()
        .add(intent::Column::Id.gte(from))
        .add(Expr::exists(ends).not()))
}

/// The last ending of every family of `book` whose intent fits `condition`, by the name of its first leg.
pub(super) async fn endings_where(
    db: &impl ConnectionTrait,
    book: i64,
    condition: Condition,
) -> Result<BTreeMap<String, FamilyEnding>, ReadError> {
    let mut endings = BTreeMap::new();
    for row in ending_rows(db, book, condition).await? {
        let ending = ending_of(&row)?;
        endings.insert(row.order_name, ending);
    }
    Ok(endings)
}

/// Every ending of the families of `book` whose intent fits `condition`, oldest first.
pub(super) async fn ending_rows(
    db: &impl ConnectionTrait,
    book: i64,
    condition: Condition,
) -> Result<Vec<settlement::Model>, DbErr> {
    let names = Query::select()
        .column(order_intent::Column::Name)
        .from(order_intent::Entity)
        .and_where(order_intent::Column::BookId.eq(book))
        .cond_where(condition)
        .to_owned();
    settlement::Entity::find()
        .filter(settlement::Column::BookId.eq(book))
        .filter(settlement::Column::OrderName.in_subquery(names))
        .order_by_asc(settlement::Column::Id)
        .all(db)
        .await
}

/// The rows of the runs of `date`, for a condition on a column that names a run.
pub(super) fn cycles_of(book: i64, date: TradingDate) -> SelectStatement {
    Query::select()
        .column(cycle::Column::Id)
        .from(cycle::Entity)
        .and_where(cycle::Column::BookId.eq(book))
        .and_where(cycle::Column::Date.eq(date.to_string()))
        .to_owned()
}

/// The family about to be sent that `row` keeps.
pub(super) fn intent_of(
    row: &order_intent::Model,
    ticks: &TickTable,
) -> Result<IntentRecord, ReadError> {
    let place = Place {
        table: "order_intents",
        id: row.id,
    };
    let plan = plan_of(&row.plan, ticks).map_err(|source| ReadError::Plan {
        name: row.name.clone(),
        source,
    })?;
    Ok(IntentRecord {
        id: place.text("name", &row.name)?,
        plan,
        at: place.moment("at", row.at)?,
        reason: row.reason.clone(),
    })
}
