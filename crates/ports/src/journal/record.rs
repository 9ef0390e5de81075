//! The beginning and the end of a cycle.

use catalyst_domain::order::CycleId;
use chrono::{DateTime, Utc};

/// What a run runs on, so that it can be told later why it did what it did. Hashes are SHA-256 in
/// lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Version of the program.
    pub version: String,
    /// Hash of the settings in force.
    pub settings_hash: String,
    /// Hash of what the advisor was told to do; `None` when it reads no text.
    pub prompt_hash: Option<String>,
    /// Hash of the market's tables: calendar, ticks, lots, fees.
    pub rules_hash: String,
}

/// A cycle about to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CycleStart {
    /// Its slot; the attempt in it is ignored and given by the journal.
    pub slot: CycleId,
    /// Who advises, such as `rules`; `none` for a guard.
    pub advisor: String,
    /// What it runs on.
    pub provenance: Provenance,
    /// When it began.
    pub at: DateTime<Utc>,
}

/// How a cycle ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CycleEnding {
    /// As it should, with a conclusion of the advisor.
    Done,
    /// There was nothing to do: the exchange was not in a phase for it.
    NotNow,
    /// Without advice: halted, or the advisor gave none.
    Protective,
    /// The conversation hit a bound of turns or time.
    Bounded,
    /// The operating system asked it to end before it was done.
    Stopped,
    /// Something at the broker or in the journal is not known.
    Unknown,
    /// It failed before it could finish.
    Failed,
}

impl CycleEnding {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotNow => "not_now",
            Self::Protective => "protective",
            Self::Bounded => "bounded",
            Self::Stopped => "stopped",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
        }
    }

    /// The ending of that word; `None` for any other word.
    pub fn of(word: &str) -> Option<Self> {
        [
            Self::Done,
            Self::NotNow,
            Self::Protective,
            Self::Bounded,
            Self::Stopped,
            Self::Unknown,
            Self::Failed,
        ]
        .into_iter()
        .find(|ending| ending.as_str() == word)
    }

    /// True when the run did all that it had to: proof that the agent lives.
    pub const fn is_well(self) -> bool {
        match self {
            Self::Done | Self::NotNow | Self::Protective | Self::Bounded => true,
            Self::Stopped | Self::Unknown | Self::Failed => false,
        }
    }
}

/// The end of a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CycleRecord {
    /// Which cycle.
    pub id: CycleId,
    /// How it ended.
    pub ending: CycleEnding,
    /// The advisor's last words or what went wrong, for a person.
    pub summary: String,
    /// Tools called.
    pub tool_calls: u32,
    /// When the next run is due; `None` when nothing is scheduled.
    pub next_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub at: DateTime<Utc>,
}
