//! The questions the agent asks of the outside world, in its own words.
//!
//! Only domain values cross a port. Errors are the caller's next step, not the callee's cause; the
//! cause travels as a boxed source. Nothing here has behaviour.

pub mod account;
pub mod advisor;
pub mod clock;
pub mod cycle_lock;
pub mod flatten_request;
pub mod halt_flag;
pub mod instruments;
pub mod journal;
pub mod letter;
pub mod market_data;
pub mod news;
pub mod notifier;
pub mod order_gateway;
pub mod stop_signal;
pub mod tool;

/// The cause of a failure at a port: whatever the adapter's library said, for logs and for people.
pub type Source = Box<dyn std::error::Error + Send + Sync>;
