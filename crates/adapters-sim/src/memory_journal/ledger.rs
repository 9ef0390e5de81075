//! The ledger behind the journal's lock: cycles, entries, and what is derived from them as they come.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::money::MoneyError;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{ClientOrderId, CycleId, Execution};
use catalyst_domain::risk::{LimitLedger, TradingState};
use catalyst_ports::journal::{
    CycleRecord, CycleStart, DayJournal, EQUITY_BASE, Family, IntentRecord, JournalEntry,
    StateScope,
};
use chrono::{DateTime, NaiveTime, Utc};
use thiserror::Error;

use super::day_book::{DayBook, switch_on_day};
use super::fill_book::FillBook;

/// Why the journal does not keep something.
#[derive(Debug, Error)]
pub(super) enum LedgerError {
    #[error("cycle {id} was never opened")]
    UnknownCycle { id: CycleId },
    #[error("cycle {id} has ended already")]
    Closed { id: CycleId },
    #[error("order family {id} is kept already")]
    DuplicateIntent { id: ClientOrderId },
    #[error("order family {id} is not known")]
    UnknownFamily { id: ClientOrderId },
    #[error("the slot of {id} is no time of day")]
    Slot { id: CycleId },
    #[error(transparent)]
    Holdings(#[from] MoneyError),
}

/// One cycle with everything recorded in it.
#[derive(Debug, Clone)]
pub(super) struct CyclePages {
    pub(super) start: CycleStart,
    pub(super) end: Option<CycleRecord>,
    pub(super) entries: Vec<JournalEntry>,
}

/// All of it.
#[derive(Debug)]
pub(super) struct Ledger {
    calendar: Arc<TradingCalendar>,
    cycles: BTreeMap<CycleId, CyclePages>,
    /// Cycles in the order they were opened.
    order: Vec<CycleId>,
    fills: FillBook,
    limits: LimitLedger,
    families: Vec<Family>,
    by_id: BTreeMap<ClientOrderId, usize>,
    unsettled: BTreeSet<usize>,
    days: BTreeMap<TradingDate, DayBook>,
    equity_last: Option<(Money, DateTime<Utc>)>,
    moves: usize,
}

impl Ledger {
    pub(super) fn empty(currency: Currency, calendar: Arc<TradingCalendar>) -> Self {
        Self {
            fills: FillBook::empty(currency, Arc::clone(&calendar)),
            limits: LimitLedger::empty(),
            calendar,
            cycles: BTreeMap::new(),
            order: Vec::new(),
            families: Vec::new(),
            by_id: BTreeMap::new(),
            unsettled: BTreeSet::new(),
            days: BTreeMap::new(),
            equity_last: None,
            moves: 0,
        }
    }

    pub(super) fn open(&mut self, start: CycleStart) -> Result<CycleId, LedgerError> {
        let slot = start.slot;
        let time = NaiveTime::parse_from_str(&slot.slot(), "%H:%M");
        let time = time.map_err(|_not_a_time| LedgerError::Slot { id: slot })?;
        let attempt = |number| CycleId::new(slot.kind(), slot.date(), time, number);
        let used = self.cycles.range(attempt(0)..=attempt(u16::MAX));
        let last = used.map(|(id, _)| id.attempt()).max().unwrap_or(0);
        let id = attempt(last.saturating_add(1));
        let start = CycleStart { slot: id, ..start };
        let pages = CyclePages {
            start,
            end: None,
            entries: Vec::new(),
        };
        self.cycles.insert(id, pages);
        self.order.push(id);
        Ok(id)
    }

    pub(super) fn record(
        &mut self,
        cycle: CycleId,
        entries: Vec<JournalEntry>,
    ) -> Result<(), LedgerError> {
        if !self.cycles.contains_key(&cycle) {
            return Err(LedgerError::UnknownCycle { id: cycle });
        }
        let fills = self.check(&entries)?;
        if let Some(fills) = fills {
            self.fills = fills;
        }
        for entry in &entries {
            self.take_in(entry);
        }
        if let Some(pages) = self.cycles.get_mut(&cycle) {
            pages.entries.extend(entries);
        }
        Ok(())
    }

