//! There is no approved order by default.

use catalyst_domain::risk::ApprovedOrder;

fn default<T: Default>() -> T {
    T::default()
}

fn main() {
    let _order: ApprovedOrder = default();
}
