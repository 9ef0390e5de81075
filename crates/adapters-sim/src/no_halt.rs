//! Rehearsals: nothing from outside halts a run, asks for its end, or has everything left.

use async_trait::async_trait;
use catalyst_domain::risk::TradingState;
use catalyst_ports::flatten_request::{FlattenRequest, FlattenRequests, RequestError};
use catalyst_ports::halt_flag::{HaltFlag, HaltFlagError};
use catalyst_ports::stop_signal::StopSignal;

/// Never halts, never stops, never asks.
#[derive(Debug, Clone, Copy)]
pub struct NoHalt;

impl HaltFlag for NoHalt {
    fn state(&self) -> Result<TradingState, HaltFlagError> {
        Ok(TradingState::Trading)
    }
}

impl FlattenRequests for NoHalt {
    fn standing(&self) -> Result<Option<FlattenRequest>, RequestError> {
        Ok(None)
    }

    fn fulfilled(&self) -> Result<(), RequestError> {
        Ok(())
    }
}

#[async_trait]
impl StopSignal for NoHalt {
    fn is_given(&self) -> bool {
        false
    }

    async fn given(&self) {
        std::future::pending::<()>().await;
    }
}
