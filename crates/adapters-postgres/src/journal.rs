//! The port's face of one book, with what happens when the database is away.
//!
//! Before an order of new risk an absent database stops the order. After a send, and for orders that
//! lower risk, what happened goes to the write-ahead file and into the database when it is back.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::CycleId;
use catalyst_ports::Source;
use catalyst_ports::journal::{
    AlertQueue, Annals, Chronicle, CycleRecord, CycleStart, DayJournal, IntentRecord, Journal,
    JournalEntry, JournalError, KeptAlert, Spending, SpendingBook,
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnAcquireErr, DbErr};
use tracing::{error, info};

use crate::recall::Recall;
use crate::refused::{Refused, is_new_risk};
use crate::spill::{Mirror, Spill, Waiting};
use crate::store::{
    Batch, BookRow, Known, OpenCycle, ReadError, Store, Strand, Telling, unavailable,
};
use crate::translate::end::end_rows;
use crate::translate::entry::rows_of;
use crate::trouble::is_outage;

/// How long an answer of the database may take: a little more than the server's own bound of a statement.
const ANSWER: Duration = Duration::from_secs(7);

/// A try that fails only after so long is not made again at once: a position without its stop does
/// not have the seconds.
const SLOW: Duration = Duration::from_secs(1);

/// How long a database is left alone after such a try; the file and memory serve meanwhile.
const LEFT_ALONE: Duration = Duration::from_secs(30);

/// The journal of one account or rehearsal.
///
/// Holds one connection; calls wait for one another. What `record` has kept survives the loss of power.
#[derive(Debug)]
pub struct SqlJournal {
    store: Arc<Store>,
    book: i64,
    /// The seal of the book's row, which no other journal has.
    seal: String,
    /// Runs being written, and what was last read; held for the length of one question, never while
    /// waiting.
    memory: Mutex<Memory>,
    spill: Option<Spill>,
    /// Nobody else writes.
    alone: bool,
}

#[derive(Debug, Default)]
struct Memory {
    runs: BTreeMap<CycleId, OpenCycle>,
    recall: Recall,
    /// Until when the database is not asked again.
    left_alone_until: Option<Instant>,
}

/// Who answered.
enum Answer<T, M> {
    /// The database.
    Told(T),
    /// Memory, while the database is away.
    Remembered(M),
}

impl SqlJournal {
    pub(crate) fn new(store: Arc<Store>, book: BookRow) -> Self {
        Self {
            store,
            book: book.id,
            seal: book.seal,
            memory: Mutex::new(Memory::default()),
            spill: None,
            alone: false,
        }
    }

