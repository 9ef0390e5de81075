//! The rule tables of the market that is simulated, loaded once and shared.

use catalyst_domain::calendar::{CalendarError, TradingCalendar};
use catalyst_domain::csv::CsvError;
use catalyst_domain::fees::FeeSchedule;
use catalyst_domain::index::IndexMembership;
use catalyst_domain::lots::LotTable;
use catalyst_domain::tick::TickTable;
use thiserror::Error;

/// Everything the exchange's rulebook and lists say, by date.
#[derive(Debug, Clone)]
pub struct MarketRules {
    /// Days and phases.
    pub calendar: TradingCalendar,
    /// Legal prices.
    pub ticks: TickTable,
    /// Charges and commissions.
    pub fees: FeeSchedule,
    /// Board lots, lists of the user above those on file.
    pub lots: LotTable,
    /// Members of the indices, lists of the user above those on file.
    pub members: IndexMembership,
}

/// A table that ships with the program does not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RulesError {
    /// The calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// One of the other tables.
    #[error(transparent)]
    Table(#[from] CsvError),
}

impl MarketRules {
    /// The Stock Exchange of Hong Kong.
    pub fn hkex() -> Result<Self, RulesError> {
        Ok(Self {
            calendar: TradingCalendar::hkex()?,
            ticks: TickTable::hkex()?,
            fees: FeeSchedule::hkex()?,
            lots: LotTable::hkex()?,
            members: IndexMembership::hkex()?,
        })
    }
}
