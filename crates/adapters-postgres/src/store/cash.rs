//! What the account was read as, and the cash it must have by what happened since.

use catalyst_domain::account::ExecutionBook;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::Money;
use catalyst_domain::order::FeesAre;
use catalyst_ports::journal::EQUITY_BASE;
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::holdings::executions_where;
use super::read::ReadError;
use crate::entity::{execution, limit_change, reading};
use crate::translate::fill::{Reading, reading_of};

/// The first equity read on `date`.
pub(super) async fn equity_at_open(
    db: &impl ConnectionTrait,
    book: i64,
    date: TradingDate,
) -> Result<Option<Money>, ReadError> {
    let first = first_of_day(db, book, date).await?;
    Ok(first.map(|first| first.equity))
}

/// The last equity read on any day, unless the owner has accepted another since.
pub(super) async fn equity_last(
    db: &impl ConnectionTrait,
    book: i64,
) -> Result<Option<(Money, DateTime<Utc>)>, ReadError> {
    let last = reading::Entity::find()
        .filter(reading::Column::BookId.eq(book))
        .order_by_desc(reading::Column::At)
        .order_by_desc(reading::Column::Id)
        .one(db)
        .await?;
    let Some(last) = last else {
        return Ok(None);
    };
    if accepted_since(db, book)
        .await?
        .is_some_and(|accepted| accepted > last.id)
    {
        return Ok(None);
    }
    let last = reading_of(&last)?;
    Ok(Some((last.equity, last.at)))
}

/// The cash of the last reading before `date`, else of its first, moved by every fill since.
pub(super) async fn cash_expected(
    db: &impl ConnectionTrait,
    book: i64,
    date: TradingDate,
) -> Result<Option<Money>, ReadError> {
    let before = reading::Entity::find()
        .filter(reading::Column::BookId.eq(book))
        .filter(reading::Column::Date.lt(date.to_string()))
        .order_by_desc(reading::Column::Date)
        .order_by_desc(reading::Column::At)
        .order_by_desc(reading::Column::Id)
        .one(db)
        .await?;
    let base = match before {
        Some(row) => Some(reading_of(&row)?),
        None => first_of_day(db, book, date).await?,
    };
    let base = match (base, accepted_since(db, book).await?) {
        (Some(base), Some(accepted)) if base.row < accepted => after(db, book, accepted).await?,
        (base, _) => base,
    };
    let Some(base) = base else {
        return Ok(None);
    };
    let since = Condition::all()
        .add(execution::Column::BookId.eq(book))
        .add(execution::Column::At.gt(base.at.timestamp_micros()));
    let mut kept = ExecutionBook::empty();
    for execution in executions_where(db, book, since).await? {
        if execution.fees == FeesAre::Estimated {
            return Ok(None);
        }
        kept.keep(execution);
    }
    let mut cash = base.cash;
    for fill in kept.fills() {
        cash = cash.plus(fill.cash_effect()?)?;
    }
    Ok(Some(cash))
}

/// The place at which the owner last accepted that the account may read as it does.
async fn accepted_since(db: &impl ConnectionTrait, book: i64) -> Result<Option<i64>, ReadError> {
    let last = limit_change::Entity::find()
        .filter(limit_change::Column::BookId.eq(book))
        .filter(limit_change::Column::Name.eq(EQUITY_BASE))
        .order_by_desc(limit_change::Column::Id)
        .one(db)
        .await?;
    Ok(last.map(|change| change.id))
}

/// The first reading behind `place`.
async fn after(
    db: &impl ConnectionTrait,
    book: i64,
    place: i64,
) -> Result<Option<Reading>, ReadError> {
    let first = reading::Entity::find()
        .filter(reading::Column::BookId.eq(book))
        .filter(reading::Column::Id.gt(place))
        .order_by_asc(reading::Column::Id)
        .one(db)
        .await?;
    Ok(first.as_ref().map(reading_of).transpose()?)
}

/// The first reading of `date` that was kept, which after a clock was set back need not be the one
/// stamped earliest: a later one shows cash that already holds the fills since.
async fn first_of_day(
    db: &impl ConnectionTrait,
    book: i64,
    date: TradingDate,
) -> Result<Option<Reading>, ReadError> {
    let first = reading::Entity::find()
        .filter(reading::Column::BookId.eq(book))
        .filter(reading::Column::Date.eq(date.to_string()))
        .order_by_asc(reading::Column::Id)
        .one(db)
        .await?;
    Ok(first.as_ref().map(reading_of).transpose()?)
}
