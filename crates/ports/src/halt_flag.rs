//! The halt switch that works without a database: a flag beside the journal's own.

use catalyst_domain::risk::TradingState;
use thiserror::Error;

use crate::Source;

/// The flag is there and cannot be understood; it counts as halted.
#[derive(Debug, Error)]
#[error("the halt flag cannot be read")]
pub struct HaltFlagError {
    /// Why.
    pub source: Source,
}

/// A flag that anyone at the machine can set. The stricter of it and the journal's switch counts.
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait HaltFlag: Send + Sync {
    /// What the flag says now; trading when there is none.
    fn state(&self) -> Result<TradingState, HaltFlagError>;
}
