//! Runs with what they were told and what they said.

use catalyst_domain::money::Money;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{Provenance, StoryCall, StoryCycle, StoryVerdict};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use crate::entity::{cycle, cycle_end, decision, model_usage, tool_call, verdict};
use crate::store::read::ReadError;
use crate::translate::cell::{Place, Unreadable};
use crate::translate::note::decision_of;

/// The runs of the last day on which the gate or the advisor spoke of `symbol`, in order; where they
/// never did, those of the last day on which a tool named it.
pub(super) async fn last_runs_about(
    db: &impl ConnectionTrait,
    book: i64,
    symbol: Symbol,
) -> Result<Vec<cycle::Model>, DbErr> {
    let judged = Query::select()
        .column(verdict::Column::CycleId)
        .from(verdict::Entity)
        .and_where(verdict::Column::Symbol.eq(symbol.as_str()))
        .to_owned();
    let decided = Query::select()
        .column(decision::Column::CycleId)
        .from(decision::Entity)
        .and_where(decision::Column::Symbol.eq(symbol.as_str()))
        .to_owned();
    let said = Query::select()
        .column(decision::Column::CycleId)
        .from(decision::Entity)
        .and_where(decision::Column::Reasoning.contains(symbol.as_str()))
        .to_owned();
    let spoke = last_day_of(db, book, [judged, decided, said]).await?;
    if !spoke.is_empty() {
        return Ok(spoke);
    }
    let named = Query::select()
        .column(tool_call::Column::CycleId)
        .from(tool_call::Entity)
        .and_where(tool_call::Column::Reply.contains(format!("\"{symbol}\"")))
        .to_owned();
    last_day_of(db, book, [named]).await
}

/// Of the runs that any of `choices` selects those of the last day, in order.
async fn last_day_of(
    db: &impl ConnectionTrait,
    book: i64,
    choices: impl IntoIterator<Item = SelectStatement>,
) -> Result<Vec<cycle::Model>, DbErr> {
    let chosen = choices.into_iter().fold(Condition::any(), |any, choice| {
        any.add(cycle::Column::Id.in_subquery(choice))
    });
    let of_book = cycle::Entity::find()
        .filter(cycle::Column::BookId.eq(book))
        .filter(chosen);
    let last = of_book
        .clone()
        .order_by_desc(cycle::Column::Date)
        .one(db)
        .await?;
    let Some(last) = last else {
        return Ok(Vec::new());
    };
    of_book
        .filter(cycle::Column::Date.eq(last.date))
        .order_by_asc(cycle::Column::Id)
        .all(db)
        .await
}

/// The run of `row` with all that it kept.
pub(super) async fn run_of(
    db: &impl ConnectionTrait,
    row: cycle::Model,
) -> Result<StoryCycle, ReadError> {
    let place = Place {
        table: "cycles",
        id: row.id,
    };
    let end = cycle_end::Entity::find()
        .filter(cycle_end::Column::CycleId.eq(row.id))
        .one(db)
        .await?;
    let verdicts = verdict::Entity::find()
        .filter(verdict::Column::CycleId.eq(row.id))
        .order_by_asc(verdict::Column::Id)
        .all(db)
        .await?;
    let calls = tool_call::Entity::find()
        .filter(tool_call::Column::CycleId.eq(row.id))
        .order_by_asc(tool_call::Column::Id)
        .all(db)
        .await?;
    let decisions = decision::Entity::find()
        .filter(decision::Column::CycleId.eq(row.id))
        .order_by_asc(decision::Column::Id)
        .all(db)
        .await?;
    let usages = model_usage::Entity::find()
        .filter(model_usage::Column::CycleId.eq(row.id))
        .order_by_asc(model_usage::Column::Id)
        .all(db)
        .await?;
    let (ending, summary) = end.map(|end| (end.ending, end.summary)).unzip();
    Ok(StoryCycle {
        id: place.text("name", &row.name)?,
        at: place.moment("at", row.at)?,
        advisor: row.advisor,
        provenance: Provenance {
            version: row.version,
            settings_hash: row.settings_hash,
            prompt_hash: row.prompt_hash,
            rules_hash: row.rules_hash,
        },
        ending,
        summary,
        verdicts: each(verdicts, verdict_of)?,
        calls: each(calls, call_of)?,
        decisions: each(decisions, decision_of)?,
        costs: each(usages, |row| cost_of(&row))?,
    })
}

fn each<R, T>(
    rows: Vec<R>,
    read: impl Fn(R) -> Result<T, Unreadable>,
) -> Result<Vec<T>, Unreadable> {
    rows.into_iter().map(read).collect()
}

fn cost_of(row: &model_usage::Model) -> Result<Money, Unreadable> {
    let place = Place {
        table: "model_usages",
        id: row.id,
    };
    place.money("cost", row.cost.0, &row.currency)
}

fn verdict_of(row: verdict::Model) -> Result<StoryVerdict, Unreadable> {
    let place = Place {
        table: "verdicts",
        id: row.id,
    };
    Ok(StoryVerdict {
        row: row.id,
        symbol: place.text("symbol", &row.symbol)?,
        side: place.text("side", &row.side)?,
        shares: place.shares("shares", row.shares)?,
        at: place.moment("at", row.at)?,
        breaches: row.breaches,
        notes: row.notes,
    })
}

fn call_of(row: tool_call::Model) -> Result<StoryCall, Unreadable> {
    let place = Place {
        table: "tool_calls",
        id: row.id,
    };
    Ok(StoryCall {
        row: row.id,
        number: row.number,
        at: place.moment("at", row.at)?,
        name: row.name,
        request: row.request,
        reply: row.reply,
    })
}
