//! What asking models has cost. Amounts are added here and not by the engine, of which one would make
//! floats of them.

use catalyst_domain::calendar::TradingDate;
use catalyst_ports::journal::{Asked, MODEL_CURRENCY, Spending};
use chrono::Datelike as _;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::Store;
use super::read::ReadError;
use crate::entity::{Exact, cycle, cycle_end, model_usage};
use crate::translate::cell::Place;

impl Store {
    /// What runs of `book` have spent on `date` and in its month up to it, and those of `advisor`
    /// without an end.
    pub(crate) async fn spending(
        &self,
        book: i64,
        date: TradingDate,
        advisor: &str,
    ) -> Result<Spending, ReadError> {
        let db = self.reading().await?;
        let mut spending = Spending::nothing();
        for asked in [Asked::Before, Asked::OnTheDay] {
            for (id, cost, currency) in costs(&db, runs(book, date, asked)).await? {
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
            for _run in 0..unended(&db, runs(book, date, asked), advisor).await? {
                spending = spending.with_unended(asked);
            }
        }
        db.commit().await?;
        Ok(spending)
    }
}

/// The rows of the runs of `book` on `date`, or of those before it in its month.
fn runs(book: i64, date: TradingDate, asked: Asked) -> SelectStatement {
    let day = date.to_string();
    let naive = date.as_naive();
    let first = format!("{:04}-{:02}-01", naive.year(), naive.month());
    let in_time = match asked {
        Asked::OnTheDay => cycle::Column::Date.eq(day),
        Asked::Before => cycle::Column::Date
            .gte(first)
            .and(cycle::Column::Date.lt(day)),
    };
    Query::select()
        .column(cycle::Column::Id)
        .from(cycle::Entity)
        .and_where(cycle::Column::BookId.eq(book))
        .and_where(in_time)
        .to_owned()
}

async fn costs(
    db: &impl ConnectionTrait,
    runs: SelectStatement,
) -> Result<Vec<(i64, Exact, String)>, ReadError> {
    let rows = model_usage::Entity::find()
        .select_only()
        .column(model_usage::Column::Id)
        .column(model_usage::Column::Cost)
        .column(model_usage::Column::Currency)
        .filter(model_usage::Column::CycleId.in_subquery(runs))
        .into_tuple();
    Ok(rows.all(db).await?)
}

async fn unended(
    db: &impl ConnectionTrait,
    runs: SelectStatement,
    advisor: &str,
) -> Result<usize, ReadError> {
    let end = Query::select()
        .expr(Expr::val(1))
        .from(cycle_end::Entity)
        .and_where(
            Expr::col((cycle_end::Entity, cycle_end::Column::CycleId))
                .equals((cycle::Entity, cycle::Column::Id)),
        )
        .to_owned();
    let rows = cycle::Entity::find()
        .select_only()
        .column(cycle::Column::Id)
        .filter(cycle::Column::Id.in_subquery(runs))
        .filter(cycle::Column::Advisor.eq(advisor))
        .filter(Expr::exists(end).not())
        .into_tuple::<i64>();
    Ok(rows.all(db).await?.len())
}
