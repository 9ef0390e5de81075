//! Policy: the owner's settings that shape a run.

use catalyst_domain::budget::Budget;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::grounding::GroundingRule;
use catalyst_domain::reconcile::ReconcilePolicy;
use catalyst_domain::risk::RiskGate;
use catalyst_domain::scan::{ScanLimits, Universe};
use catalyst_ports::journal::Provenance;
use chrono::TimeDelta;

use crate::{AlertRules, Schedule};

/// Which positions are left before lunch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LunchExits {
    /// Those that have not gained half of what they risked: the owner's "close before lunch if flat".
    FlatOnly,
    /// All.
    All,
    /// None.
    None,
}

/// What a scan looks at, and what of it is worth a look.
#[derive(Debug, Clone)]
pub struct ScanPolicy {
    /// Which names.
    pub universe: Universe,
    /// Bounds and weights.
    pub limits: ScanLimits,
}

/// How a run behaves.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The gate with the limits in force.
    pub gate: RiskGate,
    /// When runs happen.
    pub schedule: Schedule,
    /// The broker's price list.
    pub plan: CommissionPlan,
    /// Turns a conversation may take.
    pub turns_max: u32,
    /// Tool calls it may make; `log_decision` is run also after them.
    pub calls_max: u32,
    /// What asking a model may cost.
    pub budget: Budget,
    /// Wall-clock bound of a cycle.
    pub time_limit: TimeDelta,
    /// How long an order may wait for its fill before what is left of it is cancelled.
    pub fill_wait: TimeDelta,
    /// How far beyond the best ask a market entry may pay, in ticks.
    pub market_slippage_ticks: u32,
    /// How far below the best bid an exit may sell, in ticks; doubled on each retry.
    pub exit_slippage_ticks: u32,
    /// Stops that may be put back under one symbol in a day; after them the position is left, because a
    /// stop that never stays is none. Also exits in a row that may sell nothing before stops stay for longer.
    pub repairs_max: u32,
    /// Messages to the owner that the advisor may send in one cycle.
    pub alerts_max: u32,
    /// What is done about a trade whose reason gives what no tool returned.
    pub grounding: GroundingRule,
    /// Readings of the day's loss at its limit, in a row, that it takes to leave everything.
    pub loss_confirmations: u32,
    /// Age from which a position that goes nowhere is left; `None` for never.
    pub time_stop: Option<TimeDelta>,
    /// How often the owner is written to.
    pub alerts: AlertRules,
    /// Which positions are left before lunch.
    pub lunch_exits: LunchExits,
    /// What a scan looks at.
    pub scan: ScanPolicy,
    /// What is let pass, and what becomes of what nobody knows, when journal and broker differ.
    pub reconcile: ReconcilePolicy,
    /// What the run runs on, for the record.
    pub provenance: Provenance,
}
