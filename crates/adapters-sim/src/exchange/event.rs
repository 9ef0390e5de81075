//! What comes out of the exchange when an order or a bar went in.

use catalyst_domain::dated::NotCovered;
use catalyst_domain::money::MoneyError;
use catalyst_domain::order::{Fill, OrderTicket};
use thiserror::Error;

/// One thing that happened, in the order it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExchangeEvent {
    /// An order was taken; its ticket as it stands then.
    Accepted(OrderTicket),
    /// Shares changed hands.
    Filled(Fill),
    /// An order came to its end; its ticket afterwards.
    Ended(OrderTicket),
}

/// The exchange cannot go on: a rule is not known for the day, or a sum left the range of money.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExchangeError {
    /// A table does not cover the day.
    #[error(transparent)]
    NotCovered(#[from] NotCovered),
    /// A sum left the range of money.
    #[error(transparent)]
    Money(#[from] MoneyError),
}
