//! Switch: the owner moves the halt switch, which holds until he moves it again.

use catalyst_domain::order::{CycleId, RunKind};
use catalyst_domain::risk::TradingState;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::{
    CycleEnding, CycleRecord, CycleStart, Journal, JournalEntry, Provenance, StateScope,
};
use chrono::{DateTime, Utc};

use crate::CycleError;

/// Who moves the switch, where to, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwitchMove {
    /// Who, for the record.
    pub by: String,
    /// To where.
    pub to: TradingState,
    /// Why, in the owner's words.
    pub reason: String,
    /// What the command runs on.
    pub provenance: Provenance,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps the move in `journal` as a run of the owner's own hand and returns its name. A move to trading
/// also ends a stop of the day that it is made on.
pub async fn move_switch(
    journal: &dyn Journal,
    rules: &Rulebook,
    moved: SwitchMove,
) -> Result<CycleId, CycleError> {
    let SwitchMove {
        by,
        to,
        reason,
        provenance,
        at,
    } = moved;
    let local = rules.calendar.local(at).time();
    let start = CycleStart {
        slot: CycleId::new(RunKind::Hand, rules.calendar.date_of(at), local, 0),
        advisor: "none".to_owned(),
        provenance,
        at,
    };
    let id = journal.open(start).await?;
    let entry = JournalEntry::State {
        state: to,
        scope: StateScope::UntilMoved,
        reason: format!("{by}: {reason}"),
        at,
    };
    let record = CycleRecord {
        id,
        ending: CycleEnding::Done,
        summary: format!("{} by {by}: {reason}", to.as_str()),
        tool_calls: 0,
        next_at: None,
        at,
    };
    journal.close(record, vec![entry]).await?;
    Ok(id)
}
