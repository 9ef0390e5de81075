//! Rulebook: everything one exchange's rules say, by date, in one place.

use thiserror::Error;

use crate::calendar::{CalendarError, TradingCalendar};
use crate::csv::CsvError;
use crate::day_trading::DayTradeTable;
use crate::exchange::Exchange;
use crate::fees::FeeSchedule;
use crate::index::IndexMembership;
use crate::indicator::{VolumeProfile, VolumeProfileError};
use crate::lots::LotTable;
use crate::order_rules::OrderRuleTable;
use crate::profile::MarketProfile;
use crate::settlement::SettlementRules;
use crate::tick::TickTable;

/// The tables of one exchange. Each answers for the dates it covers and refuses the others.
///
/// Another exchange is other data in the same types; nothing that reads a rulebook asks which it is.
///
/// ```
/// use catalyst_domain::exchange::Exchange;
/// use catalyst_domain::instrument::InstrumentKind;
/// use catalyst_domain::rulebook::Rulebook;
/// let date = "2026-11-23".parse()?;
/// for (exchange, up) in [(Exchange::Hkex, "1.005"), (Exchange::Nyse, "1.01")] {
///     let rules = Rulebook::of(exchange)?;
///     let grid = rules.ticks.on(date, InstrumentKind::Equity)?;
///     let next = grid.next_above("1".parse()?);
///     assert_eq!(next.map(|price| price.to_string()).as_deref(), Some(up));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// Whose rules they are.
    pub exchange: Exchange,
    /// The currency, and the dates that bound every table.
    pub market: MarketProfile,
    /// Days and phases.
    pub calendar: TradingCalendar,
    /// Legal prices.
    pub ticks: TickTable,
    /// Charges and commissions.
    pub fees: FeeSchedule,
    /// Board lots.
    pub lots: LotTable,
    /// What one order may be in size and price.
    pub order_rules: OrderRuleTable,
    /// How many day trades an account may make.
    pub day_trading: DayTradeTable,
    /// Members of its indices.
    pub members: IndexMembership,
    /// Usual volume by time of day; `None` where no bars were measured.
    pub volume_profile: Option<VolumeProfile>,
    /// When trades change hands.
    pub settlement: SettlementRules,
}

/// A table that ships with the library does not read.
///
/// ```
/// use catalyst_domain::{csv::CsvError, rulebook::RulebookError};
/// let error = RulebookError::from(CsvError::NoHeader { table: "lot table" });
/// assert_eq!(error.to_string(), "lot table has no header line");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RulebookError {
    /// The calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The usual volume by time of day.
    #[error(transparent)]
    Profile(#[from] VolumeProfileError),
    /// One of the other tables.
    #[error(transparent)]
    Table(#[from] CsvError),
}

/// Every table of one exchange as it ships, file by file.
macro_rules! tables_of {
    ($folder:literal: $($file:literal)+) => {
        &[$(include_str!(concat!("../data/", $folder, "/", $file, ".csv"))),+]
    };
}

const HKEX_TABLES: &[&str] = tables_of!("hkex": "calendar" "commissions" "day_trading" "exchange" "fees" "index_members" "instruments" "lot_units" "order_rules" "phases" "profile" "settlement" "settlement_days" "ticks" "volume_profile");
const NYSE_TABLES: &[&str] = tables_of!("nyse": "calendar" "commissions" "day_trading" "exchange" "fees" "instruments" "order_rules" "phases" "profile" "settlement" "settlement_days" "ticks");

impl Rulebook {
    /// The tables of `exchange` as they ship, for whoever wants to prove which ones a run had.
    ///
    /// ```
    /// use catalyst_domain::{exchange::Exchange, rulebook::Rulebook};
    /// let texts = Rulebook::texts(Exchange::Hkex);
    /// assert!(texts.iter().any(|text| text.starts_with("# Minimum spreads")));
    /// ```
    pub const fn texts(exchange: Exchange) -> &'static [&'static str] {
        match exchange {
            Exchange::Hkex => HKEX_TABLES,
            Exchange::Nyse => NYSE_TABLES,
        }
    }

    /// The rules of `exchange`, read from the library's own data.
    pub fn of(exchange: Exchange) -> Result<Self, RulebookError> {
        match exchange {
            Exchange::Hkex => Ok(Self {
                exchange,
                market: MarketProfile::hkex()?,
                calendar: TradingCalendar::hkex()?,
                ticks: TickTable::hkex()?,
                fees: FeeSchedule::hkex()?,
                lots: LotTable::hkex()?,
                order_rules: OrderRuleTable::hkex()?,
                day_trading: DayTradeTable::hkex()?,
                members: IndexMembership::hkex()?,
                volume_profile: Some(VolumeProfile::hkex()?),
                settlement: SettlementRules::hkex()?,
            }),
            Exchange::Nyse => Ok(Self {
                exchange,
                market: MarketProfile::nyse()?,
                calendar: TradingCalendar::nyse()?,
                ticks: TickTable::nyse()?,
                fees: FeeSchedule::nyse()?,
                lots: LotTable::nyse()?,
                order_rules: OrderRuleTable::nyse()?,
                day_trading: DayTradeTable::nyse()?,
                members: IndexMembership::nyse()?,
                volume_profile: None,
                settlement: SettlementRules::nyse()?,
            }),
        }
    }
}
