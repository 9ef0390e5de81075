//! Journal entries: one variant for each thing that is remembered while a cycle runs.

use catalyst_domain::money::Money;
use catalyst_domain::order::{ClientOrderId, CycleId, Execution, OrderPlan, OrderTicket};
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::Discrepancy;
use catalyst_domain::risk::{Breach, LimitChange, TradingState};
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, TimeDelta, Utc};

use super::alerts::{AlertEnding, AlertNumber};
use crate::notifier::Alert;
use crate::tool::{Decision, ToolReply, ToolRequest};

/// One tool call with its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolRecord {
    /// Counted from one within the cycle.
    pub number: u32,
    /// The tool's name as the advisor wrote it.
    pub name: String,
    /// What was asked; `None` when it could not be understood.
    pub request: Option<ToolRequest>,
    /// What was answered.
    pub reply: ToolReply,
    /// When the answer was ready.
    pub at: DateTime<Utc>,
}

/// One judgement of the gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictRecord {
    /// What was judged.
    pub symbol: Symbol,
    /// Which way.
    pub side: Side,
    /// How many shares.
    pub shares: Shares,
    /// Every broken limit; empty when it passed.
    pub breaches: Vec<Breach>,
    /// Unmet entry criteria that were only noted.
    pub notes: Vec<Breach>,
    /// When.
    pub at: DateTime<Utc>,
}

/// An order family that was about to be sent. Kept before the send, so that a run that dies in
/// between is asked about by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentRecord {
    /// The name of its first leg.
    pub id: ClientOrderId,
    /// What it was to do.
    pub plan: OrderPlan,
    /// In the advisor's words, or the cause of an exit.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// How an order family ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FamilyEnding {
    /// It did what it was to do, in part or whole, and nothing of it is at work any more.
    Done,
    /// It was sent and ended without a fill.
    Unfilled,
    /// The broker or the exchange refused it.
    Rejected,
    /// It never left.
    NotSent,
    /// It is not at work any more, and nobody can say what became of it.
    Lost,
}

impl FamilyEnding {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Unfilled => "unfilled",
            Self::Rejected => "rejected",
            Self::NotSent => "not_sent",
            Self::Lost => "lost",
        }
    }

    /// True when the family counts as a trade of its day: it was sent and taken, or may have been.
    pub const fn was_sent(self) -> bool {
        match self {
            Self::Done | Self::Unfilled | Self::Lost => true,
            Self::Rejected | Self::NotSent => false,
        }
    }
}

/// How long a move of the halt switch holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StateScope {
    /// Until the exchange day is over.
    Day,
    /// Until the owner moves it again.
    UntilMoved,
}

/// Words for a decision, the harness's or the advisor's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionNote {
    /// The cycle it belongs to.
    pub cycle: CycleId,
    /// What was decided.
    pub decision: Decision,
    /// About what, if about one symbol.
    pub symbol: Option<Symbol>,
    /// Why.
    pub reasoning: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A limit that comes into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitRecord {
    /// Section and key of the settings file.
    pub name: String,
    /// What was in force; `None` for a limit not remembered before.
    pub was: Option<String>,
    /// What is in force from now on.
    pub becomes: String,
}

impl From<LimitChange> for LimitRecord {
    fn from(change: LimitChange) -> Self {
        Self {
            name: change.name.to_owned(),
            was: change.from.map(|value| value.to_string()),
            becomes: change.to.to_string(),
        }
    }
}

/// The name under which the owner accepts that the next equity may be any, after a deposit for example.
pub const EQUITY_BASE: &str = "account.equity_base";

/// What one question to a model took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelUsage {
    /// Which model answered.
    pub model: String,
    /// The provider's name of the request; `None` when none was given.
    pub request: Option<String>,
    /// Tokens read at the full price.
    pub tokens_in: u64,
    /// Tokens read from the cache.
    pub tokens_cache_read: u64,
    /// Tokens written into the cache.
    pub tokens_cache_written: u64,
    /// Tokens written.
    pub tokens_out: u64,
    /// What it cost.
    pub cost: Money,
    /// How long the answer took.
    pub took: TimeDelta,
    /// When it was there.
    pub at: DateTime<Utc>,
}

/// One thing to remember.
#[derive(Debug, Clone, PartialEq)]
pub enum JournalEntry {
    /// A tool was called and answered.
    Tool(Box<ToolRecord>),
    /// The gate judged.
    Verdict(VerdictRecord),
    /// An order is about to be sent.
    Intent(IntentRecord),
    /// The broker reported on an order.
    Ticket {
        /// Its report.
        ticket: OrderTicket,
        /// When it was read.
        at: DateTime<Utc>,
    },
    /// The family of an order, whose intent was kept before, has come to its end.
    Settled {
        /// The name of its first leg.
        id: ClientOrderId,
        /// Which end.
        ending: FamilyEnding,
        /// When.
        at: DateTime<Utc>,
    },
    /// Shares changed hands, or more became known of an execution that is kept already.
    Execution(Execution),
    /// The account was read.
    Reading {
        /// Cash and positions at market.
        equity: Money,
        /// Cash, in the same currency.
        cash: Money,
        /// When.
        at: DateTime<Utc>,
    },
    /// The halt switch was moved.
    State {
        /// To where.
        state: TradingState,
        /// For how long.
        scope: StateScope,
        /// Why.
        reason: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// A settling compared journal and broker; these differences supersede all earlier ones.
    Findings {
        /// What differs; empty when nothing does.
        findings: Vec<Discrepancy>,
        /// When it was seen.
        at: DateTime<Utc>,
    },
    /// The broker no longer has shares whose sale nobody ever reported. What they made is not known.
    WriteOff {
        /// What is gone.
        symbol: Symbol,
        /// Shares by the journal.
        from: Shares,
        /// Shares at the broker, fewer.
        to: Shares,
        /// What each side said.
        evidence: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Limits came into force.
    Limits {
        /// Which, and what was in force before.
        changes: Vec<LimitRecord>,
        /// Who accepted them; `settings` for stricter ones, which need nobody.
        accepted_by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// A model was asked.
    Usage(ModelUsage),
    /// A decision was put into words.
    Decision(DecisionNote),
    /// The owner was told, or was to be.
    Alert {
        /// What.
        alert: Alert,
        /// Whether it got through.
        delivered: bool,
    },
    /// An alert that was kept waits no longer.
    AlertEnded {
        /// Which.
        number: AlertNumber,
        /// What became of it.
        ending: AlertEnding,
        /// When.
        at: DateTime<Utc>,
    },
}
