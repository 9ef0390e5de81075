//! What the account was read as, the cash it must have by what happened since, and the limits in force:
//! all of them may be moved by what the owner accepts.

use std::collections::BTreeMap;

use catalyst_domain::account::ExecutionBook;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::Money;
use catalyst_domain::order::FeesAre;
use catalyst_domain::risk::LimitLedger;
use catalyst_ports::journal::EQUITY_BASE;
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, Select,
};

use super::executed::Executed;
use super::read::ReadError;
use crate::entity::{commission, execution, limit_change, reading};
use crate::translate::fill::reading_of;

/// What the account's state on one day is told from.
#[derive(Debug, Clone)]
pub(super) struct AccountRows {
    date: String,
    /// By place: the first of the day, the last before it, the last of all, the first behind what the
    /// owner accepted last, and all that were kept since these were looked for.
    readings: BTreeMap<i64, reading::Model>,
    /// All there are, oldest first.
    changes: Vec<limit_change::Model>,
    /// Executions after a moment; none were looked for while there is no reading to begin from.
    later: Option<(i64, Executed)>,
}

impl AccountRows {
    /// Those of `book` on `date`.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        book: i64,
        date: TradingDate,
    ) -> Result<Self, DbErr> {
        let mut rows = Self {
            date: date.to_string(),
            readings: BTreeMap::new(),
            changes: changes(db, book).await?,
            later: None,
        };
        rows.look_for(db, last(book)).await?;
        rows.look_for(db, first_of(book, &rows.date)).await?;
        rows.look_for(db, last_before(book, &rows.date)).await?;
        if let Some(accepted) = rows.accepted() {
            rows.look_for(db, first_behind(book, accepted)).await?;
        }
        if let Some(from) = rows.base().map(|base| base.at) {
            let later = Condition::all().add(execution::Column::At.gt(from));
            rows.later = Some((from, Executed::load(db, book, later).await?));
        }
        Ok(rows)
    }

    async fn look_for(
        &mut self,
        db: &impl ConnectionTrait,
        wanted: Select<reading::Entity>,
    ) -> Result<(), DbErr> {
        if let Some(found) = wanted.one(db).await? {
            self.readings.insert(found.id, found);
        }
        Ok(())
    }

    /// One more reading.
    pub(super) fn add_reading(&mut self, row: &reading::Model) {
        self.readings.insert(row.id, row.clone());
    }

    /// One more change of a limit, or of what the account may read as.
    pub(super) fn add_change(&mut self, row: &limit_change::Model) {
        self.changes.push(row.clone());
    }

    /// One more execution.
    pub(super) fn add(&mut self, row: &execution::Model) {
        if let Some((from, later)) = &mut self.later
            && row.at > *from
        {
            later.add(row);
        }
    }

    /// One more cost.
    pub(super) fn add_cost(&mut self, row: &commission::Model) {
        if let Some((_, later)) = &mut self.later {
            later.add_cost(row);
        }
    }

    /// Whether the executions since the reading that counts now were all looked for.
    pub(super) fn is_whole(&self) -> bool {
        let from = self.later.as_ref().map(|(from, _)| *from);
        self.base().is_none_or(|base| from == Some(base.at))
    }

    /// The first equity read on the day.
    pub(super) fn equity_at_open(&self) -> Result<Option<Money>, ReadError> {
        let first = self.first_of_day().map(reading_of).transpose()?;
        Ok(first.map(|first| first.equity))
    }

    /// The last equity read on any day, unless the owner has accepted another since.
    pub(super) fn equity_last(&self) -> Result<Option<(Money, DateTime<Utc>)>, ReadError> {
        let last = self.readings.values().max_by_key(|row| (row.at, row.id));
        let last = last.filter(|last| self.accepted().is_none_or(|accepted| accepted < last.id));
        let last = last.map(reading_of).transpose()?;
        Ok(last.map(|last| (last.equity, last.at)))
    }

    /// The cash of the last reading before the day, else of its first, moved by every fill since.
    pub(super) fn cash_expected(&self) -> Result<Option<Money>, ReadError> {
        let (Some(base), Some((_, later))) = (self.base(), &self.later) else {
            return Ok(None);
        };
        let mut kept = ExecutionBook::empty();
        for execution in later.told()? {
            if execution.fees == FeesAre::Estimated {
                return Ok(None);
            }
            kept.keep(execution);
        }
        let mut cash = reading_of(base)?.cash;
        for fill in kept.fills() {
            cash = cash.plus(fill.cash_effect()?)?;
        }
        Ok(Some(cash))
    }

    /// The last value of every limit.
    pub(super) fn limits(&self) -> LimitLedger {
        let mut limits = LimitLedger::empty();
        for row in self.changes.iter().filter(|row| row.name != EQUITY_BASE) {
            limits.remember(&row.name, &row.becomes);
        }
        limits
    }

    /// The reading that cash is counted from.
    fn base(&self) -> Option<&reading::Model> {
        let before = self.readings.values().filter(|row| row.date < self.date);
        let before = before.max_by(|one, other| {
            (&one.date, one.at, one.id).cmp(&(&other.date, other.at, other.id))
        });
        let base = before.or_else(|| self.first_of_day())?;
        match self.accepted() {
            Some(accepted) if base.id < accepted => self
                .readings
                .range(accepted + 1..)
                .next()
                .map(|(_, first)| first),
            Some(_) | None => Some(base),
        }
    }

    /// The first reading of the day that was kept, which after a clock was set back need not be the one
    /// stamped earliest: a later one shows cash that already holds the fills since.
    fn first_of_day(&self) -> Option<&reading::Model> {
        self.readings.values().find(|row| row.date == self.date)
    }

    /// The place at which the owner last accepted that the account may read as it does.
    fn accepted(&self) -> Option<i64> {
        let accepted = self.changes.iter().filter(|row| row.name == EQUITY_BASE);
        accepted.map(|row| row.id).max()
    }
}

async fn changes(db: &impl ConnectionTrait, book: i64) -> Result<Vec<limit_change::Model>, DbErr> {
    limit_change::Entity::find()
        .filter(limit_change::Column::BookId.eq(book))
        .order_by_asc(limit_change::Column::Id)
        .all(db)
        .await
}

fn last(book: i64) -> Select<reading::Entity> {
    of_book(book)
        .order_by_desc(reading::Column::At)
        .order_by_desc(reading::Column::Id)
}

fn first_of(book: i64, date: &str) -> Select<reading::Entity> {
    of_book(book)
        .filter(reading::Column::Date.eq(date))
        .order_by_asc(reading::Column::Id)
}

fn last_before(book: i64, date: &str) -> Select<reading::Entity> {
    of_book(book)
        .filter(reading::Column::Date.lt(date))
        .order_by_desc(reading::Column::Date)
        .order_by_desc(reading::Column::At)
        .order_by_desc(reading::Column::Id)
}

fn first_behind(book: i64, place: i64) -> Select<reading::Entity> {
    of_book(book)
        .filter(reading::Column::Id.gt(place))
        .order_by_asc(reading::Column::Id)
}

fn of_book(book: i64) -> Select<reading::Entity> {
    reading::Entity::find().filter(reading::Column::BookId.eq(book))
}
