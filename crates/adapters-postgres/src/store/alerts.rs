//! Alerts of a book with what became of them.

use std::collections::BTreeMap;

use catalyst_domain::order::CycleId;
use catalyst_ports::journal::{ALERTS_KEPT_FOR, AlertEnding, AlertNumber, KeptAlert};
use catalyst_ports::notifier::Alert;
use catalyst_ports::tool::Severity;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::Store;
use super::read::ReadError;
use crate::entity::{alert, alert_end, cycle};
use crate::translate::cell::{Place, Unreadable};

impl Store {
    /// Alerts of `book` that are still looked at, oldest first.
    pub(crate) async fn alerts(
        &self,
        book: i64,
        now: DateTime<Utc>,
    ) -> Result<Vec<KeptAlert>, ReadError> {
        let from = (now - ALERTS_KEPT_FOR).timestamp_micros();
        let rows = alert::Entity::find()
            .filter(alert::Column::At.gte(from))
            .order_by_asc(alert::Column::Id)
            .all(&self.db)
            .await?;
        let Some(first) = rows.first() else {
            return Ok(Vec::new());
        };
        let ends = alert_end::Entity::find()
            .filter(alert_end::Column::AlertId.gte(first.id))
            .all(&self.db)
            .await?;
        let ends: BTreeMap<i64, alert_end::Model> =
            ends.into_iter().map(|end| (end.alert_id, end)).collect();
        let runs = cycle::Entity::find()
            .filter(cycle::Column::BookId.eq(book))
            .filter(cycle::Column::Id.is_in(rows.iter().map(|row| row.cycle_id)))
            .all(&self.db)
            .await?;
        let runs: BTreeMap<i64, String> = runs.into_iter().map(|run| (run.id, run.name)).collect();
        let mut kept = Vec::new();
        for row in rows {
            if let Some(run) = runs.get(&row.cycle_id) {
                kept.push(kept_alert(&row, run, ends.get(&row.id))?);
            }
        }
        Ok(kept)
    }
}

fn kept_alert(
    row: &alert::Model,
    run: &str,
    end: Option<&alert_end::Model>,
) -> Result<KeptAlert, Unreadable> {
    let place = Place {
        table: "alerts",
        id: row.id,
    };
    let at = place.moment("at", row.at)?;
    let run: CycleId = place.text("cycle_id", run)?;
    let ended = match end {
        Some(end) => Some(ended(end)?),
        None => row.delivered.then_some((AlertEnding::Delivered, at)),
    };
    Ok(KeptAlert {
        number: AlertNumber(row.id),
        alert: Alert {
            severity: severity_of(place, &row.severity)?,
            subject: row.subject.clone(),
            message: row.message.clone(),
            run: Some(run),
            at,
        },
        ended,
    })
}

fn ended(end: &alert_end::Model) -> Result<(AlertEnding, DateTime<Utc>), Unreadable> {
    let place = Place {
        table: "alert_ends",
        id: end.id,
    };
    let ending = [AlertEnding::Delivered, AlertEnding::Dropped]
        .into_iter()
        .find(|ending| ending.as_str() == end.ending);
    let ending = ending.ok_or_else(|| place.refuse("ending", &end.ending, "no ending"))?;
    Ok((ending, place.moment("at", end.at)?))
}

pub(super) fn severity_of(place: Place, word: &str) -> Result<Severity, Unreadable> {
    [Severity::Info, Severity::Warning, Severity::Critical]
        .into_iter()
        .find(|severity| severity.as_str() == word)
        .ok_or_else(|| place.refuse("severity", word, "no severity"))
}
