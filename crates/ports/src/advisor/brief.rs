//! Brief: the dated picture an advisor gets before its first turn.

use catalyst_domain::budget::BySpan;
use catalyst_domain::calendar::SessionMoment;
use catalyst_domain::order::CycleId;
use catalyst_domain::reconcile::Discrepancy;
use catalyst_domain::risk::{RiskLimits, TradingState};
use chrono::{DateTime, Utc};

use crate::journal::{DecisionNote, Family};
use crate::tool::PortfolioView;

/// Where things stand as a cycle begins to talk.
#[derive(Debug, Clone)]
pub struct Brief {
    /// Which cycle.
    pub cycle: CycleId,
    /// The moment and the exchange's phase.
    pub moment: SessionMoment,
    /// The halt switch.
    pub state: TradingState,
    /// The account, its positions, the limits used.
    pub portfolio: PortfolioView,
    /// The limits in force.
    pub limits: RiskLimits,
    /// What earlier cycles of the day decided, oldest first.
    pub earlier: Vec<DecisionNote>,
    /// The day's order families and older ones that have not ended, oldest first.
    pub families: Vec<Family>,
    /// What differs between journal and broker; while there is any, no entry passes.
    pub findings: Vec<Discrepancy>,
    /// Turns the conversation may take.
    pub turns_max: u32,
    /// Tool calls it may make.
    pub calls_max: u32,
    /// What asking may still cost in the cycle, the day and the month as the conversation begins.
    pub budget_left: BySpan,
    /// When it has to be over.
    pub deadline: DateTime<Utc>,
}
