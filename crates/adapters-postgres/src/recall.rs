//! The last answers, and how far they are still as the database has them.
//!
//! Whoever writes moves the end of the chain. What a commit of this very handle adds to is known, and the
//! rest of an answer stays true behind it; after anyone else's commit nothing does.

use std::collections::BTreeSet;

use catalyst_domain::calendar::TradingDate;
use catalyst_ports::journal::{DayJournal, IntentRecord, JournalEntry};

use crate::spill::Mirror;
use crate::store::{DayAt, EarlierDay, Moved, Part};

/// The last answers of one handle.
#[derive(Debug, Default)]
pub(crate) struct Recall {
    mirror: Mirror,
    /// How far the mirror's day is true.
    day: Option<TrueDay>,
    /// The end of the chain at which the mirror's families without an end are true.
    unsettled: Option<i64>,
}

#[derive(Debug)]
struct TrueDay {
    date: TradingDate,
    end: i64,
    /// Added to since it was read.
    stale: BTreeSet<Part>,
}

impl Recall {
    /// The answers as they are carried forward, for while the database is away.
    pub(crate) const fn mirror(&self) -> &Mirror {
        &self.mirror
    }

    /// From here on nothing counts as true.
    pub(crate) fn doubt(&mut self) {
        self.day = None;
        self.unsettled = None;
    }

    /// A run of `date` has kept `entries`, in the database if the chain has `moved`.
    pub(crate) fn kept(
        &mut self,
        moved: Option<Moved>,
        date: TradingDate,
        entries: &[JournalEntry],
    ) {
        match moved {
            Some(moved) => self.follow(moved, date, entries),
            None => self.doubt(),
        }
        for entry in entries {
            self.mirror.take_in(entry);
        }
    }

    /// What a run of another day adds to the day that was seen is not thought about.
    fn follow(&mut self, moved: Moved, date: TradingDate, entries: &[JournalEntry]) {
        let touched = entries.iter().flat_map(Part::touched_by).copied();
        let touched: BTreeSet<Part> = touched.collect();
        self.unsettled = self
            .unsettled
            .filter(|end| *end == moved.from && !touched.contains(&Part::Families))
            .map(|_from| moved.to);
        let seen = self.day.take();
        self.day = seen.filter(|seen| (seen.date, seen.end) == (date, moved.from));
        if let Some(seen) = &mut self.day {
            seen.end = moved.to;
            seen.stale.extend(touched);
        }
    }

    /// Whether nothing of the day `date` has been added to since it was read; if not, asking whether it is
    /// still true is in vain.
    pub(crate) fn is_whole(&self, date: TradingDate) -> bool {
        let seen = self.day.as_ref().filter(|seen| seen.date == date);
        seen.is_some_and(|seen| seen.stale.is_empty())
    }

    /// The day `date`, if it is all as the database has it, whose chain ends at `end`.
    pub(crate) fn true_day(&self, date: TradingDate, end: i64) -> Option<DayJournal> {
        let seen = self.day.as_ref()?;
        let is_true = (seen.date, seen.end) == (date, end) && seen.stale.is_empty();
        is_true.then(|| self.mirror.day(date)).flatten()
    }

    /// The day `date`, if parts of it may still be true.
    pub(crate) fn earlier_day(&self, date: TradingDate) -> Option<EarlierDay> {
        let seen = self.day.as_ref().filter(|seen| seen.date == date)?;
        let (day, end) = (self.mirror.day(date)?, seen.end);
        Some(EarlierDay {
            at: DayAt { end, day },
            stale: seen.stale.clone(),
        })
    }

    /// The database told the day `date`.
    pub(crate) fn saw_day(&mut self, date: TradingDate, told: &DayAt) {
        self.mirror.saw_day(date, &told.day);
        self.day = Some(TrueDay {
            date,
            end: told.end,
            stale: BTreeSet::new(),
        });
    }

    /// The families without an end, if they are as the database has them, whose chain ends at `end`.
    pub(crate) fn true_unsettled(&self, end: i64) -> Option<Vec<IntentRecord>> {
        let is_true = self.unsettled == Some(end);
        is_true.then(|| self.mirror.unsettled()).flatten()
    }

    /// The database told the families without an end, not before its chain ended at `end`.
    pub(crate) fn saw_unsettled(&mut self, end: Option<i64>, told: &[IntentRecord]) {
        self.mirror.saw_unsettled(told);
        self.unsettled = end;
    }
}
