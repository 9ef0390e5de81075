//! Days of a book as a report reads them: a bounded number of questions, however many days.

mod asked;
mod orders;
mod runs;

use catalyst_domain::calendar::TradingDate;
use catalyst_ports::journal::{Chronicle, GoneShares};
use chrono::{DateTime, NaiveTime, Utc};
use sea_orm::ColumnTrait as _;
use sea_orm::DbErr;
use sea_orm::sea_query::{Query, SelectStatement};

use super::Store;
use super::holdings::{last_flat, written_off_since};
use super::read::ReadError;
use crate::entity::cycle;
use orders::{families_since, fills_since, stops_since};
use runs::{alerts, checks_since, decisions, model, readings, runs};

/// Which rows are meant.
struct Days {
    book: i64,
    from: TradingDate,
    to: TradingDate,
    /// The last row before the days at which nothing was held.
    base: i64,
    /// The exchange's midnight after the days.
    end: DateTime<Utc>,
}

impl Days {
    /// The rows of the runs of the days, for a condition on a column that names a run.
    fn cycles(&self) -> SelectStatement {
        Query::select()
            .column(cycle::Column::Id)
            .from(cycle::Entity)
            .and_where(cycle::Column::BookId.eq(self.book))
            .and_where(cycle::Column::Date.between(self.from.to_string(), self.to.to_string()))
            .to_owned()
    }
}

impl Store {
    /// What `book` keeps of the days from `from` to `to`.
    pub(crate) async fn chronicle(
        &self,
        book: i64,
        (from, to): (TradingDate, TradingDate),
    ) -> Result<Chronicle, ReadError> {
        let db = self.reading().await?;
        let days = Days {
            book,
            from,
            to,
            base: last_flat(&db, book, from).await?,
            end: self.rules.calendar.at(to.next(), NaiveTime::MIN),
        };
        let gone = written_off_since(&db, &self.rules, book, days.base).await?;
        let gone = gone.into_iter().filter(|one| one.at < days.end);
        let chronicle = Chronicle {
            runs: runs(&db, &days).await?,
            readings: readings(&db, &days).await?,
            executions: fills_since(&db, &days).await?,
            gone: gone
                .map(|one| GoneShares {
                    at: one.at,
                    symbol: one.symbol,
                    to: one.to,
                })
                .collect(),
            families: families_since(&db, &days, &self.rules.ticks).await?,
            stops: stops_since(&db, &days).await?,
            checks: checks_since(&db, &days).await?,
            refused: asked::refused(&db, &days).await?,
            decisions: decisions(&db, &days).await?,
            model: model(&db, &days).await?,
            alerts: alerts(&db, &days).await?,
        };
        db.commit().await?;
        Ok(chronicle)
    }

    /// The same of the main book; an empty chronicle without one.
    pub(crate) async fn main_chronicle(
        &self,
        days: (TradingDate, TradingDate),
    ) -> Result<Chronicle, ReadError> {
        let book: Result<Option<i64>, DbErr> = self.main_book().await;
        // No row belongs to the book 0.
        self.chronicle(book?.unwrap_or(0), days).await
    }
}
