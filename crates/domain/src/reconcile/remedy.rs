//! Remedy: what is to happen about a finding. A rule, so that no run improvises.

use super::Finding;
use crate::money::Money;
use crate::order::Leg;

/// What is to happen about a finding.
///
/// Shown at [`Finding::remedy`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// The owner is told and decides. A phantom that he leaves is written off on the next exchange
    /// day, when the broker's record of executions has passed: then no execution can come any more,
    /// and the result of that close is unknown, never zero.
    AskOwner,
    /// The position is sold.
    Flatten,
    /// A stop of the agreed price is put under exactly what the broker holds.
    Protect,
    /// The order is cancelled; of protection without a position, its working stops.
    Cancel,
}

impl Remedy {
    /// The stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AskOwner => "ask_owner",
            Self::Flatten => "flatten",
            Self::Protect => "protect",
            Self::Cancel => "cancel",
        }
    }
}

/// What becomes of a position that the journal does not know. It never gets an invented stop.
///
/// Shown at [`Finding::remedy`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrphanRule {
    /// It is sold.
    Flatten,
    /// It stays, and the owner is asked.
    AskOwner,
}

/// The owner's choices for a comparison.
///
/// Shown at [`reconcile`](super::reconcile()).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReconcilePolicy {
    /// How far cash may be off, either way, in the trading currency. In another currency nothing is
    /// let pass.
    pub cash_tolerance: Money,
    /// What becomes of orphans.
    pub orphans: OrphanRule,
}

impl Finding {
    /// What is to happen about it.
    ///
    /// ```
    /// use catalyst_domain::quantity::Shares;
    /// use catalyst_domain::reconcile::{Finding, OrphanRule, Remedy};
    /// let orphan = Finding::Orphan { symbol: "700".parse()?, broker: Shares::new(300)? };
    /// assert_eq!(orphan.remedy(OrphanRule::Flatten), Remedy::Flatten);
    /// assert_eq!(orphan.remedy(OrphanRule::AskOwner).as_str(), "ask_owner");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn remedy(&self, orphans: OrphanRule) -> Remedy {
        match self {
            Self::Orphan { .. } => match orphans {
                OrphanRule::Flatten => Remedy::Flatten,
                OrphanRule::AskOwner => Remedy::AskOwner,
            },
            Self::WrongProtection { held, .. } if held.is_zero() => Remedy::Cancel,
            Self::QuantityMismatch { .. }
            | Self::MissingProtection { .. }
            | Self::WrongProtection { .. } => Remedy::Protect,
            Self::UnknownOrder { order, .. } => match order.leg() {
                Leg::Entry => Remedy::Cancel,
                Leg::Stop | Leg::Target | Leg::Exit => Remedy::AskOwner,
            },
            Self::Phantom { .. }
            | Self::ShortPosition { .. }
            | Self::ForeignOrder { .. }
            | Self::CashDifference { .. } => Remedy::AskOwner,
        }
    }
}
