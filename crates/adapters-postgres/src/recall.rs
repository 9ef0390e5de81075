//! The rows that the last answer was told from, and how far they are still as the database has them.
//!
//! Whoever writes moves the end of the chain. What a commit of this very handle adds is known row by row
//! and follows the others; after anyone else's commit nothing counts.

use std::sync::Arc;

use catalyst_domain::calendar::TradingDate;
use catalyst_ports::journal::{DayJournal, IntentRecord, JournalEntry};

use crate::entity::AnyRow;
use crate::refused::is_new_risk;
use crate::spill::Mirror;
use crate::store::{Added, Batch, DayRows, Head, Known, MarketRules, ReadError, Reported, Strand};

/// What one handle remembers.
#[derive(Debug, Default)]
pub(crate) struct Recall {
    mirror: Mirror,
    rows: Option<DayRows>,
    reported: Reported,
    /// The place up to which the book was known when a day was told last, and followed since. Once a commit
    /// of someone else was missed it stays where it is until a day is read again, whatever fails meanwhile.
    known_to: Option<i64>,
}

impl Recall {
    /// The answers as they are carried forward, for while the database is away.
    pub(crate) const fn mirror(&self) -> &Mirror {
        &self.mirror
    }

    /// From here on nothing counts as true.
    pub(crate) fn doubt(&mut self) {
        self.rows = None;
        self.reported = Reported::default();
    }

    /// What the database does not have to be asked for by whoever has asked for a day, where nobody else
    /// writes: a decision on new risk among `entries` rests on all of it.
    pub(crate) fn known(&self, entries: &[JournalEntry]) -> Option<Known> {
        Some(Known {
            end: self.known_to?,
            must_be_all: entries.iter().any(is_new_risk),
        })
    }

    /// A run of `date` has kept `entries`, in the database if it has `added` rows.
    pub(crate) fn kept(
        &mut self,
        added: Option<&Added>,
        date: TradingDate,
        entries: &[JournalEntry],
    ) {
        let rows = self.rows.take().zip(added);
        self.rows = rows
            .filter(|(rows, added)| (rows.date(), Some(rows.end())) == (date, added.behind))
            .and_then(|(rows, added)| rows.followed_by(&added.rows));
        let is_next = |added: &&Added| added.behind.is_some() && added.behind == self.known_to;
        if let Some(added) = added.filter(is_next) {
            self.known_to = added.rows.last().map(AnyRow::id).or(self.known_to);
        }
        if let Some(added) = added {
            self.reported.follow(added);
        }
        for entry in entries {
            self.mirror.take_in(entry);
        }
    }

    /// `batch` behind `head`, if that is as far as this handle has to know to tell its rows itself.
    pub(crate) fn ready(&self, batch: &Batch, head: Head, rules: &MarketRules) -> Option<Strand> {
        batch.ready(head, &self.reported, self.rows.as_ref(), rules)
    }

    /// The end of the chain that is known; `None` where nothing is remembered.
    pub(crate) fn end(&self) -> Option<i64> {
        self.rows.as_ref().map(DayRows::end)
    }

    /// The day `date`, if its rows are as the database has them, whose chain ends at `end`.
    pub(crate) fn day(
        &mut self,
        date: TradingDate,
        end: i64,
        rules: &MarketRules,
    ) -> Option<Result<Arc<DayJournal>, ReadError>> {
        let rows = self.rows.as_mut();
        let rows = rows.filter(|rows| (rows.date(), rows.end()) == (date, end))?;
        let day = rows.told(rules);
        if let Ok(day) = &day {
            self.mirror.saw_day(date, day);
        }
        Some(day)
    }

    /// The families without an end, if the rows are as the database has them, whose chain ends at `end`.
    pub(crate) fn unsettled(
        &mut self,
        end: i64,
        rules: &MarketRules,
    ) -> Option<Result<Vec<IntentRecord>, ReadError>> {
        let rows = self.rows.as_mut().filter(|rows| rows.end() == end)?;
        let unsettled = rows.unsettled(rules);
        if let Ok(unsettled) = &unsettled {
            self.mirror.saw_unsettled(unsettled);
        }
        Some(unsettled)
    }

    /// The database told the rows of a day.
    pub(crate) fn saw_day(
        &mut self,
        mut rows: DayRows,
        rules: &MarketRules,
    ) -> Result<Arc<DayJournal>, ReadError> {
        let day = rows.told(rules)?;
        self.mirror.saw_day(rows.date(), &day);
        self.known_to = Some(rows.end());
        self.rows = Some(rows);
        Ok(day)
    }

    /// The database told the families without an end.
    pub(crate) fn saw_unsettled(&mut self, told: &[IntentRecord]) {
        self.mirror.saw_unsettled(told);
    }
}
