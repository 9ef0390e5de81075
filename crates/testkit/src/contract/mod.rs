//! What every implementor of a port promises. One suite a port; each promise is a function, and the
//! macro of the suite makes a test of each.

pub mod account;
pub mod advisor;
pub mod alert_queue;
pub mod clock;
pub mod cycle_lock;
pub mod instruments;
pub mod journal;
pub mod market_data;
pub mod news;
pub mod notifier;
pub mod order_gateway;
