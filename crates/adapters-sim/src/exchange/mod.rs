//! The exchange with the broker in front of it: a pure state machine, time as an argument.
//!
//! Orders and bars go in, events come out. It never waits, locks or reads a clock, so that a port's
//! face, a wire protocol and a test can all be laid over the same machine.

mod accept;
mod amend;
mod book;
mod day;
mod event;
mod execute;
mod free;
mod legs;
mod order;
mod place;
mod price;
mod refusal;
mod saved;

pub use book::Exchange;
pub use event::{ExchangeError, ExchangeEvent};
pub use legs::{LegOrder, LegTerms};
pub use refusal::OrderRefusal;
pub use saved::{SavedError, SavedExchange};
