//! The constructor of an approved order belongs to the gate.

use catalyst_domain::order::{ClientOrderId, OrderPlan};
use catalyst_domain::risk::ApprovedOrder;
use chrono::{DateTime, Utc};

fn forged(id: ClientOrderId, plan: OrderPlan, approved_at: DateTime<Utc>) -> ApprovedOrder {
    ApprovedOrder::new(id, plan, approved_at)
}

fn main() {}
