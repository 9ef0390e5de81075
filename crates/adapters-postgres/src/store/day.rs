//! One exchange day, put together from the rows of one moment.

use catalyst_domain::account::Holdings;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::Money;
use catalyst_domain::reconcile::Finding;
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::{DayJournal, DecisionNote, JournalError, StateScope};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::read::{ReadError, cycles_of, cycles_until, families, fills};
use super::{Store, unavailable};
use crate::entity::{comparison, decision, equity_reading, finding, state};
use crate::translate::cell::Unreadable;
use crate::translate::fill::equity_of;
use crate::translate::finding::finding_of;
use crate::translate::note::{decision_of, scope_word, state_of};

impl Store {
    pub(crate) async fn day(&self, date: TradingDate) -> Result<DayJournal, JournalError> {
        self.try_day(date).await.map_err(unavailable)
    }

    async fn try_day(&self, date: TradingDate) -> Result<DayJournal, ReadError> {
        let db = self.reading().await?;
        let mut opening = Holdings::none(self.rules.currency);
        let mut holdings = Holdings::none(self.rules.currency);
        let mut of_day = Vec::new();
        for fill in fills(&db).await? {
            holdings.absorb(&fill)?;
            let day = self.rules.calendar.date_of(fill.at);
            if day < date {
                opening.absorb(&fill)?;
            } else if day == date {
                of_day.push(fill);
            }
        }
        let journal = DayJournal {
            equity_at_open: equity_at_open(&db, date).await?,
            equity_last: equity_last(&db).await?,
            opening,
            holdings,
            fills: of_day,
            families: families(&db, date, &self.rules.ticks).await?,
            state: state_on(&db, date).await?,
            findings: findings_of(&db, date).await?,
            decisions: decisions_of(&db, date).await?,
        };
        db.commit().await?;
        Ok(journal)
    }
}

async fn equity_at_open(
    db: &impl ConnectionTrait,
    date: TradingDate,
) -> Result<Option<Money>, ReadError> {
    let first = equity_reading::Entity::find()
        .filter(equity_reading::Column::CycleId.in_subquery(cycles_of(date)))
        .order_by_asc(equity_reading::Column::At)
        .order_by_asc(equity_reading::Column::Id)
        .one(db)
        .await?;
    Ok(match first {
        Some(row) => Some(equity_of(&row)?.0),
        None => None,
    })
}

async fn equity_last(
    db: &impl ConnectionTrait,
) -> Result<Option<(Money, DateTime<Utc>)>, ReadError> {
    let last = equity_reading::Entity::find()
        .order_by_desc(equity_reading::Column::At)
        .order_by_desc(equity_reading::Column::Id)
        .one(db)
        .await?;
    Ok(last.as_ref().map(equity_of).transpose()?)
}

/// The last move that holds until moved, made stricter by a later move of the day itself. A move of
/// the day alone never loosens what the owner has set.
async fn state_on(db: &impl ConnectionTrait, date: TradingDate) -> Result<TradingState, ReadError> {
    let standing = state::Entity::find()
        .filter(state::Column::Scope.eq(scope_word(StateScope::UntilMoved)))
        .filter(state::Column::CycleId.in_subquery(cycles_until(date)))
        .order_by_desc(state::Column::Id)
        .one(db)
        .await?;
    let mut since = Condition::all()
        .add(state::Column::Scope.eq(scope_word(StateScope::Day)))
        .add(state::Column::CycleId.in_subquery(cycles_of(date)));
    if let Some(row) = &standing {
        since = since.add(state::Column::Id.gt(row.id));
    }
    let today = state::Entity::find()
        .filter(since)
        .order_by_desc(state::Column::Id)
        .one(db)
        .await?;
    let mut state = TradingState::Trading;
    for row in [standing, today].into_iter().flatten() {
        state = state.stricter(state_of(&row)?);
    }
    Ok(state)
}

async fn findings_of(
    db: &impl ConnectionTrait,
    date: TradingDate,
) -> Result<Vec<Finding>, ReadError> {
    let last = comparison::Entity::find()
        .filter(comparison::Column::CycleId.in_subquery(cycles_of(date)))
        .order_by_desc(comparison::Column::Id)
        .one(db)
        .await?;
    let Some(last) = last else {
        return Ok(Vec::new());
    };
    let rows = finding::Entity::find()
        .filter(finding::Column::ComparisonId.eq(last.id))
        .order_by_asc(finding::Column::Id)
        .all(db)
        .await?;
    Ok(rows
        .iter()
        .map(finding_of)
        .collect::<Result<_, Unreadable>>()?)
}

async fn decisions_of(
    db: &impl ConnectionTrait,
    date: TradingDate,
) -> Result<Vec<DecisionNote>, ReadError> {
    let rows = decision::Entity::find()
        .filter(decision::Column::CycleId.in_subquery(cycles_of(date)))
        .order_by_asc(decision::Column::Id)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(decision_of)
        .collect::<Result<_, Unreadable>>()?)
}
