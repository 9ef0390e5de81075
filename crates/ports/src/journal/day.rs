//! One exchange day as the journal knows it.

use catalyst_domain::account::Holdings;
use catalyst_domain::money::Money;
use catalyst_domain::order::Fill;
use catalyst_domain::reconcile::Discrepancy;
use catalyst_domain::risk::{LimitLedger, TradingState};
use chrono::{DateTime, Utc};

use super::{DecisionNote, FamilyEnding, IntentRecord};

/// An order family with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// What was intended.
    pub intent: IntentRecord,
    /// How it ended; `None` while any of it may still fill or its fate is unknown.
    pub ending: Option<FamilyEnding>,
}

/// All that the journal knows of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct DayJournal {
    /// The first equity read on the day; `None` before the first reading.
    pub equity_at_open: Option<Money>,
    /// The last equity read on any day, with the moment; `None` also after the owner accepted that the
    /// next one may be any.
    pub equity_last: Option<(Money, DateTime<Utc>)>,
    /// The cash that the broker must have by the last reading before the day and the fills kept since;
    /// `None` without such a reading, or while the fees of a fill are only estimated.
    pub cash_expected: Option<Money>,
    /// Positions carried into the day, from every fill before it.
    pub opening: Holdings,
    /// Positions now, from every fill ever kept.
    pub holdings: Holdings,
    /// Fills of the day in the order they happened.
    pub fills: Vec<Fill>,
    /// Order families of the day and older ones that have not ended, oldest first.
    pub families: Vec<Family>,
    /// The halt switch as it stands on this day.
    pub state: TradingState,
    /// The last move that holds for this day alone and was not replaced by a lasting one: trading once the
    /// owner was warned of the day's loss, exits only once the day was stopped, by its loss or in an
    /// emergency. Only such a stop also leaves what is held.
    pub move_of_day: Option<TradingState>,
    /// What the last settling of the day found, until a later one finds otherwise.
    pub findings: Vec<Discrepancy>,
    /// What the last settling before the day found, until one of the day is kept.
    pub findings_carried: Vec<Discrepancy>,
    /// The limits last in force.
    pub limits: LimitLedger,
    /// Decisions of the day, oldest first.
    pub decisions: Vec<DecisionNote>,
}

impl DayJournal {
    /// What is open on the day: its own findings, or those of an earlier day that nobody has looked at
    /// again.
    pub fn findings_open(&self) -> impl Iterator<Item = &Discrepancy> {
        self.findings.iter().chain(&self.findings_carried)
    }
}
