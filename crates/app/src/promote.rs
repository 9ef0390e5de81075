//! Promotion: from play money to real. What has to be shown first, and the record that it was.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::order::{CycleId, RunKind};
use catalyst_domain::risk::RiskLimits;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::{
    CycleEnding, CycleRecord, CycleStart, DayJournal, DayPulse, Journal, JournalEntry, LimitRecord,
    Provenance,
};
use chrono::{DateTime, Utc};

use crate::CycleError;

/// Under this name the ledger remembers that real money may be traded.
const MODE: &str = "broker.mode";
/// What it says then.
const LIVE: &str = "live";

/// So many days without a run that failed or was killed come before real money.
const CLEAN_DAYS: usize = 5;

/// One line of the checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What has to be so.
    pub what: String,
    /// Whether it is.
    pub holds: bool,
    /// What was found.
    pub found: String,
}

impl Shown {
    /// A line.
    pub fn new(what: impl Into<String>, holds: bool, found: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            holds,
            found: found.into(),
        }
    }
}

/// What the days on paper show. `days` are the last ones, `last` is the journal of the last of them.
pub fn shown_on_paper(
    days: &[DayPulse],
    last: Option<&DayJournal>,
    sessions_needed: usize,
) -> Vec<Shown> {
    let sessions: Vec<TradingDate> = days
        .iter()
        .filter(|day| is_session(day))
        .map(|day| day.date)
        .collect();
    let lately: Vec<_> = days
        .iter()
        .rev()
        .take(CLEAN_DAYS)
        .flat_map(|day| &day.runs)
        .collect();
    let failed = lately.iter().filter(|run| {
        run.ending
            .is_none_or(|ending| !CycleEnding::is_well(ending))
    });
    let failed: Vec<String> = failed.map(|run| run.id.to_string()).collect();
    let bare: usize = days.iter().map(|day| day.unprotected.len()).sum();
    let open = last.map_or(0, |day| day.findings_open().count());
    vec![
        Shown::new(
            format!("{sessions_needed} sessions on paper"),
            sessions.len() >= sessions_needed,
            match sessions.len() {
                found if found < sessions_needed => format!(
                    "{found} days with a cycle that came to its conclusion; let it run on the paper account"
                ),
                found => format!("{found} days with a cycle that came to its conclusion"),
            },
        ),
        Shown::new(
            format!("every run of the last {CLEAN_DAYS} days on paper ended well"),
            failed.is_empty() && !lately.is_empty(),
            match (lately.len(), failed.as_slice()) {
                (0, _) => "there was none".to_owned(),
                (all, []) => format!("all {all} did"),
                (_, failed) => format!(
                    "not {}; `catalyst why RUN` says why, and {CLEAN_DAYS} days without one are wanted",
                    failed.join(", ")
                ),
            },
        ),
        Shown::new(
            "every position on paper had its stop",
            bare == 0 && !sessions.is_empty(),
            if sessions.is_empty() {
                "no session shows it".to_owned()
            } else {
                format!("{bare} times one was found without")
            },
        ),
        Shown::new(
            "no finding is open",
            open == 0 && last.is_some(),
            match (last, open) {
                (None, _) => "no day was looked at".to_owned(),
                (Some(_), 0) => "none is".to_owned(),
                (Some(_), open) => format!("{open} are; `catalyst status` shows them"),
            },
        ),
    ]
}

/// A day on which an advisor was asked and came to a conclusion.
fn is_session(day: &DayPulse) -> bool {
    day.runs
        .iter()
        .any(|run| run.id.kind() == RunKind::Cycle && run.ending == Some(CycleEnding::Done))
}

/// The absolute fuses, without which real money is not traded: a share of a misread equity is no limit.
pub fn fuses_set(limits: &RiskLimits) -> Vec<Shown> {
    let fuses = [
        ("risk.max_order_value", limits.max_order_value()),
        ("risk.max_gross_value", limits.max_gross_value()),
    ];
    fuses
        .into_iter()
        .map(|(name, fuse)| {
            let found = fuse.map_or_else(
                || "it is null; set an amount of HKD".to_owned(),
                |most| most.to_string(),
            );
            Shown::new(format!("{name} is set"), fuse.is_some(), found)
        })
        .collect()
}

/// Whether the owner has let real money be traded from this journal.
pub fn is_promoted(day: &DayJournal) -> bool {
    day.limits.value(MODE) == Some(LIVE)
}

/// Records that `by` lets real money be traded, on the evidence that `because` names.
pub async fn promote(
    journal: &dyn Journal,
    rules: &Rulebook,
    provenance: Provenance,
    (by, because): (&str, &str),
    at: DateTime<Utc>,
) -> Result<(), CycleError> {
    let local = rules.calendar.local(at);
    let start = CycleStart {
        slot: CycleId::new(RunKind::Hand, rules.calendar.date_of(at), local.time(), 0),
        advisor: "none".to_owned(),
        provenance,
        at,
    };
    let id = journal.open(start).await?;
    let entry = JournalEntry::Limits {
        changes: vec![LimitRecord {
            name: MODE.to_owned(),
            was: None,
            becomes: LIVE.to_owned(),
        }],
        accepted_by: by.to_owned(),
        at,
    };
    let record = CycleRecord {
        id,
        ending: CycleEnding::Done,
        summary: format!("real money was let in by {by}: {because}"),
        tool_calls: 0,
        next_at: None,
        at,
    };
    Ok(journal.close(record, vec![entry]).await?)
}