    /// The same on the word of its holder, who has the run lock, that nobody else adds to its book meanwhile,
    /// and for one task: the database is not asked again for what this journal has read or kept itself. If
    /// somebody has added to the book all the same, no order of new risk is kept until the day is read again,
    /// which it is after the next commit.
    #[must_use]
    pub const fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    /// The same with a write-ahead file at `path`, whose folder must exist. What an earlier run left in
    /// it is kept first; until that has worked nothing is opened.
    pub async fn with_write_ahead(mut self, path: PathBuf) -> Result<Self, JournalError> {
        let spill = Spill::at(path).map_err(unavailable)?;
        self.spill = Some(spill);
        self.replay().await.map_err(unavailable)?;
        Ok(self)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn waits(&self) -> bool {
        self.spill.as_ref().is_some_and(Spill::waits)
    }

    /// An outage while the database is left alone.
    fn reachable(&self) -> Result<(), DbErr> {
        let until = self.memory().left_alone_until;
        if self.spill.is_some() && until.is_some_and(|until| Instant::now() < until) {
            return Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        }
        Ok(())
    }

    /// The answer of the database, which is left alone for a while when it fails slowly.
    /// One that says nothing at all, as over a line that is dead, has failed after `ANSWER`.
    async fn tried<T, E>(&self, ask: impl Future<Output = Result<T, E>>) -> Result<T, E>
    where
        E: From<DbErr>,
    {
        let begin = Instant::now();
        let silent = || DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
        let answer = match tokio::time::timeout(ANSWER, ask).await {
            Ok(answer) => answer,
            Err(_elapsed) => Err(E::from(silent())),
        };
        if answer.is_err() && begin.elapsed() >= SLOW {
            self.memory().left_alone_until = Some(Instant::now() + LEFT_ALONE);
        }
        answer
    }

    /// Brings what waits in the write-ahead file into the database, in the order in which it happened.
    async fn replay(&self) -> Result<(), Refused> {
        self.reachable()?;
        let Some(spill) = self.spill.as_ref().filter(|spill| spill.waits()) else {
            return Ok(());
        };
        let waiting = spill.batches().map_err(Refused::NoSpill)?;
        let count = waiting.len();
        if waiting.iter().any(|waiting| waiting.journal != self.seal) {
            let path = spill.path().to_owned();
            return Err(Refused::ForeignSpill { path });
        }
        for waiting in waiting {
            let keep = self.store.keep(&waiting.batch, Telling::Again, None);
            self.tried(keep).await?;
        }
        spill.clear().map_err(Refused::NoSpill)?;
        info!(batches = count, "write-ahead file replayed");
        Ok(())
    }

    /// The run's next batch.
    async fn batch(
        &self,
        cycle: CycleId,
        entries: &[JournalEntry],
    ) -> Result<(Batch, OpenCycle), Refused> {
        let known = self.memory().runs.get(&cycle).cloned();
        let mut run = if let Some(run) = known {
            run
        } else {
            // The last number of the run may wait in the write-ahead file.
            self.replay().await?;
            let reopened = self.tried(self.store.reopen(self.book, cycle)).await?;
            reopened.ok_or(Refused::UnknownCycle(cycle))?
        };
        run.batches += 1;
        let mut rows = Vec::with_capacity(entries.len());
        for entry in entries {
            rows.extend(rows_of(&run.writer, entry.clone())?);
        }
        self.memory().runs.insert(cycle, run.clone());
        let batch = Batch {
            cycle: run.writer.cycle,
            number: run.batches,
            rows,
        };
        Ok((batch, run))
    }

    /// Keeps a batch in the database, or, where that may wait, in the write-ahead file.
    async fn keep(
        &self,
        batch: Batch,
        cycle: CycleId,
        entries: &[JournalEntry],
    ) -> Result<(), Refused> {
        let kept = match self.replay().await {
            Ok(()) => {
                let known = self.memory().recall.known(entries);
                let known = known.filter(|_known| self.alone);
                let ready = self.ready(&batch, known);
                let keep = self.store.keep(&batch, Telling::First(known), ready);
                self.tried(keep).await.map_err(Refused::from)
            }
            Err(failure) => Err(failure),
        };
        if kept.is_err() {
            self.memory().recall.doubt();
        }
        let added = match (kept, &self.spill) {
            (Ok(added), _) => Some(added),
            (Err(Refused::Database(failure)), Some(spill)) if is_outage(&failure) => {
                if entries.iter().any(is_new_risk) {
                    return Err(Refused::NewRisk(failure));
                }
                error!(error = %failure, "database away, kept in the write-ahead file");
                let waiting = Waiting {
                    journal: self.seal.clone(),
                    batch,
                };
                spill.append(&waiting).map_err(Refused::NoSpill)?;
                None
            }
            (Err(failure), _) => return Err(failure),
        };
        let date = cycle.date();
        self.memory().recall.kept(added.as_ref(), date, entries);
        Ok(())
    }

    /// The batch behind the last commit of this connection, where memory tells all that it depends on.
    fn ready(&self, batch: &Batch, known: Option<Known>) -> Option<Strand> {
        let head = self.store.likely_head()?;
        let is_known = known.is_none_or(|known| known.end == head.place);
        let memory = is_known.then(|| self.memory())?;
        memory.recall.ready(batch, head, self.store.rules())
    }

    /// The end of the chain that what is remembered must have; `None` where nothing is remembered, the
    /// end cannot be read, or something waits to be kept: then nothing remembered counts as true.
    async fn remembered_at(&self) -> Option<i64> {
        let end = self.memory().recall.end()?;
        if self.waits() || self.reachable().is_err() {
            return None;
        }
        if self.alone {
            return Some(end);
        }
        Box::pin(self.tried(self.store.last_row())).await.ok()
    }

    async fn read_day(&self, date: TradingDate) -> Result<Arc<DayJournal>, JournalError> {
        let told = Box::pin(self.store.day(self.book, date));
        match self.asked(told, |mirror| mirror.day(date)).await? {
            Answer::Told(rows) => {
                let told = self.memory().recall.saw_day(rows, self.store.rules());
                told.map_err(unavailable)
            }
            Answer::Remembered(day) => Ok(day),
        }
    }

    /// The answer of the database, or, while it is away, the last one carried forward.
    async fn asked<T, M>(
        &self,
        answer: impl Future<Output = Result<T, ReadError>>,
        remembered: impl FnOnce(&Mirror) -> Option<M>,
    ) -> Result<Answer<T, M>, JournalError> {
        let replayed = self.replay().await;
        let failure: Source = match replayed {
            Ok(()) => match self.tried(answer).await {
                Ok(answer) => return Ok(Answer::Told(answer)),
                Err(failure) if failure.is_outage() => failure.into(),
                Err(failure) => return Err(unavailable(failure)),
            },
            Err(failure) => failure.into(),
        };
        let mut memory = self.memory();
        memory.recall.doubt();
        let remembered = self
            .spill
            .as_ref()
            .and_then(|_spill| remembered(memory.recall.mirror()));
        match remembered {
            Some(answer) => {
                error!(error = %failure, "database away, answered from memory");
                Ok(Answer::Remembered(answer))
            }
            None => Err(unavailable(failure)),
        }
    }

    async fn try_close(
        &self,
        record: CycleRecord,
        entries: Vec<JournalEntry>,
    ) -> Result<(), Refused> {
        let (mut batch, run) = self.batch(record.id, &entries).await?;
        let id = record.id;
        batch.rows.extend(end_rows(&run.writer, record));
        self.keep(batch, id, &entries).await?;
        self.memory().runs.remove(&id);
        Ok(())
    }
}

#[async_trait]
impl Annals for SqlJournal {
    async fn chronicle(
        &self,
        from: TradingDate,
        to: TradingDate,
    ) -> Result<Chronicle, JournalError> {
        let told = self.store.chronicle(self.book, (from, to)).await;
        told.map_err(unavailable)
    }
}

#[async_trait]
impl SpendingBook for SqlJournal {
    /// Never answered from memory: whoever cannot be sure of the money asks nobody.
    async fn spending(&self, date: TradingDate, advisor: &str) -> Result<Spending, JournalError> {
        self.replay().await.map_err(unavailable)?;
        let told = self.tried(self.store.spending(self.book, date, advisor));
        told.await.map_err(unavailable)
    }
}

#[async_trait]
impl AlertQueue for SqlJournal {
    async fn alerts(&self, now: DateTime<Utc>) -> Result<Vec<KeptAlert>, JournalError> {
        self.replay().await.map_err(unavailable)?;
        let told = self.tried(self.store.alerts(self.book, now)).await;
        told.map_err(unavailable)
    }
}

#[async_trait]
impl Journal for SqlJournal {
    async fn open(&self, start: CycleStart) -> Result<CycleId, JournalError> {
        self.replay().await.map_err(unavailable)?;
        let opened = self.tried(self.store.open(self.book, start)).await;
        if opened.is_err() {
            self.memory().recall.doubt();
        }
        let (id, run, added) = opened.map_err(unavailable)?;
        let mut memory = self.memory();
        memory.recall.kept(Some(&added), id.date(), &[]);
        memory.runs.insert(id, run);
        Ok(id)
    }

