//! Chronicle: what a report of some days rests on, each list oldest first.

use async_trait::async_trait;
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::money::Money;
use catalyst_domain::order::{CycleId, Execution};
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::Finding;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};

use super::{DecisionNote, Family, JournalError, StoryEvent};
use crate::notifier::Alert;

/// The account as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// When.
    pub at: DateTime<Utc>,
    /// Cash and positions at market.
    pub equity: Money,
    /// Cash, in the same currency.
    pub cash: Money,
}

/// Shares that the broker no longer had and whose sale nobody reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoneShares {
    /// When it was found.
    pub at: DateTime<Utc>,
    /// What is gone.
    pub symbol: Symbol,
    /// The shares that are left.
    pub to: Shares,
}

/// A broken limit of a refusal, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRule {
    /// The rule's name.
    pub rule: String,
    /// Limit and found, in a sentence.
    pub text: String,
}

/// The prices that an advisor asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedPrices {
    /// The most it would have paid.
    pub entry: Price,
    /// Where the trade would have been wrong.
    pub stop: Price,
    /// Where it would have been right.
    pub target: Price,
}

/// A purchase that the gate refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// What would have been bought.
    pub symbol: Symbol,
    /// How many shares.
    pub shares: Shares,
    /// Every broken limit, in the order of the rules.
    pub rules: Vec<BrokenRule>,
    /// The prices; `None` where no question of the same run tells them.
    pub prices: Option<AskedPrices>,
}

/// What the questions of one run to a model cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelCost {
    /// The run's exchange day.
    pub date: TradingDate,
    /// In the currency of the price list; runs that paid in several have one of each.
    pub cost: Money,
    /// How many questions.
    pub questions: u64,
}

/// A look at the broker that compared positions with the stops under them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtectionCheck {
    /// When.
    pub at: DateTime<Utc>,
    /// Positions that were found with too little under a working stop.
    pub bare: Vec<Symbol>,
}

/// A run and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunLine {
    /// Its name.
    pub id: CycleId,
    /// When it began.
    pub at: DateTime<Utc>,
    /// How it ended; `None` when it was killed or still runs.
    pub ending: Option<String>,
}

/// All of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chronicle {
    /// Runs of the days.
    pub runs: Vec<RunLine>,
    /// Readings of the days.
    pub readings: Vec<Reading>,
    /// What changed hands and counts, since nothing was held the last time before the days, so that
    /// every position that the days know is whole.
    pub executions: Vec<Execution>,
    /// What was written off since then.
    pub gone: Vec<GoneShares>,
    /// Order families since then.
    pub families: Vec<Family>,
    /// What the broker reported of stops since then.
    pub stops: Vec<StoryEvent>,
    /// Every look at the protection since then.
    pub checks: Vec<ProtectionCheck>,
    /// Purchases that the gate refused on the days.
    pub refused: Vec<RefusedEntry>,
    /// Decisions of the days.
    pub decisions: Vec<DecisionNote>,
    /// What models cost on the days.
    pub model: Vec<ModelCost>,
    /// What the owner was told on the days, or was to be, with whether it got through.
    pub alerts: Vec<(Alert, bool)>,
}

impl Chronicle {
    /// Of days that nobody has written about.
    pub const fn empty() -> Self {
        Self {
            runs: Vec::new(),
            readings: Vec::new(),
            executions: Vec::new(),
            gone: Vec::new(),
            families: Vec::new(),
            stops: Vec::new(),
            checks: Vec::new(),
            refused: Vec::new(),
            decisions: Vec::new(),
            model: Vec::new(),
            alerts: Vec::new(),
        }
    }
}

impl ProtectionCheck {
    /// What a comparison found, of which only positions with less under a working stop than is held
    /// matter here.
    pub fn of<'a>(at: DateTime<Utc>, findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let bare = |finding: &Finding| match finding {
            Finding::MissingProtection { symbol, .. } => Some(*symbol),
            Finding::WrongProtection {
                symbol,
                held,
                guarded,
            } => (guarded < held).then_some(*symbol),
            Finding::Phantom { .. }
            | Finding::Orphan { .. }
            | Finding::QuantityMismatch { .. }
            | Finding::ShortPosition { .. }
            | Finding::UnknownOrder { .. }
            | Finding::ForeignOrder { .. }
            | Finding::CashDifference { .. } => None,
        };
        Self {
            at,
            bare: findings.into_iter().filter_map(bare).collect(),
        }
    }
}

/// The journal, read over days. Nothing here writes.
#[async_trait]
pub trait Annals: Send + Sync {
    /// What is kept of the days from `from` to `to`, both included; empty lists where nothing is.
    async fn chronicle(
        &self,
        from: TradingDate,
        to: TradingDate,
    ) -> Result<Chronicle, JournalError>;
}
