//! Assessment: everything the gate finds out about an intended entry, passing or not.

use rust_decimal::Decimal;

use crate::money::{Money, MoneyError};
use crate::quantity::Shares;
use crate::risk::Breach;

/// What a trade costs, each figure at the worst price the entry may pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryCosts {
    /// Shares times price.
    pub value: Money,
    /// Fees of the purchase.
    pub entry: Money,
    /// Fees of the sale at the target.
    pub exit_at_target: Money,
    /// Fees of the sale at the stop.
    pub exit_at_stop: Money,
    /// Gain at the target before fees.
    pub reward: Decimal,
    /// Loss at the stop before fees, above zero for a sound bracket.
    pub risk: Decimal,
}

impl EntryCosts {
    /// Gain at the target over loss at the stop, all fees counted; `None` when nothing is at risk.
    ///
    /// ```
    /// use catalyst_domain::money::{Currency, Money};
    /// use catalyst_domain::risk::EntryCosts;
    /// use rust_decimal::Decimal;
    /// let hkd = |text| Money::parse(text, Currency::Hkd);
    /// let costs = EntryCosts {
    ///     value: hkd("50000")?,
    ///     entry: hkd("50")?,
    ///     exit_at_target: hkd("50")?,
    ///     exit_at_stop: hkd("50")?,
    ///     reward: 2_000.into(),
    ///     risk: 900.into(),
    /// };
    /// assert_eq!(costs.net_reward_risk(), Some(Decimal::new(19, 1)));
    /// assert_eq!(costs.cash_needed()?.to_string(), "50050.00 HKD");
    /// let without_risk = EntryCosts { risk: 0.into(), ..costs };
    /// assert_eq!(without_risk.net_reward_risk(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn net_reward_risk(&self) -> Option<Decimal> {
        let reward = self.reward - self.entry.amount() - self.exit_at_target.amount();
        let risk = self.risk + self.entry.amount() + self.exit_at_stop.amount();
        if self.risk <= Decimal::ZERO || risk <= Decimal::ZERO {
            return None;
        }
        reward.checked_div(risk)
    }

    /// How far the price must rise before the trade pays for itself, as a share of the entry.
    ///
    /// Uses the fees of a sale at the target, the dearer of the two exits.
    pub fn break_even(&self) -> Option<Decimal> {
        (self.entry.amount() + self.exit_at_target.amount()).checked_div(self.value.amount())
    }

    /// Value and purchase fees together: the cash an entry needs.
    pub fn cash_needed(&self) -> Result<Money, MoneyError> {
        self.value.plus(self.entry)
    }
}

/// The gate's findings about one entry.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Every broken limit, in the order of the rules; empty when the entry passes.
    pub breaches: Vec<Breach>,
    /// Entry criteria that are not met but only reported.
    pub notes: Vec<Breach>,
    /// Price collars of the exchange that the order may run into; they never refuse.
    pub warnings: Vec<Breach>,
    /// The largest quantity that would pass the rules that grow with size; `None` when not even one
    /// lot would, or lot, price or equity are not known.
    pub max_quantity: Option<Shares>,
    /// Costs at the intended size; `None` while lot or fees are not known.
    pub costs: Option<EntryCosts>,
}

impl Assessment {
    /// True when no limit is broken.
    pub fn passes(&self) -> bool {
        self.breaches.is_empty()
    }
}
