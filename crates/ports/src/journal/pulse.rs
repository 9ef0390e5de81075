//! Pulse: what the runs of some days showed, for whoever watches from outside.

use std::collections::BTreeMap;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::CycleId;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};

use super::CycleEnding;

/// One run, as far as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunPulse {
    /// Which.
    pub id: CycleId,
    /// Who advised; `none` for a guard.
    pub advisor: String,
    /// When it began.
    pub at: DateTime<Utc>,
    /// How it ended; `None` while it runs, or when it was killed.
    pub ending: Option<CycleEnding>,
    /// The last words of its record.
    pub summary: Option<String>,
}

/// The values that one input of one symbol took in a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// How many were shown.
    pub seen: u64,
    /// The first of them, as it was shown.
    pub first: String,
    /// True when any later one differed.
    pub varies: bool,
}

/// One exchange day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPulse {
    /// Which.
    pub date: TradingDate,
    /// Its runs in the order they began.
    pub runs: Vec<RunPulse>,
    /// Answers of `scan_market`, and the candidates in them.
    pub scans: u64,
    /// Candidates in those answers.
    pub candidates: u64,
    /// Prices shown by `get_quote` and `scan_market`.
    pub quotes: u64,
    /// Order families that were about to be sent.
    pub orders: u64,
    /// The values that inputs took, by the input's name and the symbol.
    pub inputs: BTreeMap<(&'static str, Symbol), Spread>,
    /// Times at which a position was found without its stop, or with a wrong one, and what was said of it.
    pub unprotected: Vec<(DateTime<Utc>, String)>,
}

impl DayPulse {
    /// A day of which nothing is known yet.
    pub const fn new(date: TradingDate) -> Self {
        Self {
            date,
            runs: Vec::new(),
            scans: 0,
            candidates: 0,
            quotes: 0,
            orders: 0,
            inputs: BTreeMap::new(),
            unprotected: Vec::new(),
        }
    }
}

/// The last run that ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofOfLife {
    /// When it ended.
    pub at: DateTime<Utc>,
    /// When the next one was due by the calendar; `None` where that was not known.
    pub next_at: Option<DateTime<Utc>>,
}

/// What was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulse {
    /// When the first run of all began; `None` when there never was one.
    pub first_run: Option<DateTime<Utc>>,
    /// The last good run.
    pub proof: Option<ProofOfLife>,
    /// Days with runs, oldest first.
    pub days: Vec<DayPulse>,
}

impl Pulse {
    /// That of a journal in which nothing was ever kept.
    pub const fn empty() -> Self {
        Self {
            first_run: None,
            proof: None,
            days: Vec::new(),
        }
    }
}
