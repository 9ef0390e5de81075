//! What the journal last answered, carried forward by what was kept since: enough to protect and to
//! leave positions while the database is away.

use std::sync::Arc;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::Execution;
use catalyst_domain::quantity::Shares;
use catalyst_domain::risk::TradingState;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{
    DayJournal, EQUITY_BASE, Family, IntentRecord, JournalEntry, StateScope,
};

/// Answers from memory; none before the first one of the database.
#[derive(Debug, Default)]
pub(crate) struct Mirror {
    unsettled: Option<Vec<IntentRecord>>,
    day: Option<(TradingDate, Arc<DayJournal>)>,
}

impl Mirror {
    /// The families without an end, if ever asked.
    pub(crate) fn unsettled(&self) -> Option<Vec<IntentRecord>> {
        self.unsettled.clone()
    }

    /// The day, if it was the last one asked about.
    pub(crate) fn day(&self, date: TradingDate) -> Option<Arc<DayJournal>> {
        self.day
            .as_ref()
            .filter(|(of, _)| *of == date)
            .map(|(_, day)| Arc::clone(day))
    }

    /// The database answered.
    pub(crate) fn saw_unsettled(&mut self, answer: &[IntentRecord]) {
        self.unsettled = Some(answer.to_vec());
    }

    /// The database answered.
    pub(crate) fn saw_day(&mut self, date: TradingDate, answer: &Arc<DayJournal>) {
        self.day = Some((date, Arc::clone(answer)));
    }

    /// Something was kept.
    pub(crate) fn take_in(&mut self, entry: &JournalEntry) {
        match (entry, &mut self.unsettled) {
            (JournalEntry::Intent(intent), Some(unsettled)) => unsettled.push(intent.clone()),
            (JournalEntry::Settled { id, .. }, Some(unsettled)) => {
                unsettled.retain(|intent| intent.id != *id);
            }
            _ => {}
        }
        if let Some((_, day)) = &mut self.day {
            carry_forward(Arc::make_mut(day), entry);
        }
    }
}

fn carry_forward(day: &mut DayJournal, entry: &JournalEntry) {
    match entry {
        JournalEntry::Intent(intent) => day.families.push(Family {
            intent: intent.clone(),
            ending: None,
        }),
        JournalEntry::Settled { id, ending, .. } => {
            for family in &mut day.families {
                if family.intent.id == *id {
                    family.ending = Some(*ending);
                }
            }
        }
        JournalEntry::Execution(execution) => fill(day, execution),
        JournalEntry::Reading { equity, at, .. } => {
            day.equity_at_open.get_or_insert(*equity);
            day.equity_last = Some((*equity, *at));
        }
        JournalEntry::State { state, scope, .. } => match scope {
            StateScope::Day => {
                day.state = day.state.stricter(*state);
                day.move_of_day = Some(*state);
            }
            StateScope::UntilMoved => {
                if *state == TradingState::Trading {
                    day.move_of_day = None;
                }
                let of_day = day.move_of_day.unwrap_or(TradingState::Trading);
                day.state = state.stricter(of_day);
            }
        },
        JournalEntry::Findings { findings, .. } => {
            day.findings.clone_from(findings);
            day.findings_carried.clear();
        }
        JournalEntry::WriteOff { symbol, to, .. } => write_off(day, *symbol, *to),
        JournalEntry::Limits { changes, .. } => {
            for change in changes {
                if change.name == EQUITY_BASE {
                    day.equity_last = None;
                } else {
                    day.limits.remember(&change.name, &change.becomes);
                }
            }
        }
        JournalEntry::Decision(note) => day.decisions.push(note.clone()),
        JournalEntry::Tool(_)
        | JournalEntry::Verdict(_)
        | JournalEntry::Ticket { .. }
        | JournalEntry::Usage(_)
        | JournalEntry::Alert { .. }
        | JournalEntry::AlertEnded { .. } => {}
    }
}

/// Sums that leave the range of money are left as they are; the database will refuse them aloud.
fn write_off(day: &mut DayJournal, symbol: Symbol, to: Shares) {
    for holdings in [&mut day.opening, &mut day.holdings] {
        let mut rest = holdings.clone();
        if rest.write_off(symbol, to).is_ok() {
            *holdings = rest;
        }
    }
}

/// A fill that is new. One whose sums leave the range of money is left to the comparison with the
/// broker, which will show it.
fn fill(day: &mut DayJournal, execution: &Execution) {
    let told = &execution.fill;
    let is_known = day
        .fills
        .iter()
        .any(|known| known.execution == told.execution);
    if !is_known && day.holdings.absorb(told).is_ok() {
        day.fills.push(told.clone());
    }
}
