//! Commission plan: what the broker takes for an order, and which charges it pays out of that.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::charge::Charge;
use super::item::FeeItem;

/// How the broker is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CommissionPlan {
    /// No commission; statutory and exchange charges alone.
    None,
    /// The fixed plan of Interactive Brokers, exchange and clearing fees included.
    IbkrFixed,
    /// The first tier of the tiered plan of Interactive Brokers, all other charges on file added.
    IbkrTiered,
}

/// A word that is no commission plan.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("commission plan `{found}` is unknown, allowed are none, ibkr-fixed, ibkr-tiered")]
pub struct UnknownPlan {
    /// The word as given.
    pub found: String,
}

impl CommissionPlan {
    /// The lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::IbkrFixed => "ibkr-fixed",
            Self::IbkrTiered => "ibkr-tiered",
        }
    }
}

impl fmt::Display for CommissionPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for CommissionPlan {
    type Err = UnknownPlan;

    /// ```
    /// use catalyst_domain::fees::CommissionPlan;
    /// assert_eq!("ibkr-tiered".parse::<CommissionPlan>()?, CommissionPlan::IbkrTiered);
    /// assert_eq!(
    ///     "free".parse::<CommissionPlan>().unwrap_err().to_string(),
    ///     "commission plan `free` is unknown, allowed are none, ibkr-fixed, ibkr-tiered"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, UnknownPlan> {
        let plans = [Self::None, Self::IbkrFixed, Self::IbkrTiered];
        let named = plans.into_iter().find(|plan| plan.as_str() == text);
        named.ok_or_else(|| UnknownPlan {
            found: text.to_owned(),
        })
    }
}

/// The terms of one plan on a date.
#[derive(Debug, Clone)]
pub(super) struct PlanTerms {
    pub(super) commission: Charge,
    /// Charges the broker pays itself.
    pub(super) includes: Vec<FeeItem>,
}
