//! What goes wrong on purpose: a fault waits for its message, counted, and then has its effect.

mod effect;
mod script;
mod watch;

pub use effect::{Effect, Fault, Spoken, Trigger};
pub use script::{FaultScript, ScriptError};
pub(crate) use watch::FaultWatch;
