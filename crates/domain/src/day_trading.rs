//! Day trades of small accounts: the rule that bounds them where there is one, by trade date.

use crate::calendar::TradingDate;
use crate::csv::{CsvError, CsvRow, CsvText};
use crate::dated::{Dated, NotCovered};
use crate::money::{Money, plain_decimal};
use crate::profile::MarketProfile;

const TABLE: &str = "day-trade rules";

/// How many positions may be opened and closed on one day.
///
/// Shown at [`DayTradeTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayTradeRule {
    /// As many as one likes.
    Free,
    /// A few, unless the account is large enough.
    Pattern(PatternDayTrader),
}

/// The terms under which a small account becomes a pattern day trader.
///
/// ```
/// use catalyst_domain::day_trading::PatternDayTrader;
/// use catalyst_domain::money::{Currency, Money};
/// let min_equity = Money::parse("25000", Currency::Usd)?;
/// let rule = PatternDayTrader { min_equity, day_trades_max: 3, sessions: 5 };
/// assert!(rule.is_lifted_by(min_equity));
/// assert!(!rule.is_lifted_by(Money::parse("24999.99", Currency::Usd)?));
/// assert!(!rule.is_lifted_by(Money::parse("250000", Currency::Hkd)?));
/// # Ok::<(), catalyst_domain::money::MoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PatternDayTrader {
    /// From this equity on the rule does not bind.
    pub min_equity: Money,
    /// Day trades allowed within [`Self::sessions`].
    pub day_trades_max: u32,
    /// Trading days looked back on, today included.
    pub sessions: u32,
}

impl PatternDayTrader {
    /// True when `equity`, in the market's currency, is large enough to trade freely.
    pub fn is_lifted_by(self, equity: Money) -> bool {
        equity.currency() == self.min_equity.currency()
            && equity.amount() >= self.min_equity.amount()
    }
}

/// What a broker applies while a market's rule is being replaced and either regime is lawful.
///
/// Shown at [`DayTradeTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokerRegime {
    /// The rule that goes: safe to assume while the broker has not said otherwise.
    Outgoing,
    /// The rule that comes.
    Incoming,
}

/// The day-trade rules of one market by trade date.
///
/// ```
/// use catalyst_domain::day_trading::{BrokerRegime, DayTradeRule, DayTradeTable};
/// let us = DayTradeTable::nyse()?;
/// let date = "2026-11-24".parse()?;
/// assert_eq!(us.on(date, BrokerRegime::Incoming)?, DayTradeRule::Free);
/// let DayTradeRule::Pattern(rule) = us.on(date, BrokerRegime::Outgoing)? else { panic!() };
/// assert_eq!(rule.min_equity.to_string(), "25000.00 USD");
/// assert_eq!(DayTradeTable::hkex()?.on(date, BrokerRegime::Outgoing)?, DayTradeRule::Free);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct DayTradeTable {
    rows: Dated<Regimes>,
}

/// The two rules of a date; the same unless one is being replaced.
#[derive(Debug, Clone, Copy)]
struct Regimes {
    outgoing: DayTradeRule,
    incoming: DayTradeRule,
}

impl DayTradeTable {
    /// Hong Kong: none.
    pub fn hkex() -> Result<Self, CsvError> {
        let text = include_str!("../data/hkex/day_trading.csv");
        Self::parse(text, MarketProfile::hkex()?)
    }

    /// The United States: FINRA Rule 4210, its pattern-day-trader terms on the way out since 2026.
    pub fn nyse() -> Result<Self, CsvError> {
        let text = include_str!("../data/nyse/day_trading.csv");
        Self::parse(text, MarketProfile::nyse()?)
    }

    /// Reads `effective_from,effective_to,rule,min_equity,day_trades,sessions`; `rule` is `free`,
    /// `pattern`, or `pattern or free` while a broker may apply either.
    pub fn parse(text: &str, market: MarketProfile) -> Result<Self, CsvError> {
        let columns = ["effective_from", "effective_to", "rule"];
        let csv = CsvText::parse(TABLE, text, &columns)?;
        let mut rows = Vec::new();
        for row in csv.rows() {
            let regimes = regimes_of(row, market)?;
            if let Some(span) = row.span(market.coverage)? {
                rows.push((span, regimes));
            }
        }
        Ok(Self {
            rows: Dated::new(TABLE, rows)?,
        })
    }

    /// The rule on `date` at a broker that applies `regime` where it has a choice.
    pub fn on(&self, date: TradingDate, regime: BrokerRegime) -> Result<DayTradeRule, NotCovered> {
        let regimes = self.rows.on(date)?;
        Ok(match regime {
            BrokerRegime::Outgoing => regimes.outgoing,
            BrokerRegime::Incoming => regimes.incoming,
        })
    }
}

fn regimes_of(row: CsvRow<'_>, market: MarketProfile) -> Result<Regimes, CsvError> {
    let words = "free, pattern, or `pattern or free`";
    let (outgoing, incoming) = match row.text("rule") {
        "free" => (DayTradeRule::Free, DayTradeRule::Free),
        "pattern" => (pattern_of(row, market)?, pattern_of(row, market)?),
        "pattern or free" => (pattern_of(row, market)?, DayTradeRule::Free),
        _ => return Err(row.refusal("rule", words)),
    };
    Ok(Regimes { outgoing, incoming })
}

fn pattern_of(row: CsvRow<'_>, market: MarketProfile) -> Result<DayTradeRule, CsvError> {
    let count = |column| row.read(column, "a whole number", |cell| cell.parse().ok());
    Ok(DayTradeRule::Pattern(PatternDayTrader {
        min_equity: row.read("min_equity", "an amount", |cell| {
            Money::new(plain_decimal(cell)?, market.currency).ok()
        })?,
        day_trades_max: count("day_trades")?,
        sessions: count("sessions")?,
    }))
}
