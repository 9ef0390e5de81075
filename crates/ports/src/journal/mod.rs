//! The journal: what was intended, sent, answered, filled. Everything else is derived from it.

mod alerts;
mod archive;
mod census;
mod chronicle;
mod day;
mod entry;
mod latest;
mod pulse;
mod record;
mod spending;
mod story;

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::CycleId;
use thiserror::Error;

pub use alerts::{ALERTS_KEPT_FOR, AlertEnding, AlertNumber, AlertQueue, KeptAlert};
pub use archive::{Archive, ChainHead, Flaw, FlawKind, Seal, SealError, Verification};
pub use census::{BookLine, Census, LastRun};
pub use chronicle::{
    Annals, AskedPrices, BrokenRule, Chronicle, GoneShares, ModelCost, ProtectionCheck, Reading,
    RefusedEntry, RunLine,
};
pub use day::{DayJournal, Family};
pub use entry::{
    DecisionNote, EQUITY_BASE, FamilyEnding, IntentRecord, JournalEntry, LimitRecord, ModelUsage,
    StateScope, ToolRecord, VerdictRecord,
};
pub use latest::{Latest, Standing, SwitchNote};
pub use pulse::{DayPulse, ProofOfLife, Pulse, RunPulse, Spread};
pub use record::{CycleEnding, CycleRecord, CycleStart, Provenance};
pub use spending::{Asked, MODEL_CURRENCY, Spending, SpendingBook};
pub use story::{
    FamilyResult, Story, StoryCall, StoryCycle, StoryEvent, StoryFamily, StoryVerdict, Subject,
};

use crate::Source;

/// The journal does not answer. Before an order this stops the order; after it, it raises the alarm.
#[derive(Debug, Error)]
#[error("the journal is unavailable")]
pub struct JournalError {
    /// Why.
    pub source: Source,
}

/// The durable record.
#[async_trait]
pub trait Journal: SpendingBook {
    /// Begins a cycle and gives it the next attempt at its slot: an id is never used twice.
    async fn open(&self, start: CycleStart) -> Result<CycleId, JournalError>;

    /// Keeps `entries`, all or none. Durable when it returns. A fill already kept is kept once.
    async fn record(&self, cycle: CycleId, entries: Vec<JournalEntry>) -> Result<(), JournalError>;

    /// Keeps the last `entries` of a cycle and its end, all or none. A cycle without an end was killed.
    async fn close(
        &self,
        record: CycleRecord,
        entries: Vec<JournalEntry>,
    ) -> Result<(), JournalError>;

    /// Order families whose fate is not known to have ended, oldest first, of every day.
    async fn unsettled(&self) -> Result<Vec<IntentRecord>, JournalError>;

    /// All that the journal knows of `date`, with the holdings it began with.
    async fn day(&self, date: TradingDate) -> Result<Arc<DayJournal>, JournalError>;
}
