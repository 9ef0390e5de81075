//! How a run ended: what the exit code and the report are made from.

use std::collections::BTreeMap;

use catalyst_domain::calendar::{Phase, WallClock};
use catalyst_domain::dated::NotCovered;
use catalyst_domain::money::MoneyError;
use catalyst_domain::order::CycleId;
use catalyst_domain::risk::{Rule, TradingState};
use catalyst_ports::account::AccountError;
use catalyst_ports::advisor::AdvisorError;
use catalyst_ports::cycle_lock::LockError;
use catalyst_ports::journal::{CycleEnding, JournalError};
use catalyst_ports::market_data::MarketDataError;
use catalyst_ports::order_gateway::GatewayError;
use thiserror::Error;

/// How a run says that the operating system asked it to end.
pub(crate) const STOPPED: &str = "stopped by a signal";

/// An advisor was asked and gave no advice: who can change that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAdvice {
    /// Nobody has to: it was away, out of money, or said nothing of use, and is asked again next time.
    Passing,
    /// The owner alone: a key, an account or a model is not accepted.
    Lasting,
}

impl From<&AdvisorError> for NoAdvice {
    fn from(error: &AdvisorError) -> Self {
        match error {
            AdvisorError::NotAccepted { .. } => Self::Lasting,
            AdvisorError::Unavailable { .. }
            | AdvisorError::Overspent
            | AdvisorError::Unusable { .. } => Self::Passing,
        }
    }
}

/// The end of a cycle that could be brought to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CycleOutcome {
    /// Which cycle.
    pub id: CycleId,
    /// How it ended.
    pub ending: CycleEnding,
    /// Why the advisor that was asked gave no advice; `None` also when none was asked.
    pub no_advice: Option<NoAdvice>,
    /// What the exchange was doing when it began.
    pub phase: Phase,
    /// Tools called.
    pub tool_calls: u32,
    /// Entries the gate approved for execution.
    pub approved: u32,
    /// Broken rules, counted over every refused `check_risk` and `execute_trade`.
    pub refused: BTreeMap<Rule, u32>,
    /// Order families sent.
    pub orders: u32,
    /// The halt switch at the end.
    pub state: TradingState,
    /// Differences between journal and broker at the end.
    pub findings: u32,
    /// The advisor's last words, or why there were none.
    pub summary: String,
    /// True when the operating system asked it to end before it was done.
    pub stopped: bool,
}

/// The end of a guard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardOutcome {
    /// Which run.
    pub id: CycleId,
    /// Exits sent.
    pub orders: u32,
    /// Positions still held.
    pub positions: u32,
    /// True after the day's last match, when nothing should be held any more.
    pub is_day_over: bool,
    /// Differences between journal and broker at the end.
    pub findings: u32,
    /// Order families whose fate is not known.
    pub unknown: u32,
    /// The halt switch at the end.
    pub state: TradingState,
    /// True when the operating system asked it to end before it was done.
    pub stopped: bool,
}

/// Why a run could not be brought to its end.
#[derive(Debug, Error)]
pub enum CycleError {
    /// Another run holds the lock.
    #[error("another run is at work")]
    Busy,
    /// The lock could not be tried.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The journal does not answer.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The account cannot be read.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The broker does not answer about orders.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// The market does not answer.
    #[error(transparent)]
    Market(#[from] MarketDataError),
    /// The calendar or a rule table does not cover the day.
    #[error(transparent)]
    NotCovered(#[from] NotCovered),
    /// It is not the time for a run; the exchange is in no phase for one.
    #[error("nothing to do: the exchange is {phase}, {}", next_text(*.next))]
    NotNow {
        /// What the exchange is doing.
        phase: Phase,
        /// When that changes.
        next: Option<WallClock>,
    },
    /// A sum left the range of money.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

fn next_text(next: Option<WallClock>) -> String {
    next.map_or_else(
        || "and the calendar ends here".to_owned(),
        |at| format!("until {at}"),
    )
}
