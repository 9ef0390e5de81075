//! One exchange day, put together from the rows of one moment.

use std::collections::BTreeSet;

use catalyst_domain::account::Holdings;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::Currency;
use catalyst_domain::reconcile::Discrepancy;
use catalyst_domain::risk::{LimitLedger, TradingState};
use catalyst_ports::journal::{DayJournal, DecisionNote, EQUITY_BASE};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::Store;
use super::cash::{cash_expected, equity_at_open, equity_last};
use super::holdings::fold;
use super::part::Part;
use super::read::{ReadError, cycles_of, families};
use super::switch::moves_on;
use super::verify::last_row;
use crate::entity::{comparison, decision, finding, limit_change};
use crate::translate::cell::Unreadable;
use crate::translate::finding::discrepancy_of;
use crate::translate::note::{decision_of, state_of};

/// A day with the end of the chain that it is true at.
#[derive(Debug)]
pub(crate) struct DayAt {
    /// The last row of the chain.
    pub(crate) end: i64,
    /// The day.
    pub(crate) day: DayJournal,
}

/// A day that was read before, with the parts that were added to up to `at.end`.
#[derive(Debug)]
pub(crate) struct EarlierDay {
    /// As it was read, apart from those parts.
    pub(crate) at: DayAt,
    /// What has to be read again.
    pub(crate) stale: BTreeSet<Part>,
}

impl Store {
    /// The day `date` of `book`. Of an `earlier` answer only the stale parts are read again; where
    /// anyone has written since, all of it.
    pub(crate) async fn day(
        &self,
        book: i64,
        date: TradingDate,
        earlier: Option<EarlierDay>,
    ) -> Result<DayAt, ReadError> {
        let db = self.reading().await?;
        let end = last_row(&db).await?;
        let (mut day, stale) = match earlier.filter(|earlier| earlier.at.end == end) {
            Some(earlier) => (earlier.at.day, earlier.stale),
            None => (nothing_kept(self.rules.currency), Part::all()),
        };
        for part in stale {
            self.read(&db, (book, date), part, &mut day).await?;
        }
        db.commit().await?;
        Ok(DayAt { end, day })
    }

    /// Reads one part of `day`.
    async fn read(
        &self,
        db: &impl ConnectionTrait,
        (book, date): (i64, TradingDate),
        part: Part,
        day: &mut DayJournal,
    ) -> Result<(), ReadError> {
        match part {
            Part::Equity => {
                day.equity_at_open = equity_at_open(db, book, date).await?;
                day.equity_last = equity_last(db, book).await?;
            }
            Part::Cash => day.cash_expected = cash_expected(db, book, date).await?,
            Part::Holdings => {
                let folded = fold(db, &self.rules, book, date).await?;
                day.opening = folded.opening;
                day.holdings = folded.holdings;
                day.fills = folded.fills;
            }
            Part::Families => day.families = families(db, book, date, &self.rules.ticks).await?,
            Part::State => {
                (day.state, day.move_of_day) = switch_on(db, book, date).await?;
            }
            Part::Findings => {
                (day.findings, day.findings_carried) = findings_on(db, book, date).await?;
            }
            Part::Limits => day.limits = limits_of(db, book).await?,
            Part::Decisions => day.decisions = decisions_of(db, book, date).await?,
        }
        Ok(())
    }
}

/// The day of a journal without a row.
fn nothing_kept(currency: Currency) -> DayJournal {
    DayJournal {
        equity_at_open: None,
        equity_last: None,
        cash_expected: None,
        opening: Holdings::none(currency),
        holdings: Holdings::none(currency),
        fills: Vec::new(),
        families: Vec::new(),
        state: TradingState::Trading,
        move_of_day: None,
        findings: Vec::new(),
        findings_carried: Vec::new(),
        limits: LimitLedger::empty(),
        decisions: Vec::new(),
    }
}

/// The moves that count on a day, made one: a move of the day alone never loosens what the owner has set,
/// and only his move to trading ends it.
async fn switch_on(
    db: &impl ConnectionTrait,
    book: i64,
    date: TradingDate,
) -> Result<(TradingState, Option<TradingState>), ReadError> {
    let (standing, today) = moves_on(db, book, date).await?;
    let lasting = standing.as_ref().map(state_of).transpose()?;
    let of_day = today.as_ref().map(state_of).transpose()?;
    let moves = [lasting, of_day].into_iter().flatten();
    let state = moves.fold(TradingState::Trading, TradingState::stricter);
    Ok((state, of_day))
}

/// What the last comparison up to the end of a day found: as the day's own, or as carried into it.
async fn findings_on(
    db: &impl ConnectionTrait,
    book: i64,
    date: TradingDate,
) -> Result<(Vec<Discrepancy>, Vec<Discrepancy>), ReadError> {
    let last = comparison::Entity::find()
        .filter(comparison::Column::BookId.eq(book))
        .filter(comparison::Column::Date.lte(date.to_string()))
        .order_by_desc(comparison::Column::Date)
        .order_by_desc(comparison::Column::Id)
        .one(db)
        .await?;
    let Some(last) = last else {
        return Ok((Vec::new(), Vec::new()));
    };
    let rows = finding::Entity::find()
        .filter(finding::Column::ComparisonId.eq(last.id))
        .order_by_asc(finding::Column::Id)
        .all(db)
        .await?;
    let found = rows
        .iter()
        .map(discrepancy_of)
        .collect::<Result<_, Unreadable>>()?;
    Ok(if last.date == date.to_string() {
        (found, Vec::new())
    } else {
        (Vec::new(), found)
    })
}

/// The last value of every limit.
async fn limits_of(db: &impl ConnectionTrait, book: i64) -> Result<LimitLedger, ReadError> {
    let rows = limit_change::Entity::find()
        .filter(limit_change::Column::BookId.eq(book))
        .filter(limit_change::Column::Name.ne(EQUITY_BASE))
        .order_by_asc(limit_change::Column::Id)
        .all(db)
        .await?;
    let mut limits = LimitLedger::empty();
    for row in rows {
        limits.remember(&row.name, &row.becomes);
    }
    Ok(limits)
}

async fn decisions_of(
    db: &impl ConnectionTrait,
    book: i64,
    date: TradingDate,
) -> Result<Vec<DecisionNote>, ReadError> {
    let rows = decision::Entity::find()
        .filter(decision::Column::CycleId.in_subquery(cycles_of(book, date)))
        .order_by_asc(decision::Column::Id)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(decision_of)
        .collect::<Result<_, Unreadable>>()?)
}