    async fn record(&self, cycle: CycleId, entries: Vec<JournalEntry>) -> Result<(), JournalError> {
        let (batch, _run) = self.batch(cycle, &entries).await.map_err(unavailable)?;
        let kept = self.keep(batch, cycle, &entries).await;
        kept.map_err(unavailable)
    }

    async fn close(
        &self,
        record: CycleRecord,
        entries: Vec<JournalEntry>,
    ) -> Result<(), JournalError> {
        self.try_close(record, entries).await.map_err(unavailable)
    }

    async fn unsettled(&self) -> Result<Vec<IntentRecord>, JournalError> {
        if let Some(end) = self.remembered_at().await {
            let still_true = self.memory().recall.unsettled(end, self.store.rules());
            if let Some(unsettled) = still_true {
                return unsettled.map_err(unavailable);
            }
        }
        let told = Box::pin(self.store.unsettled(self.book));
        match self.asked(told, Mirror::unsettled).await? {
            Answer::Told(unsettled) => {
                self.memory().recall.saw_unsettled(&unsettled);
                Ok(unsettled)
            }
            Answer::Remembered(unsettled) => Ok(unsettled),
        }
    }

    async fn day(&self, date: TradingDate) -> Result<Arc<DayJournal>, JournalError> {
        if let Some(end) = self.remembered_at().await {
            let still_true = self.memory().recall.day(date, end, self.store.rules());
            if let Some(day) = still_true {
                return day.map_err(unavailable);
            }
        }
        Box::pin(self.read_day(date)).await
    }
}
