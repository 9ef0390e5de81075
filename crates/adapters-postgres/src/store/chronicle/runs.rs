//! Runs, what they read of the account, what they said, and what that cost.

use std::collections::{BTreeMap, BTreeSet};

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::Money;
use catalyst_domain::reconcile::Finding;
use catalyst_ports::journal::{
    AlertEnding, DecisionNote, ModelCost, ProtectionCheck, Reading, RunLine,
};
use catalyst_ports::notifier::Alert;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::Days;
use crate::entity::{
    Exact, alert, alert_end, comparison, cycle, cycle_end, decision, finding, model_usage, reading,
};
use crate::store::alerts::severity_of;
use crate::store::read::ReadError;
use crate::translate::cell::{Place, Unreadable};
use crate::translate::finding::discrepancy_of;
use crate::translate::note::decision_of;

pub(super) async fn runs(
    db: &impl ConnectionTrait,
    days: &Days,
) -> Result<Vec<RunLine>, ReadError> {
    let begun: Vec<(i64, String, i64)> = cycle::Entity::find()
        .select_only()
        .columns([cycle::Column::Id, cycle::Column::Name, cycle::Column::At])
        .filter(cycle::Column::Id.in_subquery(days.cycles()))
        .order_by_asc(cycle::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let ended: Vec<(i64, String)> = cycle_end::Entity::find()
        .select_only()
        .columns([cycle_end::Column::CycleId, cycle_end::Column::Ending])
        .filter(cycle_end::Column::CycleId.in_subquery(days.cycles()))
        .into_tuple()
        .all(db)
        .await?;
    let mut endings: BTreeMap<i64, String> = ended.into_iter().collect();
    let line = |(id, name, at): (i64, String, i64)| -> Result<RunLine, Unreadable> {
        let place = Place {
            table: "cycles",
            id,
        };
        Ok(RunLine {
            id: place.text("name", &name)?,
            at: place.moment("at", at)?,
            ending: endings.remove(&id),
        })
    };
    Ok(begun.into_iter().map(line).collect::<Result<_, _>>()?)
}

pub(super) async fn readings(
    db: &impl ConnectionTrait,
    days: &Days,
) -> Result<Vec<Reading>, ReadError> {
    let rows = reading::Entity::find()
        .filter(reading::Column::BookId.eq(days.book))
        .filter(reading::Column::Date.between(days.from.to_string(), days.to.to_string()))
        .order_by_asc(reading::Column::At)
        .order_by_asc(reading::Column::Id)
        .all(db)
        .await?;
    let read = |row: reading::Model| -> Result<Reading, Unreadable> {
        let place = Place {
            table: "readings",
            id: row.id,
        };
        Ok(Reading {
            at: place.moment("at", row.at)?,
            equity: place.money("equity", row.equity.0, &row.currency)?,
            cash: place.money("cash", row.cash.0, &row.currency)?,
        })
    };
    Ok(rows.into_iter().map(read).collect::<Result<_, _>>()?)
}

pub(super) async fn checks_since(
    db: &impl ConnectionTrait,
    days: &Days,
) -> Result<Vec<ProtectionCheck>, ReadError> {
    let end = days.end.timestamp_micros();
    let looks: Vec<(i64, i64)> = comparison::Entity::find()
        .select_only()
        .columns([comparison::Column::Id, comparison::Column::At])
        .filter(comparison::Column::BookId.eq(days.book))
        .filter(comparison::Column::Id.gt(days.base))
        .filter(comparison::Column::At.lt(end))
        .order_by_asc(comparison::Column::At)
        .into_tuple()
        .all(db)
        .await?;
    let meant = Query::select()
        .column(comparison::Column::Id)
        .from(comparison::Entity)
        .and_where(comparison::Column::BookId.eq(days.book))
        .and_where(comparison::Column::Id.gt(days.base))
        .and_where(comparison::Column::At.lt(end))
        .to_owned();
    let rows = finding::Entity::find()
        .filter(finding::Column::ComparisonId.in_subquery(meant))
        .all(db)
        .await?;
    let mut found: BTreeMap<i64, Vec<Finding>> = BTreeMap::new();
    for row in &rows {
        let finding = discrepancy_of(row)?.finding;
        found.entry(row.comparison_id).or_default().push(finding);
    }
    let mut checks = Vec::with_capacity(looks.len());
    for (id, at) in looks {
        let place = Place {
            table: "comparisons",
            id,
        };
        let at = place.moment("at", at)?;
        checks.push(ProtectionCheck::of(
            at,
            found.get(&id).into_iter().flatten(),
        ));
    }
    Ok(checks)
}

pub(super) async fn decisions(
    db: &impl ConnectionTrait,
    days: &Days,
) -> Result<Vec<DecisionNote>, ReadError> {
    let rows = decision::Entity::find()
        .filter(decision::Column::CycleId.in_subquery(days.cycles()))
        .order_by_asc(decision::Column::Id)
        .all(db)
        .await?;
    let notes: Result<_, Unreadable> = rows.into_iter().map(decision_of).collect();
    Ok(notes?)
}

/// Costs are added up by run, since a run has many questions and an engine may not add exactly.
pub(super) async fn model(
    db: &impl ConnectionTrait,
    days: &Days,
) -> Result<Vec<ModelCost>, ReadError> {
    let of_days: Vec<(i64, String)> = cycle::Entity::find()
        .select_only()
        .columns([cycle::Column::Id, cycle::Column::Date])
        .filter(cycle::Column::Id.in_subquery(days.cycles()))
        .into_tuple()
        .all(db)
        .await?;
    let dates: BTreeMap<i64, String> = of_days.into_iter().collect();
    let rows: Vec<(i64, i64, Exact, String)> = model_usage::Entity::find()
        .select_only()
        .columns([
            model_usage::Column::Id,
            model_usage::Column::CycleId,
            model_usage::Column::Cost,
            model_usage::Column::Currency,
        ])
        .filter(model_usage::Column::CycleId.in_subquery(days.cycles()))
        .order_by_asc(model_usage::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut costs: BTreeMap<(i64, String), ModelCost> = BTreeMap::new();
    for (id, run, cost, currency) in rows {
        let place = Place {
            table: "model_usages",
            id,
        };
        let date = dates.get(&run).map_or("", String::as_str);
        let date: TradingDate = place.text("cycle_id", date)?;
        let cost = place.money("cost", cost.0, &currency)?;
        let sum = costs.entry((run, currency)).or_insert(ModelCost {
            date,
            cost: Money::zero(cost.currency()),
            questions: 0,
        });
        sum.cost = sum.cost.plus(cost)?;
        sum.questions += 1;
    }
    Ok(costs.into_values().collect())
}

/// Alerts, each with whether it was delivered, at once or later.
pub(super) async fn alerts(
    db: &impl ConnectionTrait,
    days: &Days,
) -> Result<Vec<(Alert, bool)>, ReadError> {
    let rows = alert::Entity::find()
        .filter(alert::Column::CycleId.in_subquery(days.cycles()))
        .order_by_asc(alert::Column::Id)
        .all(db)
        .await?;
    let Some(first) = rows.first() else {
        return Ok(Vec::new());
    };
    let ends = alert_end::Entity::find()
        .filter(alert_end::Column::AlertId.gte(first.id))
        .filter(alert_end::Column::Ending.eq(AlertEnding::Delivered.as_str()))
        .all(db)
        .await?;
    let later: BTreeSet<i64> = ends.into_iter().map(|end| end.alert_id).collect();
    let read = |row: alert::Model| -> Result<(Alert, bool), Unreadable> {
        let place = Place {
            table: "alerts",
            id: row.id,
        };
        let alert = Alert {
            severity: severity_of(place, &row.severity)?,
            at: place.moment("at", row.at)?,
            subject: row.subject,
            message: row.message,
            run: None,
        };
        Ok((alert, row.delivered || later.contains(&row.id)))
    };
    Ok(rows.into_iter().map(read).collect::<Result<_, _>>()?)
}
