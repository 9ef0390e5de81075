//! Settings of the simulated account and of how pessimistic its fills are.

use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::money::Money;
use catalyst_domain::ratio::BasisPoints;

/// What a simulated account begins with and how it is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimConfig {
    /// Cash of a fresh account, in the currency of the market.
    pub cash: Money,
    /// Ticks by which an order that takes what is offered does worse than the price it met.
    pub slippage_ticks: u32,
    /// The part of a bar's volume that one order may be filled with.
    pub participation: BasisPoints,
    /// What the broker takes.
    pub plan: CommissionPlan,
}

impl SimConfig {
    /// One tick of slippage and a tenth of the volume, for an account of `cash`.
    pub const fn pessimistic(cash: Money, plan: CommissionPlan) -> Self {
        Self {
            cash,
            slippage_ticks: 1,
            participation: BasisPoints::new(1_000),
            plan,
        }
    }
}
