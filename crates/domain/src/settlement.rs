//! Settlement: the date on which the shares and the money of a trade change hands.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::calendar::{DayKind, TradingCalendar, TradingDate, TradingDay};
use crate::csv::{CsvError, CsvText};
use crate::dated::{Dated, NotCovered};
use crate::profile::MarketProfile;

const LAG_TABLE: &str = "settlement lag";
const DAY_TABLE: &str = "settlement days";
const LAG_MAX: u32 = 10;

/// How long one market takes to settle, by trade date, and the days on which it does not.
///
/// A settlement day is a trading day unless the tables say otherwise. Days are counted after the
/// trade date; a trade on a day without settlement counts from there all the same.
///
/// ```
/// use catalyst_domain::calendar::TradingCalendar;
/// use catalyst_domain::settlement::SettlementRules;
/// let (calendar, rules) = (TradingCalendar::hkex()?, SettlementRules::hkex()?);
/// // The Monday is the half day before Lunar New Year, and three holidays follow it.
/// let settled = rules.settlement_date(&calendar, "2026-02-13".parse()?)?;
/// assert_eq!(settled.to_string(), "2026-02-23");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct SettlementRules {
    lags: Dated<Lag>,
    odd_days: BTreeMap<TradingDate, OddDay>,
}

#[derive(Debug, Clone, Copy)]
struct Lag {
    days: u32,
    half_days: HalfDays,
}

/// Whether trades are settled on a half day.
#[derive(Debug, Clone, Copy)]
enum HalfDays {
    Settle,
    Skip,
}

/// A day whose settlement is not that of its kind.
#[derive(Debug, Clone, Copy)]
enum OddDay {
    Skip,
    Unknown,
}

/// The texts the rules of one market are read from.
///
/// ```
/// use catalyst_domain::profile::MarketProfile;
/// use catalyst_domain::settlement::{SettlementRules, SettlementTables};
/// let lags = "effective_from,effective_to,lag,half_days\n,,1,never";
/// let tables = SettlementTables { lags, days: "date,status" };
/// assert_eq!(
///     SettlementRules::parse(&tables, MarketProfile::nyse()?).unwrap_err().to_string(),
///     "settlement lag, line 2, column `half_days`: found `never`, allowed is settle or skip"
/// );
/// # Ok::<(), catalyst_domain::csv::CsvError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct SettlementTables<'a> {
    /// `effective_from,effective_to,lag,half_days`: settlement days after the trade date, and the
    /// word `settle` or `skip`.
    pub lags: &'a str,
    /// `date,status`: `skip` for a day without settlement, `unknown` for one no source tells of.
    pub days: &'a str,
}

/// Why a trade has no settlement date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SettlementError {
    /// Nothing is traded on the date, so nothing is settled from it.
    #[error("{trade_date} is no trading day: {kind}")]
    NotTradingDay {
        /// The date asked about.
        trade_date: TradingDate,
        /// What kind of day it is.
        kind: DayKind,
    },
    /// The count runs over a day of which no source tells whether trades were settled on it.
    #[error("settlement of {trade_date} is not known, because it is not whether {day} counts")]
    UnknownDay {
        /// The date asked about.
        trade_date: TradingDate,
        /// The day in question.
        day: TradingDate,
    },
    /// The trade date has no lag on file, or the count leaves the calendar.
    #[error(transparent)]
    NotCovered(#[from] NotCovered),
}

impl SettlementRules {
    /// Hong Kong: two settlement days after the trade; half days are none.
    pub fn hkex() -> Result<Self, CsvError> {
        let tables = SettlementTables {
            lags: include_str!("../data/hkex/settlement.csv"),
            days: include_str!("../data/hkex/settlement_days.csv"),
        };
        Self::parse(&tables, MarketProfile::hkex()?)
    }

    /// United States: one day since 2024-05-28, two since 2017-09-05, three before; not on Columbus
    /// Day and Veterans Day, when the exchanges trade and the banks are closed.
    pub fn nyse() -> Result<Self, CsvError> {
        let tables = SettlementTables {
            lags: include_str!("../data/nyse/settlement.csv"),
            days: include_str!("../data/nyse/settlement_days.csv"),
        };
        Self::parse(&tables, MarketProfile::nyse()?)
    }

    /// Reads the tables of one market.
    pub fn parse(tables: &SettlementTables<'_>, market: MarketProfile) -> Result<Self, CsvError> {
        let columns = ["effective_from", "effective_to", "lag", "half_days"];
        let mut lags = Vec::new();
        for row in CsvText::parse(LAG_TABLE, tables.lags, &columns)?.rows() {
            let days = row.read("lag", "a whole number of days from 0 to 10", |cell| {
                cell.parse().ok().filter(|days| *days <= LAG_MAX)
            })?;
            let half_days = row.read("half_days", "settle or skip", |cell| match cell {
                "settle" => Some(HalfDays::Settle),
                "skip" => Some(HalfDays::Skip),
                _ => None,
            })?;
            if let Some(span) = row.span(market.coverage)? {
                lags.push((span, Lag { days, half_days }));
            }
        }
        let mut odd_days = BTreeMap::new();
        for row in CsvText::parse(DAY_TABLE, tables.days, &["date", "status"])?.rows() {
            let date = row.read("date", "YYYY-MM-DD", |cell| cell.parse().ok())?;
            let status = row.read("status", "skip or unknown", |cell| match cell {
                "skip" => Some(OddDay::Skip),
                "unknown" => Some(OddDay::Unknown),
                _ => None,
            })?;
            if odd_days.insert(date, status).is_some() {
                return Err(row.refusal("date", "a date that no line above names"));
            }
        }
        Ok(Self {
            lags: Dated::new(LAG_TABLE, lags)?,
            odd_days,
        })
    }

    /// The date on which a trade of `trade_date` is settled. `calendar` is that of the same market.
    ///
    /// ```
    /// use catalyst_domain::calendar::TradingCalendar;
    /// use catalyst_domain::settlement::SettlementRules;
    /// let (calendar, rules) = (TradingCalendar::hkex()?, SettlementRules::hkex()?);
    /// assert_eq!(
    ///     rules.settlement_date(&calendar, "2026-12-25".parse()?).unwrap_err().to_string(),
    ///     "2026-12-25 is no trading day: Christmas Day"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn settlement_date(
        &self,
        calendar: &TradingCalendar,
        trade_date: TradingDate,
    ) -> Result<TradingDate, SettlementError> {
        let traded = calendar.day(trade_date)?;
        if !traded.trades() {
            return Err(SettlementError::NotTradingDay {
                trade_date,
                kind: traded.kind().clone(),
            });
        }
        let lag = self.lags.on(trade_date)?;
        let mut date = trade_date;
        let mut days_left = lag.days;
        while days_left > 0 {
            date = date.next();
            let settles = match self.odd_days.get(&date) {
                Some(OddDay::Skip) => false,
                Some(OddDay::Unknown) => {
                    return Err(SettlementError::UnknownDay {
                        trade_date,
                        day: date,
                    });
                }
                None => lag.counts(&calendar.day(date)?),
            };
            days_left -= u32::from(settles);
        }
        Ok(date)
    }
}

impl Lag {
    /// True for a trading day, half days as the market has it.
    fn counts(self, day: &TradingDay<'_>) -> bool {
        match (day.kind(), self.half_days) {
            (DayKind::Half, HalfDays::Skip) => false,
            (DayKind::Half, HalfDays::Settle) => true,
            (DayKind::Full | DayKind::Part { .. } | DayKind::Closed(_), _) => day.trades(),
        }
    }
}
