//! What the runs of some days showed: each run with its end, and what its tools were told, counted.

mod inputs;

use std::collections::BTreeMap;

use catalyst_domain::calendar::TradingDate;
use catalyst_ports::journal::{DayPulse, ProofOfLife, Pulse, RunPulse};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::Store;
use super::read::ReadError;
use crate::entity::{
    comparison, cycle, cycle_end, finding, order_intent, proof_of_life, tool_call,
};
use crate::translate::cell::Place;
use crate::translate::note::cycle_ending_of;
use inputs::take_in;

/// The kinds of findings that say a position had no stop, or a wrong one.
const UNPROTECTED: [&str; 2] = ["missing_protection", "wrong_protection"];

impl Store {
    /// What the main book keeps about its runs of `since` and later.
    pub(crate) async fn pulse(&self, since: TradingDate) -> Result<Pulse, ReadError> {
        let Some(book) = self.main_book().await? else {
            return Ok(Pulse::empty());
        };
        let db = self.reading().await?;
        let runs = cycle::Entity::find()
            .filter(cycle::Column::BookId.eq(book))
            .filter(cycle::Column::Date.gte(since.to_string()))
            .order_by_asc(cycle::Column::Id)
            .all(&db)
            .await?;
        let mut days: BTreeMap<TradingDate, DayPulse> = BTreeMap::new();
        if let Some(first) = runs.first() {
            add_orders(&db, (book, since), &mut days).await?;
            add_findings(&db, (book, since), &mut days).await?;
            add_answers(&db, &runs, first.id, &mut days).await?;
            add_runs(&db, (book, since), runs, &mut days).await?;
        }
        let pulse = Pulse {
            first_run: first_run(&db, book).await?,
            proof: last_proof(&db, book).await?,
            days: days.into_values().collect(),
        };
        db.commit().await?;
        Ok(pulse)
    }
}

type Days = BTreeMap<TradingDate, DayPulse>;

fn of_day(days: &mut Days, date: TradingDate) -> &mut DayPulse {
    days.entry(date).or_insert_with(|| DayPulse::new(date))
}

async fn add_runs(
    db: &impl ConnectionTrait,
    (book, since): (i64, TradingDate),
    runs: Vec<cycle::Model>,
    days: &mut Days,
) -> Result<(), ReadError> {
    let ends = cycle_end::Entity::find()
        .filter(cycle_end::Column::BookId.eq(book))
        .filter(cycle_end::Column::Date.gte(since.to_string()))
        .all(db)
        .await?;
    let mut ends: BTreeMap<i64, cycle_end::Model> =
        ends.into_iter().map(|end| (end.cycle_id, end)).collect();
    for run in runs {
        let end = ends.remove(&run.id);
        let place = Place {
            table: "cycles",
            id: run.id,
        };
        let pulse = RunPulse {
            id: place.text("name", &run.name)?,
            at: place.moment("at", run.at)?,
            advisor: run.advisor,
            ending: end.as_ref().map(cycle_ending_of).transpose()?,
            summary: end.map(|end| end.summary),
        };
        of_day(days, pulse.id.date()).runs.push(pulse);
    }
    Ok(())
}

async fn add_orders(
    db: &impl ConnectionTrait,
    (book, since): (i64, TradingDate),
    days: &mut Days,
) -> Result<(), ReadError> {
    let intents = order_intent::Entity::find()
        .filter(order_intent::Column::BookId.eq(book))
        .filter(order_intent::Column::Date.gte(since.to_string()))
        .all(db)
        .await?;
    for intent in intents {
        let place = Place {
            table: "order_intents",
            id: intent.id,
        };
        of_day(days, place.text("date", &intent.date)?).orders += 1;
    }
    Ok(())
}

async fn add_findings(
    db: &impl ConnectionTrait,
    (book, since): (i64, TradingDate),
    days: &mut Days,
) -> Result<(), ReadError> {
    let compared = comparison::Entity::find()
        .filter(comparison::Column::BookId.eq(book))
        .filter(comparison::Column::Date.gte(since.to_string()))
        .all(db)
        .await?;
    let compared: BTreeMap<i64, comparison::Model> =
        compared.into_iter().map(|row| (row.id, row)).collect();
    let Some(first) = compared.keys().next() else {
        return Ok(());
    };
    let found = finding::Entity::find()
        .filter(finding::Column::ComparisonId.gte(*first))
        .filter(finding::Column::Kind.is_in(UNPROTECTED))
        .order_by_asc(finding::Column::Id)
        .all(db)
        .await?;
    for finding in found {
        let Some(seen) = compared.get(&finding.comparison_id) else {
            continue;
        };
        let place = Place {
            table: "comparisons",
            id: seen.id,
        };
        let about = finding
            .subject
            .map_or_else(String::new, |name| format!(" {name}"));
        let words = format!("{}{about}: {}", finding.kind, finding.evidence);
        let at = place.moment("at", seen.at)?;
        let day = of_day(days, place.text("date", &seen.date)?);
        day.unprotected.push((at, words));
    }
    Ok(())
}

/// Reads the answers of the tools that show the market, run by run.
async fn add_answers(
    db: &impl ConnectionTrait,
    runs: &[cycle::Model],
    first: i64,
    days: &mut Days,
) -> Result<(), ReadError> {
    let dates: BTreeMap<i64, &str> = runs.iter().map(|run| (run.id, run.date.as_str())).collect();
    let calls = tool_call::Entity::find()
        .filter(tool_call::Column::CycleId.gte(first))
        .filter(tool_call::Column::Name.is_in(inputs::TOOLS))
        .order_by_asc(tool_call::Column::Id)
        .all(db)
        .await?;
    for call in calls {
        let Some(date) = dates.get(&call.cycle_id) else {
            continue;
        };
        let place = Place {
            table: "tool_calls",
            id: call.id,
        };
        let day = of_day(days, place.text("date", date)?);
        take_in(day, &call).map_err(|error| place.refuse("reply", "no JSON", error))?;
    }
    Ok(())
}

async fn first_run(
    db: &impl ConnectionTrait,
    book: i64,
) -> Result<Option<DateTime<Utc>>, ReadError> {
    let first = cycle::Entity::find()
        .filter(cycle::Column::BookId.eq(book))
        .order_by_asc(cycle::Column::Date)
        .order_by_asc(cycle::Column::Id)
        .one(db)
        .await?;
    let Some(row) = first else { return Ok(None) };
    let place = Place {
        table: "cycles",
        id: row.id,
    };
    Ok(Some(place.moment("at", row.at)?))
}

/// The last good run of the book: of another book's runs nothing is told.
async fn last_proof(
    db: &impl ConnectionTrait,
    book: i64,
) -> Result<Option<ProofOfLife>, ReadError> {
    let of_book = Query::select()
        .column(cycle::Column::Id)
        .from(cycle::Entity)
        .and_where(cycle::Column::BookId.eq(book))
        .to_owned();
    let last = proof_of_life::Entity::find()
        .filter(proof_of_life::Column::CycleId.in_subquery(of_book))
        .order_by_desc(proof_of_life::Column::Id)
        .one(db)
        .await?;
    let Some(row) = last else { return Ok(None) };
    let place = Place {
        table: "proofs_of_life",
        id: row.id,
    };
    let next_at = row.next_at.map(|at| place.moment("next_at", at));
    Ok(Some(ProofOfLife {
        at: place.moment("at", row.at)?,
        next_at: next_at.transpose()?,
    }))
}
