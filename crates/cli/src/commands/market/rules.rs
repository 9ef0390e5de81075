//! The rule books of the exchanges.

use catalyst_domain::calendar::TradingCalendar;

use crate::commands::Failure;
use crate::commands::inspect::Exchange;

/// Every table that a question may be about.
#[derive(Debug)]
pub(crate) struct Rules {
    hkex: TradingCalendar,
}

impl Rules {
    /// Reads the tables that are built in.
    pub(super) fn load() -> Result<Self, Failure> {
        Ok(Self {
            hkex: TradingCalendar::hkex().map_err(Failure::failed)?,
        })
    }

    /// The calendar of an exchange.
    pub(super) const fn calendar(&self, exchange: Exchange) -> &TradingCalendar {
        match exchange {
            Exchange::Hkex => &self.hkex,
        }
    }
}
