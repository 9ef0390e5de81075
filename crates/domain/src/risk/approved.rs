//! Approved order: the permit that an order gateway spends. Made by the gate and by nothing else.

use chrono::{DateTime, TimeDelta, Utc};

use crate::order::{ClientOrderId, OrderPlan};

/// How long an approval holds. Prices and phase were judged at one moment; later is another trade.
const APPROVAL_LASTS: TimeDelta = TimeDelta::seconds(30);

/// An order that passed every rule at one moment.
///
/// It has no public constructor, is not `Clone`, cannot be stored or read back, and a gateway takes
/// it by value: one approval is one order.
///
/// Shown at [`RiskGate`](super::RiskGate).
#[derive(Debug)]
#[must_use = "an approved order that is not submitted is lost"]
pub struct ApprovedOrder {
    id: ClientOrderId,
    plan: OrderPlan,
    approved_at: DateTime<Utc>,
}

impl ApprovedOrder {
    pub(super) const fn new(
        id: ClientOrderId,
        plan: OrderPlan,
        approved_at: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            plan,
            approved_at,
        }
    }

    /// The agent's name for the order; the first leg's for a family.
    pub const fn id(&self) -> ClientOrderId {
        self.id
    }

    /// What the broker is to do.
    pub const fn plan(&self) -> &OrderPlan {
        &self.plan
    }

    /// When it passed.
    pub const fn approved_at(&self) -> DateTime<Utc> {
        self.approved_at
    }

    /// The last moment at which it may be sent.
    pub fn until(&self) -> DateTime<Utc> {
        self.approved_at + APPROVAL_LASTS
    }

    /// True when it may no longer be sent.
    pub fn has_lapsed(&self, now: DateTime<Utc>) -> bool {
        now > self.until() || now < self.approved_at
    }
}
