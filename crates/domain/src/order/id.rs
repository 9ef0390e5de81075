//! Names of cycles and orders. Derived, never random, so that a repeat is seen as the same one.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};
use thiserror::Error;

use crate::calendar::TradingDate;

/// Which of the agent's runs a name belongs to.
///
/// Shown at [`CycleId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RunKind {
    /// A trading cycle with the advisor.
    Cycle,
    /// A protective sweep without it.
    Guard,
    /// The owner's own hand: a command that changes what is in force.
    Hand,
}

impl RunKind {
    /// What the name of such a run begins with.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Cycle => "",
            Self::Guard => "g",
            Self::Hand => "h",
        }
    }
}

/// A run of the agent: its exchange day, its slot, and which attempt at that slot it is.
///
/// Printed as `20260914-1000.1`, a guard's with a leading `g`, the owner's with a leading `h`; at most
/// twenty characters, as the older system's tables allow.
///
/// ```
/// use catalyst_domain::order::{CycleId, RunKind};
/// let slot = "10:00:00".parse()?;
/// let first = CycleId::new(RunKind::Cycle, "2026-09-14".parse()?, slot, 1);
/// assert_eq!(first.to_string(), "20260914-1000.1");
/// let again: CycleId = "20260914-1000.2".parse()?;
/// assert!(again != first && again.is_same_slot(first));
/// assert_eq!(
///     "20260914-1000".parse::<CycleId>().unwrap_err().to_string(),
///     "`20260914-1000` is no name of a cycle"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CycleId {
    date: TradingDate,
    minute: u16,
    kind: RunKind,
    attempt: u16,
}

/// A name that is none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{found}` is no name of a {expected}")]
pub struct IdError {
    /// The text as given.
    pub found: String,
    /// What it should have named.
    pub expected: &'static str,
}

impl CycleId {
    /// The run at `slot` (local time of day, seconds ignored) of `date`.
    pub fn new(kind: RunKind, date: TradingDate, slot: NaiveTime, attempt: u16) -> Self {
        let minute = u16::try_from(slot.hour() * 60 + slot.minute()).unwrap_or(u16::MAX);
        Self {
            date,
            minute,
            kind,
            attempt,
        }
    }

    /// The exchange day.
    pub const fn date(self) -> TradingDate {
        self.date
    }

    /// Which kind of run.
    pub const fn kind(self) -> RunKind {
        self.kind
    }

    /// Counted from one within the slot.
    pub const fn attempt(self) -> u16 {
        self.attempt
    }

    /// The slot as `HH:MM`, local time of the exchange.
    pub fn slot(self) -> String {
        format!("{:02}:{:02}", self.minute / 60, self.minute % 60)
    }

    /// True when both name the same slot, whichever attempt.
    pub fn is_same_slot(self, other: Self) -> bool {
        (self.kind, self.date, self.minute) == (other.kind, other.date, other.minute)
    }
}

impl fmt::Display for CycleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.prefix())?;
        let (hour, minute) = (self.minute / 60, self.minute % 60);
        let date = self.date.as_naive();
        let (year, month, day) = (date.year(), date.month(), date.day());
        let attempt = self.attempt;
        write!(
            f,
            "{year:04}{month:02}{day:02}-{hour:02}{minute:02}.{attempt}"
        )
    }
}

impl FromStr for CycleId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let id = read_cycle(text).filter(|id| id.to_string() == text);
        id.ok_or_else(|| IdError {
            found: text.to_owned(),
            expected: "cycle",
        })
    }
}

/// The run that `text` reads as; whether it is written so is still to be looked at.
fn read_cycle(text: &str) -> Option<CycleId> {
    let (kind, rest) = match text.split_at_checked(1)? {
        ("g", rest) => (RunKind::Guard, rest),
        ("h", rest) => (RunKind::Hand, rest),
        _ => (RunKind::Cycle, text),
    };
    let (date, rest) = rest.split_once('-')?;
    let (slot, attempt) = rest.split_once('.')?;
    let (year, day_of_year) = date.split_at_checked(4)?;
    let (month, day) = day_of_year.split_at_checked(2)?;
    let (hour, minute) = slot.split_at_checked(2)?;
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    let slot = NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)?;
    let attempt = attempt.parse().ok()?;
    Some(CycleId::new(kind, TradingDate::new(date), slot, attempt))
}

