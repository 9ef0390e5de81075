//! Accept: the owner puts the limits of the settings in force, the looser ones too.

use catalyst_domain::order::{CycleId, RunKind};
use catalyst_domain::risk::RiskLimits;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::{
    CycleEnding, CycleRecord, CycleStart, EQUITY_BASE, Journal, JournalEntry, LimitRecord,
    Provenance,
};
use chrono::{DateTime, Utc};

use crate::CycleError;

/// Who accepts what.
#[derive(Debug, Clone)]
pub struct Acceptance<'a> {
    /// Who, for the record.
    pub by: String,
    /// The limits that are to be in force.
    pub limits: &'a RiskLimits,
    /// Whether the next equity may be any, as after a deposit.
    pub equity: bool,
    /// What is accepted on.
    pub provenance: Provenance,
    /// When.
    pub at: DateTime<Utc>,
}

/// Records in `journal` what was not in force yet, and returns it; a journal in which everything is in
/// force already is not written.
pub async fn accept(
    journal: &dyn Journal,
    rules: &Rulebook,
    acceptance: Acceptance<'_>,
) -> Result<Vec<LimitRecord>, CycleError> {
    let Acceptance {
        by,
        limits,
        equity,
        provenance,
        at,
    } = acceptance;
    let date = rules.calendar.date_of(at);
    let day = journal.day(date).await?;
    let weighed = day.limits.weigh(limits);
    let mut changes: Vec<LimitRecord> = weighed
        .looser
        .into_iter()
        .chain(weighed.stricter)
        .map(LimitRecord::from)
        .collect();
    if equity {
        changes.push(LimitRecord {
            name: EQUITY_BASE.to_owned(),
            was: day.equity_last.map(|(equity, _)| equity.to_string()),
            becomes: "as the broker next reports it".to_owned(),
        });
    }
    if changes.is_empty() {
        return Ok(changes);
    }
    let time = rules.calendar.local(at).time();
    let start = CycleStart {
        slot: CycleId::new(RunKind::Hand, date, time, 0),
        advisor: "none".to_owned(),
        provenance,
        at,
    };
    let id = journal.open(start).await?;
    let record = CycleRecord {
        id,
        ending: CycleEnding::Done,
        summary: format!("limits accepted by {by}"),
        tool_calls: 0,
        next_at: None,
        at,
    };
    let entry = JournalEntry::Limits {
        changes: changes.clone(),
        accepted_by: by,
        at,
    };
    journal.close(record, vec![entry]).await?;
    Ok(changes)
}
