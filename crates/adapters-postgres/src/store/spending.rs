//! What asking models has cost. Amounts are added here and not by the engine, of which one would make
//! floats of them.

use catalyst_domain::calendar::TradingDate;
use catalyst_ports::journal::{Asked, MODEL_CURRENCY, Spending};
use chrono::Datelike as _;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait as _};

use super::Store;
use super::read::ReadError;
use crate::entity::{Exact, cycle, cycle_end, model_usage};
use crate::translate::cell::Place;

/// One cost, or a run without an end: the row, the amount and its currency, the day of the run.
type Line = (i64, Option<Exact>, Option<String>, String);

impl Store {
    /// What runs of `book` have spent on `date` and in its month up to it, and those of `advisor`
    /// without an end. Asked at once, so that all of it is of one moment.
    pub(crate) async fn spending(
        &self,
        book: i64,
        date: TradingDate,
        advisor: &str,
    ) -> Result<Spending, ReadError> {
        let day = date.to_string();
        let lines = costs(book, date)
            .union(UnionType::All, unended(book, date, advisor))
            .to_owned();
        let mut spending = Spending::nothing();
        for line in self.db.query_all(&lines).await? {
            let (id, cost, currency, on): Line = line.try_get_many_by_index()?;
            let asked = if on == day {
                Asked::OnTheDay
            } else {
                Asked::Before
            };
            let Some((cost, currency)) = cost.zip(currency) else {
                spending = spending.with_unended(asked);
                continue;
            };
            let place = Place {
                table: "model_usages",
                id,
            };
            let cost = place.money("cost", cost.0, &currency)?;
            if cost.currency() != MODEL_CURRENCY {
                let why = "models are paid in US dollars";
                return Err(place.refuse("currency", currency, why).into());
            }
            spending = spending.with(cost, asked)?;
        }
        Ok(spending)
    }
}

/// Holds for a run of `book` in the month of `date` up to it.
fn in_time(book: i64, date: TradingDate) -> Condition {
    let naive = date.as_naive();
    let first = format!("{:04}-{:02}-01", naive.year(), naive.month());
    Condition::all()
        .add(cycle::Column::BookId.eq(book))
        .add(cycle::Column::Date.gte(first))
        .add(cycle::Column::Date.lte(date.to_string()))
}

fn costs(book: i64, date: TradingDate) -> SelectStatement {
    use model_usage::{Column, Entity};

    let of_run = Expr::col((Entity, Column::CycleId)).equals((cycle::Entity, cycle::Column::Id));
    Query::select()
        .column((Entity, Column::Id))
        .column((Entity, Column::Cost))
        .column((Entity, Column::Currency))
        .column((cycle::Entity, cycle::Column::Date))
        .from(cycle::Entity)
        .inner_join(Entity, of_run)
        .cond_where(in_time(book, date))
        .to_owned()
}

fn unended(book: i64, date: TradingDate, advisor: &str) -> SelectStatement {
    let of_run = Expr::col((cycle_end::Entity, cycle_end::Column::CycleId))
        .equals((cycle::Entity, cycle::Column::Id));
    let end = Query::select()
        .expr(Expr::val(1))
        .from(cycle_end::Entity)
        .and_where(of_run)
        .to_owned();
    Query::select()
        .column((cycle::Entity, cycle::Column::Id))
        .expr(Expr::cust("NULL"))
        .expr(Expr::cust("NULL"))
        .column((cycle::Entity, cycle::Column::Date))
        .from(cycle::Entity)
        .cond_where(in_time(book, date))
        .and_where(cycle::Column::Advisor.eq(advisor))
        .and_where(Expr::exists(end).not())
        .to_owned()
}
