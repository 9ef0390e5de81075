//! The port's face of the ledger, and what reports read from it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::money::Currency;
use catalyst_domain::order::CycleId;
use catalyst_ports::journal::{
    CycleRecord, CycleStart, DayJournal, IntentRecord, Journal, JournalEntry, JournalError,
    Spending, SpendingBook,
};

use super::ledger::{CyclePages, Ledger, LedgerError};

/// A journal that lives as long as the process.
#[derive(Debug)]
pub struct MemoryJournal {
    /// Guards the whole ledger for the length of one question; never held while waiting.
    ledger: Mutex<Ledger>,
}

/// A cycle as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CycleEntry {
    /// Its name.
    pub id: CycleId,
    /// How it began; the slot in it is the cycle's own name.
    pub start: CycleStart,
    /// How it ended; `None` while it runs or when it was killed.
    pub end: Option<CycleRecord>,
}

impl MemoryJournal {
    /// An empty journal of an account in `currency`; `calendar` says to which day a moment belongs.
    pub fn new(currency: Currency, calendar: Arc<TradingCalendar>) -> Self {
        Self {
            ledger: Mutex::new(Ledger::empty(currency, calendar)),
        }
    }

    /// Every cycle in the order they were opened.
    pub fn cycles(&self) -> Vec<CycleEntry> {
        self.lock().cycles().map(entry_of).collect()
    }

    /// What was recorded in a cycle, in order; nothing for a cycle that is not known.
    pub fn entries(&self, cycle: CycleId) -> Vec<JournalEntry> {
        let ledger = self.lock();
        let pages = ledger.pages(cycle);
        pages.map_or_else(Vec::new, |pages| pages.entries.clone())
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl SpendingBook for MemoryJournal {
    async fn spending(&self, date: TradingDate, advisor: &str) -> Result<Spending, JournalError> {
        let spending = self.lock().spending(date, advisor);
        spending.map_err(|error| refused(LedgerError::Holdings(error)))
    }
}

#[async_trait]
impl Journal for MemoryJournal {
    async fn open(&self, start: CycleStart) -> Result<CycleId, JournalError> {
        self.lock().open(start).map_err(refused)
    }

    async fn record(&self, cycle: CycleId, entries: Vec<JournalEntry>) -> Result<(), JournalError> {
        self.lock().record(cycle, entries).map_err(refused)
    }

    async fn close(
        &self,
        record: CycleRecord,
        entries: Vec<JournalEntry>,
    ) -> Result<(), JournalError> {
        self.lock().close(record, entries).map_err(refused)
    }

    async fn unsettled(&self) -> Result<Vec<IntentRecord>, JournalError> {
        Ok(self.lock().unsettled())
    }

    async fn day(&self, date: TradingDate) -> Result<Arc<DayJournal>, JournalError> {
        Ok(Arc::new(self.lock().day(date)))
    }
}

fn entry_of(pages: &CyclePages) -> CycleEntry {
    CycleEntry {
        id: pages.start.slot,
        start: pages.start.clone(),
        end: pages.end.clone(),
    }
}

fn refused(error: LedgerError) -> JournalError {
    JournalError {
        source: Box::new(error),
    }
}
