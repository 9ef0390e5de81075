//! An approved order cannot be copied.

use catalyst_domain::risk::ApprovedOrder;

fn two_of_one(order: ApprovedOrder) -> (ApprovedOrder, ApprovedOrder) {
    (order.clone(), order)
}

fn main() {}
