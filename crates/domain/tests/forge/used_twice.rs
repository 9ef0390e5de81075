//! Sending an approved order spends it.

use catalyst_domain::risk::ApprovedOrder;

fn submit(_order: ApprovedOrder) {}

fn twice(order: ApprovedOrder) {
    submit(order);
    submit(order);
}

fn main() {}
