//! What a cycle writes: its opening, its entries, its end.

use catalyst_domain::order::{CycleId, Fill, RunKind};
use catalyst_domain::reconcile::Finding;
use catalyst_ports::journal::{CycleRecord, CycleStart, JournalEntry, JournalError};
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait as _, DatabaseTransaction, DbErr, EntityTrait, QueryFilter as _,
    QueryOrder as _,
};
use thiserror::Error;

use super::{Store, unavailable};
use crate::entity::{comparison, cycle, execution};
use crate::translate::entry::{
    alert_row, event_row, intent_row, settlement_row, state_row, tool_row, verdict_row,
};
use crate::translate::fill::{equity_row, fill_row};
use crate::translate::finding::finding_row;
use crate::translate::note::decision_row;
use crate::translate::plan::PlanError;

/// Why something could not be kept.
#[derive(Debug, Error)]
enum WriteError {
    #[error("cycle {0} was never opened")]
    UnknownCycle(CycleId),
    #[error("slot {slot} has had {attempt} attempts, which is as many as can be named")]
    AttemptsSpent { slot: String, attempt: i32 },
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error("an entry has no text form")]
    Text(#[from] serde_json::Error),
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl Store {
    pub(crate) async fn open(&self, start: CycleStart) -> Result<CycleId, JournalError> {
        self.try_open(start).await.map_err(unavailable)
    }

    pub(crate) async fn record(
        &self,
        cycle: CycleId,
        entries: Vec<JournalEntry>,
    ) -> Result<(), JournalError> {
        self.try_record(cycle, entries).await.map_err(unavailable)
    }

    pub(crate) async fn close(&self, record: CycleRecord) -> Result<(), JournalError> {
        self.try_close(record).await.map_err(unavailable)
    }

    async fn try_open(&self, start: CycleStart) -> Result<CycleId, WriteError> {
        let work = self.writing().await?;
        let slot = slot_text(start.slot);
        let last = cycle::Entity::find()
            .filter(cycle::Column::Slot.eq(&slot))
            .order_by_desc(cycle::Column::Attempt)
            .one(&work)
            .await?
            .map_or(0, |row| row.attempt);
        let id = u16::try_from(last)
            .ok()
            .and_then(|last| last.checked_add(1))
            .and_then(|attempt| format!("{slot}.{attempt}").parse::<CycleId>().ok())
            .ok_or_else(|| WriteError::AttemptsSpent {
                slot: slot.clone(),
                attempt: last,
            })?;
        let row = cycle::ActiveModel {
            id: NotSet,
            name: Set(id.to_string()),
            slot: Set(slot),
            attempt: Set(i32::from(id.attempt())),
            date: Set(id.date().to_string()),
            advisor: Set(start.advisor),
            version: Set(start.version),
            settings_hash: Set(start.settings_hash),
            opened_at: Set(start.at.timestamp_micros()),
            ending: Set(None),
            summary: Set(None),
            tool_calls: Set(None),
            closed_at: Set(None),
        };
        cycle::Entity::insert(row)
            .exec_without_returning(&work)
            .await?;
        work.commit().await?;
        Ok(id)
    }

    async fn try_record(
        &self,
        cycle: CycleId,
        entries: Vec<JournalEntry>,
    ) -> Result<(), WriteError> {
        let work = self.writing().await?;
        let writer = Writer {
            cycle: find_cycle(&work, cycle).await?.id,
            work: &work,
        };
        for entry in entries {
            writer.keep(entry).await?;
        }
        work.commit().await?;
        Ok(())
    }

    async fn try_close(&self, record: CycleRecord) -> Result<(), WriteError> {
        let work = self.writing().await?;
        let mut row = cycle::ActiveModel::from(find_cycle(&work, record.id).await?);
        row.ending = Set(Some(record.ending.as_str().to_owned()));
        row.summary = Set(Some(record.summary));
        row.tool_calls = Set(Some(i64::from(record.tool_calls)));
        row.closed_at = Set(Some(record.at.timestamp_micros()));
        cycle::Entity::update(row).exec(&work).await?;
        work.commit().await?;
        Ok(())
    }
}

/// The name of a slot: a cycle's without its attempt.
fn slot_text(slot: CycleId) -> String {
    let guard = match slot.kind() {
        RunKind::Cycle => "",
        RunKind::Guard => "g",
    };
    let date = slot.date().as_naive().format("%Y%m%d");
    format!("{guard}{date}-{}", slot.slot().replace(':', ""))
}

async fn find_cycle(work: &DatabaseTransaction, id: CycleId) -> Result<cycle::Model, WriteError> {
    cycle::Entity::find()
        .filter(cycle::Column::Name.eq(id.to_string()))
        .one(work)
        .await?
        .ok_or(WriteError::UnknownCycle(id))
}

/// Keeps entries of one cycle in one transaction.
struct Writer<'a> {
    work: &'a DatabaseTransaction,
    cycle: i64,
}

impl Writer<'_> {
    async fn keep(&self, entry: JournalEntry) -> Result<(), WriteError> {
        let cycle = self.cycle;
        match entry {
            JournalEntry::Tool(tool) => self.insert(tool_row(cycle, tool)?).await?,
            JournalEntry::Verdict(verdict) => self.insert(verdict_row(cycle, &verdict)?).await?,
            JournalEntry::Intent(intent) => self.insert(intent_row(cycle, intent)?).await?,
            JournalEntry::Ticket { ticket, at } => {
                self.insert(event_row(cycle, &ticket, at)).await?;
            }
            JournalEntry::Settled { id, ending, at } => {
                self.insert(settlement_row(cycle, id, ending, at)).await?;
            }
            JournalEntry::Fill(fill) => self.keep_once(&fill).await?,
            JournalEntry::Equity { equity, at } => {
                self.insert(equity_row(cycle, equity, at)).await?;
            }
            JournalEntry::State {
                state,
                scope,
                reason,
                at,
            } => {
                let mut row = state_row(cycle, state, scope, at);
                row.reason = Set(reason);
                self.insert(row).await?;
            }
            JournalEntry::Findings { findings, at } => self.compare(&findings, at).await?,
            JournalEntry::Decision(note) => self.insert(decision_row(cycle, &note)).await?,
            JournalEntry::Alert { alert, delivered } => {
                self.insert(alert_row(cycle, alert, delivered)).await?;
            }
        }
        Ok(())
    }

    async fn insert<A>(&self, row: A) -> Result<(), DbErr>
    where
        A: ActiveModelTrait,
    {
        <A::Entity as EntityTrait>::insert(row)
            .exec_without_returning(self.work)
            .await?;
        Ok(())
    }

    /// A broker repeats its reports, so an execution that is there already stays as it is.
    async fn keep_once(&self, fill: &Fill) -> Result<(), DbErr> {
        let mut known = OnConflict::column(execution::Column::Execution);
        known.do_nothing();
        execution::Entity::insert(fill_row(self.cycle, fill))
            .on_conflict(known)
            .exec_without_returning(self.work)
            .await?;
        Ok(())
    }

    async fn compare(&self, findings: &[Finding], at: DateTime<Utc>) -> Result<(), DbErr> {
        let seen = comparison::ActiveModel {
            id: NotSet,
            cycle_id: Set(self.cycle),
            at: Set(at.timestamp_micros()),
        };
        let seen = comparison::Entity::insert(seen).exec(self.work).await?;
        for found in findings {
            self.insert(finding_row(seen.last_insert_id, found)).await?;
        }
        Ok(())
    }
}
