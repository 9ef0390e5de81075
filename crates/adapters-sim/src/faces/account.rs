//! The simulated account as a broker would report it.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::order::{Execution, FeesAre};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::account::{AccountBook, AccountError, AccountSnapshot, BrokerPosition};
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::world::{SimWorld, Stopped};

/// Cash, positions at their last price, and every execution.
#[derive(Debug, Clone)]
pub struct SimAccount {
    world: Arc<SimWorld>,
}

impl SimAccount {
    /// The face of `world`.
    pub const fn new(world: Arc<SimWorld>) -> Self {
        Self { world }
    }
}

/// A held symbol without a price, which no run of the exchange leaves.
#[derive(Debug, Error)]
#[error("{symbol} is held and has no last price")]
struct Unmarked {
    symbol: Symbol,
}

#[async_trait]
impl AccountBook for SimAccount {
    async fn snapshot(&self) -> Result<AccountSnapshot, AccountError> {
        let world = self.world.state().map_err(unavailable)?;
        let cash = world.exchange().cash();
        let mut equity = cash;
        let mut positions = Vec::new();
        for (symbol, shares, mark) in world.positions() {
            let mark = mark.ok_or_else(|| AccountError::Malformed {
                source: Box::new(Unmarked { symbol }),
            })?;
            let value = mark.times(shares, cash.currency());
            equity = equity
                .plus(value)
                .map_err(|error| AccountError::Malformed {
                    source: Box::new(error),
                })?;
            positions.push(BrokerPosition { symbol, shares });
        }
        Ok(AccountSnapshot {
            cash,
            equity,
            positions,
            short: Vec::new(),
        })
    }

    async fn executions_since(
        &self,
        moment: DateTime<Utc>,
    ) -> Result<Vec<Execution>, AccountError> {
        let world = self.world.state().map_err(unavailable)?;
        let fills = world.exchange().fills();
        let first = fills.partition_point(|fill| fill.at < moment);
        let told = fills.iter().skip(first).map(|fill| Execution {
            fill: fill.clone(),
            fees: FeesAre::Reported,
            replaces: None,
        });
        Ok(told.collect())
    }
}

fn unavailable(stopped: Stopped) -> AccountError {
    AccountError::Unavailable {
        source: Box::new(stopped),
    }
}