    pub(super) fn close(
        &mut self,
        record: CycleRecord,
        entries: Vec<JournalEntry>,
    ) -> Result<(), LedgerError> {
        let id = record.id;
        if self
            .cycles
            .get(&id)
            .is_some_and(|pages| pages.end.is_some())
        {
            return Err(LedgerError::Closed { id });
        }
        self.record(id, entries)?;
        if let Some(pages) = self.cycles.get_mut(&id) {
            pages.end = Some(record);
        }
        Ok(())
    }

    pub(super) fn unsettled(&self) -> Vec<IntentRecord> {
        let places = self.unsettled.iter();
        let families = places.filter_map(|place| self.families.get(*place));
        families.map(|family| family.intent.clone()).collect()
    }

    pub(super) fn day(&self, date: TradingDate) -> DayJournal {
        let book = self.days.get(&date);
        let mut places: BTreeSet<usize> = self
            .unsettled
            .iter()
            .copied()
            .filter(|place| self.family_date(*place).is_some_and(|of| of < date))
            .collect();
        places.extend(book.iter().flat_map(|book| &book.families));
        let families = places.iter().filter_map(|place| self.families.get(*place));
        let mut earlier = self.days.range(..=date).rev();
        let lasting = earlier.find_map(|(_, book)| book.lasting_state);
        let released = self
            .days
            .range(..=date)
            .filter_map(|(_, book)| book.released);
        let of_day = book.and_then(|book| book.state);
        let mut compared = self.days.range(..=date).rev();
        let (findings, findings_carried) =
            match compared.find_map(|(of, book)| Some((of, book.findings.clone()?))) {
                Some((of, found)) if *of == date => (found, Vec::new()),
                Some((_, found)) => (Vec::new(), found),
                None => (Vec::new(), Vec::new()),
            };
        let (state, move_of_day) = switch_on_day(lasting, released.max(), of_day);
        DayJournal {
            equity_at_open: book.and_then(|book| book.equity_at_open),
            equity_last: self.equity_last,
            cash_expected: self.cash_expected(date),
            opening: self.fills.opening(date),
            holdings: self.fills.holdings().clone(),
            fills: self.fills.on(date),
            families: families.cloned().collect(),
            state,
            move_of_day,
            findings,
            findings_carried,
            limits: self.limits.clone(),
            decisions: book.map_or_else(Vec::new, |book| book.decisions.clone()),
        }
    }

    /// The cash of the last reading before `date`, else of its first, moved by every fill since.
    fn cash_expected(&self, date: TradingDate) -> Option<Money> {
        let mut before = self.days.range(..date).rev();
        let last = before.find_map(|(_, book)| book.last_cash);
        let (cash, at) = last.or_else(|| self.days.get(&date)?.first_cash)?;
        self.fills.carry_cash(cash, at)
    }

    pub(super) fn cycles(&self) -> impl Iterator<Item = &CyclePages> {
        self.order.iter().filter_map(|id| self.cycles.get(id))
    }

    pub(super) fn pages(&self, cycle: CycleId) -> Option<&CyclePages> {
        self.cycles.get(&cycle)
    }