/// Which order of a family.
///
/// Shown at [`ClientOrderId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Leg {
    /// The purchase.
    Entry,
    /// The sale at a loss.
    Stop,
    /// The sale with a gain.
    Target,
    /// A sale outside any family.
    Exit,
}

impl Leg {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Stop => "stop",
            Self::Target => "target",
            Self::Exit => "exit",
        }
    }

    const fn letter(self) -> char {
        match self {
            Self::Entry => 'e',
            Self::Stop => 's',
            Self::Target => 't',
            Self::Exit => 'x',
        }
    }
}

/// The agent's own name of one order at the broker: its cycle, its number in it, its leg.
///
/// Printed as `20260914-1000.1-02e`. The broker carries it, so the next run can ask by it.
///
/// ```
/// use catalyst_domain::order::{ClientOrderId, Leg};
/// let entry: ClientOrderId = "20260914-1000.1-02e".parse()?;
/// assert_eq!((entry.number(), entry.leg()), (2, Leg::Entry));
/// let stop = entry.sibling(Leg::Stop);
/// assert_eq!(stop.to_string(), "20260914-1000.1-02s");
/// assert!(stop.is_family_of(entry));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClientOrderId {
    cycle: CycleId,
    number: u16,
    leg: Leg,
}

impl ClientOrderId {
    /// The name of the `number`th order family of `cycle`.
    pub const fn derive(cycle: CycleId, number: u16, leg: Leg) -> Self {
        Self { cycle, number, leg }
    }

    /// Another order of the same family.
    #[must_use]
    pub const fn sibling(self, leg: Leg) -> Self {
        Self { leg, ..self }
    }

    /// The cycle that sent the family.
    pub const fn cycle(self) -> CycleId {
        self.cycle
    }

    /// The number of the family in its cycle, counted from one.
    pub const fn number(self) -> u16 {
        self.number
    }

    /// Which order of the family.
    pub const fn leg(self) -> Leg {
        self.leg
    }

    /// True when both are orders of one family.
    pub fn is_family_of(self, other: Self) -> bool {
        self.cycle == other.cycle && self.number == other.number
    }
}

impl fmt::Display for ClientOrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}{}", self.cycle, self.number, self.leg.letter())
    }
}

impl FromStr for ClientOrderId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        parse_order(text).ok_or_else(|| IdError {
            found: text.to_owned(),
            expected: "order",
        })
    }
}

fn parse_order(text: &str) -> Option<ClientOrderId> {
    let (cycle, rest) = text.rsplit_once('-')?;
    let leg = match rest.chars().last()? {
        'e' => Leg::Entry,
        's' => Leg::Stop,
        't' => Leg::Target,
        'x' => Leg::Exit,
        _ => return None,
    };
    let number = rest.get(..rest.len() - 1)?.parse().ok()?;
    let id = ClientOrderId::derive(read_cycle(cycle)?, number, leg);
    (id.to_string() == text).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_as_they_were_printed() {
        for text in [
            "20260914-1000.1-02e",
            "g20260914-1550.12-01x",
            "h20260914-1201.1-01x",
            "20260914-0930.1-100s",
        ] {
            let id: ClientOrderId = text.parse().unwrap();
            assert_eq!(id.to_string(), text);
        }
        for text in [
            "",
            "20260914-1000.1",
            "20260914-1000.1-2e",
            "20260914-1000.1-02q",
            "20261314-1000.1-02e",
        ] {
            assert!(text.parse::<ClientOrderId>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_cycle_name_fits_the_older_tables() {
        let id: CycleId = "g20260914-1550.999".parse().unwrap();

        assert!(id.to_string().len() <= 20);
        assert_eq!(id.slot(), "15:50");
    }
}
