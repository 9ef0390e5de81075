//! The rule books of the exchanges.

use catalyst_domain::exchange::Exchange;
use catalyst_domain::rulebook::Rulebook;

use crate::commands::Failure;

/// Every table that a question may be about.
#[derive(Debug)]
pub(crate) struct Rules {
    hkex: Rulebook,
    nyse: Rulebook,
}

impl Rules {
    /// Reads the tables that are built in.
    pub(super) fn load() -> Result<Self, Failure> {
        let book = |exchange| Rulebook::of(exchange).map_err(Failure::failed);
        Ok(Self {
            hkex: book(Exchange::Hkex)?,
            nyse: book(Exchange::Nyse)?,
        })
    }

    /// The rules of an exchange.
    pub(super) const fn of(&self, exchange: Exchange) -> &Rulebook {
        match exchange {
            Exchange::Hkex => &self.hkex,
            Exchange::Nyse => &self.nyse,
        }
    }
}
