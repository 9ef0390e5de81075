//! The moment of an approval cannot be moved, so a lapsed one is not revived.

use catalyst_domain::risk::ApprovedOrder;
use chrono::{DateTime, Utc};

fn revive(order: &mut ApprovedOrder, now: DateTime<Utc>) {
    order.approved_at = now;
}

fn main() {}
