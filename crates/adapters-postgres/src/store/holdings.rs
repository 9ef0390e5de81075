//! What is held, folded from executions. The fold begins at the last run before the day that ended with
//! nothing held, so that a journal of years is as quick as one of days.

use catalyst_domain::account::{ExecutionBook, Holdings};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::MoneyError;
use catalyst_domain::order::Fill;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::MarketRules;
use super::executed::Executed;
use super::read::ReadError;
use crate::entity::{commission, cycle_end, execution, write_off};
use crate::translate::cell::{Place, Unreadable};

/// The holdings around one day.
#[derive(Debug)]
pub(super) struct Folded {
    /// Before its first fill.
    pub(super) opening: Holdings,
    /// From every fill kept.
    pub(super) holdings: Holdings,
    /// Of the day, in the order they happened.
    pub(super) fills: Vec<Fill>,
}

/// Shares that were written off.
#[derive(Debug)]
pub(super) struct WrittenOff {
    /// When it was done.
    pub(super) at: DateTime<Utc>,
    /// The exchange day of it.
    pub(super) day: TradingDate,
    /// What is gone.
    pub(super) symbol: Symbol,
    /// The shares that are left.
    pub(super) to: Shares,
}

/// What the holdings around one day are folded from.
#[derive(Debug, Clone)]
pub(super) struct HoldingRows {
    /// The end of a run before the day that left nothing held; 0 for none.
    base: i64,
    executed: Executed,
    written_off: Vec<write_off::Model>,
}

impl HoldingRows {
    /// Those of `book` around `date`.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        book: i64,
        date: TradingDate,
    ) -> Result<Self, DbErr> {
        let mut base = last_flat(db, book, date).await?;
        let mut executed = executions_since(db, book, base).await?;
        if corrects_something_else(db, book, base, executed.corrected()).await? {
            base = 0;
            executed = executions_since(db, book, base).await?;
        }
        Ok(Self {
            base,
            executed,
            written_off: write_offs_since(db, book, base).await?,
        })
    }

    /// One more execution; false when it corrects one that is not among them.
    pub(super) fn add(&mut self, row: &execution::Model) -> bool {
        let corrected = row.replaces.as_deref();
        let is_among = self.base == 0 || corrected.is_none_or(|name| self.executed.has(name));
        self.executed.add(row);
        is_among
    }

    /// One more cost.
    pub(super) fn add_cost(&mut self, row: &commission::Model) {
        self.executed.add_cost(row);
    }

    /// Something more that was written off.
    pub(super) fn add_write_off(&mut self, row: &write_off::Model) {
        self.written_off.push(row.clone());
        self.written_off.sort_by_key(|row| (row.at, row.id));
    }

    /// Whether nothing is held; false as well where that cannot be told.
    pub(super) fn is_flat(&self, rules: &MarketRules, date: TradingDate) -> bool {
        let folded = self.fold(rules, date);
        folded.is_ok_and(|folded| folded.holdings.is_flat())
    }

    /// The holdings around `date`.
    pub(super) fn fold(&self, rules: &MarketRules, date: TradingDate) -> Result<Folded, ReadError> {
        let mut kept = ExecutionBook::empty();
        for execution in self.executed.told()? {
            kept.keep(execution);
        }
        let mut folded = Folded {
            opening: Holdings::none(rules.currency),
            holdings: Holdings::none(rules.currency),
            fills: Vec::new(),
        };
        let mut gone = written_off(&self.written_off, rules)?
            .into_iter()
            .peekable();
        for fill in kept.fills() {
            let day = rules.calendar.date_of(fill.at);
            while let Some(one) = gone.next_if(|one| one.day <= day) {
                folded.write_off(&one, date)?;
            }
            folded.holdings.absorb(&fill)?;
            if day < date {
                folded.opening.absorb(&fill)?;
            } else if day == date {
                folded.fills.push(fill);
            }
        }
        for one in gone {
            folded.write_off(&one, date)?;
        }
        Ok(folded)
    }
}

impl Folded {
    /// What is written off on a day was gone before the day began.
    fn write_off(&mut self, one: &WrittenOff, date: TradingDate) -> Result<(), MoneyError> {
        self.holdings.write_off(one.symbol, one.to)?;
        if one.day <= date {
            self.opening.write_off(one.symbol, one.to)?;
        }
        Ok(())
    }
}

/// The last end of a run before `date` that left nothing held; 0 when there is none.
pub(super) async fn last_flat(
    db: &impl ConnectionTrait,
    book: i64,
    date: TradingDate,
) -> Result<i64, DbErr> {
    let last = cycle_end::Entity::find()
        .select_only()
        .column(cycle_end::Column::Id)
        .filter(cycle_end::Column::BookId.eq(book))
        .filter(cycle_end::Column::Flat.eq(true))
        .filter(cycle_end::Column::Date.lt(date.to_string()))
        .order_by_desc(cycle_end::Column::Date)
        .order_by_desc(cycle_end::Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.unwrap_or(0))
}

/// Executions kept behind row `base`, with what they cost.
async fn executions_since(
    db: &impl ConnectionTrait,
    book: i64,
    base: i64,
) -> Result<Executed, DbErr> {
    let later = Condition::all().add(execution::Column::Id.gt(base));
    Executed::load(db, book, later).await
}

/// True when one of the `corrected` was kept before row `base`.
async fn corrects_something_else(
    db: &impl ConnectionTrait,
    book: i64,
    base: i64,
    corrected: Vec<&str>,
) -> Result<bool, DbErr> {
    if base == 0 || corrected.is_empty() {
        return Ok(false);
    }
    let before = execution::Entity::find()
        .filter(execution::Column::BookId.eq(book))
        .filter(execution::Column::Id.lte(base))
        .filter(execution::Column::Execution.is_in(corrected))
        .one(db)
        .await?;
    Ok(before.is_some())
}

/// What was written off behind row `base`, oldest first.
pub(super) async fn written_off_since(
    db: &impl ConnectionTrait,
    rules: &MarketRules,
    book: i64,
    base: i64,
) -> Result<Vec<WrittenOff>, ReadError> {
    let rows = write_offs_since(db, book, base).await?;
    Ok(written_off(&rows, rules)?)
}

async fn write_offs_since(
    db: &impl ConnectionTrait,
    book: i64,
    base: i64,
) -> Result<Vec<write_off::Model>, DbErr> {
    write_off::Entity::find()
        .filter(write_off::Column::BookId.eq(book))
        .filter(write_off::Column::Id.gt(base))
        .order_by_asc(write_off::Column::At)
        .order_by_asc(write_off::Column::Id)
        .all(db)
        .await
}

fn written_off(
    rows: &[write_off::Model],
    rules: &MarketRules,
) -> Result<Vec<WrittenOff>, Unreadable> {
    let written_off = |row: &write_off::Model| -> Result<WrittenOff, Unreadable> {
        let place = Place {
            table: "write_offs",
            id: row.id,
        };
        let at = place.moment("at", row.at)?;
        Ok(WrittenOff {
            at,
            day: rules.calendar.date_of(at),
            symbol: place.text("symbol", &row.symbol)?,
            to: place.shares("to_shares", row.to_shares)?,
        })
    };
    rows.iter().map(written_off).collect()
}
