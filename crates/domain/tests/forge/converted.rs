//! A plan does not turn into an approved order.

use catalyst_domain::order::OrderPlan;
use catalyst_domain::risk::ApprovedOrder;

fn converted<T: From<OrderPlan>>(plan: OrderPlan) -> T {
    T::from(plan)
}

fn forged(plan: OrderPlan) -> ApprovedOrder {
    converted(plan)
}

fn main() {}
