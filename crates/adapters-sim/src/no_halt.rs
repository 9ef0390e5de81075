//! The halt flag of rehearsals: there is none.

use catalyst_domain::risk::TradingState;
use catalyst_ports::halt_flag::{HaltFlag, HaltFlagError};

/// Never halts.
#[derive(Debug, Clone, Copy)]
pub struct NoHalt;

impl HaltFlag for NoHalt {
    fn state(&self) -> Result<TradingState, HaltFlagError> {
        Ok(TradingState::Trading)
    }
}
