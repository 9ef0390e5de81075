//! What the broker says is there: cash, positions, executions. The broker is the truth.

use async_trait::async_trait;
use catalyst_domain::money::Money;
use catalyst_domain::order::Execution;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::Source;

/// One position as the broker counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokerPosition {
    /// What is held.
    pub symbol: Symbol,
    /// How many shares, above zero.
    pub shares: Shares,
}

/// The account, whole: an adapter that could not read all of it answers with an error instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSnapshot {
    /// Cash in the currency the instruments trade in.
    pub cash: Money,
    /// Cash and positions at market, in the same currency.
    pub equity: Money,
    /// All positions, by symbol.
    pub positions: Vec<BrokerPosition>,
    /// Shares that are owed, by symbol: what was sold and never held. Nobody here sells short.
    pub short: Vec<BrokerPosition>,
}

/// What to do when the account cannot be read. Either way the cycle ends: no picture, no trading.
#[derive(Debug, Error)]
pub enum AccountError {
    /// Try later.
    #[error("the account is unavailable")]
    Unavailable {
        /// Why.
        source: Source,
    },
    /// Raise an alarm: what was read contradicts itself.
    #[error("the account reads malformed")]
    Malformed {
        /// What was wrong.
        source: Source,
    },
}

/// Cash, positions and executions at the broker.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait AccountBook: Send + Sync {
    /// The whole account now.
    async fn snapshot(&self) -> Result<AccountSnapshot, AccountError>;

    /// Every execution at or after `moment`, in the order they happened; the same one may be
    /// reported again on a later call under the same execution id, with more known of its fees.
    async fn executions_since(&self, moment: DateTime<Utc>)
    -> Result<Vec<Execution>, AccountError>;
}
