//! The parts of a day, each read from tables of its own, and which of them an entry adds to.

use std::collections::BTreeSet;

use catalyst_ports::journal::JournalEntry;

/// One part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// What the account was read as.
    Equity,
    /// The cash it must have.
    Cash,
    /// Positions and fills.
    Holdings,
    /// Order families with their ends.
    Families,
    /// The halt switch.
    State,
    /// What the last comparison found.
    Findings,
    /// The limits last in force.
    Limits,
    /// Decisions.
    Decisions,
}

impl Part {
    /// All there are.
    pub(crate) fn all() -> BTreeSet<Self> {
        BTreeSet::from([
            Self::Equity,
            Self::Cash,
            Self::Holdings,
            Self::Families,
            Self::State,
            Self::Findings,
            Self::Limits,
            Self::Decisions,
        ])
    }

    /// The parts of its day that the rows of `entry` are read for.
    pub(crate) const fn touched_by(entry: &JournalEntry) -> &'static [Self] {
        match entry {
            JournalEntry::Intent(_) | JournalEntry::Settled { .. } => &[Self::Families],
            JournalEntry::Execution(_) => &[Self::Cash, Self::Holdings],
            JournalEntry::Reading { .. } => &[Self::Equity, Self::Cash],
            JournalEntry::State { .. } => &[Self::State],
            JournalEntry::Findings { .. } => &[Self::Findings],
            JournalEntry::WriteOff { .. } => &[Self::Holdings],
            JournalEntry::Limits { .. } => &[Self::Equity, Self::Cash, Self::Limits],
            JournalEntry::Decision(_) => &[Self::Decisions],
            JournalEntry::Tool(_)
            | JournalEntry::Verdict(_)
            | JournalEntry::Ticket { .. }
            | JournalEntry::Usage(_)
            | JournalEntry::Alert { .. }
            | JournalEntry::AlertEnded { .. } => &[],
        }
    }
}