    /// Finds what may not be kept before anything is, and returns the fills as they would be.
    fn check(&self, entries: &[JournalEntry]) -> Result<Option<FillBook>, LedgerError> {
        let mut executions = Vec::new();
        let mut gone = Vec::new();
        let mut intended = BTreeSet::new();
        for entry in entries {
            match entry {
                JournalEntry::Execution(execution) => executions.push(execution),
                JournalEntry::WriteOff { symbol, to, at, .. } => {
                    gone.push((self.calendar.date_of(*at), *symbol, *to));
                }
                JournalEntry::Intent(intent) => {
                    let id = intent.id;
                    if self.by_id.contains_key(&id) || !intended.insert(id) {
                        return Err(LedgerError::DuplicateIntent { id });
                    }
                }
                JournalEntry::Settled { id, .. } => {
                    if !self.by_id.contains_key(id) && !intended.contains(id) {
                        return Err(LedgerError::UnknownFamily { id: *id });
                    }
                }
                JournalEntry::Tool(_)
                | JournalEntry::Verdict(_)
                | JournalEntry::Ticket { .. }
                | JournalEntry::Reading { .. }
                | JournalEntry::State { .. }
                | JournalEntry::Findings { .. }
                | JournalEntry::Limits { .. }
                | JournalEntry::Usage(_)
                | JournalEntry::Decision(_)
                | JournalEntry::Alert { .. }
                | JournalEntry::AlertEnded { .. } => {}
            }
        }
        if executions.is_empty() && gone.is_empty() {
            return Ok(None);
        }
        // In the order they happened, whatever order they are told in.
        executions.sort_by_key(|execution: &&Execution| execution.fill.at);
        let mut book = self.fills.clone();
        for execution in executions {
            book.keep(execution)?;
        }
        for (day, symbol, to) in gone {
            book.write_off(day, symbol, to)?;
        }
        Ok(Some(book))
    }

    fn take_in(&mut self, entry: &JournalEntry) {
        match entry {
            JournalEntry::Intent(intent) => {
                let place = self.families.len();
                self.families.push(Family {
                    intent: intent.clone(),
                    ending: None,
                });
                self.by_id.insert(intent.id, place);
                self.unsettled.insert(place);
                self.book_of(intent.at).families.push(place);
            }
            JournalEntry::Settled { id, ending, .. } => {
                if let Some(place) = self.by_id.get(id) {
                    self.unsettled.remove(place);
                    if let Some(family) = self.families.get_mut(*place) {
                        family.ending = Some(*ending);
                    }
                }
            }
            JournalEntry::Reading { equity, cash, at } => {
                let book = self.book_of(*at);
                book.equity_at_open.get_or_insert(*equity);
                book.first_cash.get_or_insert((*cash, *at));
                book.last_cash = Some((*cash, *at));
                self.equity_last = Some((*equity, *at));
            }
            JournalEntry::Limits { changes, .. } => {
                for change in changes {
                    if change.name == EQUITY_BASE {
                        self.equity_last = None;
                        self.days.values_mut().for_each(DayBook::forget_cash);
                    } else {
                        self.limits.remember(&change.name, &change.becomes);
                    }
                }
            }
            JournalEntry::State {
                state, scope, at, ..
            } => {
                self.moves += 1;
                let place = self.moves;
                let book = self.book_of(*at);
                match scope {
                    StateScope::Day => book.state = Some((place, *state)),
                    StateScope::UntilMoved => {
                        book.lasting_state = Some(*state);
                        if *state == TradingState::Trading {
                            book.released = Some(place);
                        }
                    }
                }
            }
            JournalEntry::Findings { findings, at } => {
                self.book_of(*at).findings = Some(findings.clone());
            }
            JournalEntry::Decision(note) => self.book_of(note.at).decisions.push(note.clone()),
            JournalEntry::Execution(_)
            | JournalEntry::WriteOff { .. }
            | JournalEntry::Usage(_)
            | JournalEntry::Tool(_)
            | JournalEntry::Verdict(_)
            | JournalEntry::Ticket { .. }
            | JournalEntry::Alert { .. }
            | JournalEntry::AlertEnded { .. } => {}
        }
    }

    fn book_of(&mut self, at: DateTime<Utc>) -> &mut DayBook {
        let date = self.calendar.date_of(at);
        self.days.entry(date).or_insert_with(DayBook::empty)
    }

    /// The exchange day of a moment.
    pub(super) fn date_of(&self, at: DateTime<Utc>) -> TradingDate {
        self.calendar.date_of(at)
    }

    /// The family whose first leg has that name.
    pub(super) fn family(&self, id: ClientOrderId) -> Option<&Family> {
        self.families.get(*self.by_id.get(&id)?)
    }

    fn family_date(&self, place: usize) -> Option<TradingDate> {
        let family = self.families.get(place)?;
        Some(self.calendar.date_of(family.intent.at))
    }
}
