//! A report of days: pure, from what the journal keeps of them and the bars that are at hand.

mod bars;
mod beside;
mod cover;
mod curve;
mod days;
mod positions;
mod refusals;
mod totals;
mod trades;

use std::collections::BTreeMap;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::dated::NotCovered;
use catalyst_domain::fees::CommissionPlan;
use catalyst_domain::money::{Currency, MoneyError};
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{Chronicle, DecisionNote};
use catalyst_ports::notifier::Alert;
use chrono::{DateTime, Utc};
use thiserror::Error;

pub use bars::DayBars;
pub use beside::{Beside, IndexDay};
pub use cover::Cover;
pub use curve::{Curve, CurvePoint, Drawdown};
pub use days::DayLine;
pub use refusals::{RefusalLine, Refusals, WouldHave};
pub use totals::Totals;
pub use trades::{TradeEnd, TradeStory};

/// What a report is made from.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The days, both included.
    pub days: (TradingDate, TradingDate),
    /// The moment of asking: later days and hours are not missed.
    pub now: DateTime<Utc>,
    /// What the journal keeps of the days.
    pub chronicle: &'a Chronicle,
    /// Minute bars, as far as there are any.
    pub bars: DayBars,
    /// An index by day, with its name, to compare with in place of the names of the bars.
    pub index: Option<(String, BTreeMap<TradingDate, IndexDay>)>,
    /// The exchange's rules.
    pub rules: &'a Rulebook,
    /// The broker's price list, for what a refused trade would have cost.
    pub plan: CommissionPlan,
}

/// What days came to.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodReport {
    /// The days, both included.
    pub days: (TradingDate, TradingDate),
    /// The exchange's currency, which results are in.
    pub currency: Currency,
    /// The days of which a run is kept.
    pub lines: Vec<DayLine>,
    /// Trading days without any run.
    pub missing: Vec<TradingDate>,
    /// The account as it was read.
    pub curve: Curve,
    /// Positions that were left on the days, in the order they were, then those that are held.
    pub trades: Vec<TradeStory>,
    /// Sums.
    pub totals: Totals,
    /// How much of the time that something was held a working stop was known to be under it.
    pub cover: Cover,
    /// What the gate refused.
    pub refusals: Refusals,
    /// What the market did; `None` without bars or index.
    pub beside: Option<Beside>,
    /// Days and names whose bars do not hold the prices that were traded; they are not used.
    pub foreign_bars: Vec<(TradingDate, Symbol)>,
    /// What was decided, in words.
    pub decisions: Vec<DecisionNote>,
    /// What the owner was told, with whether it got through.
    pub alerts: Vec<(Alert, bool)>,
}

/// Why there is no report.
#[derive(Debug, Error)]
pub enum ReportError {
    /// A table of the exchange does not know a day.
    #[error(transparent)]
    NotCovered(#[from] NotCovered),
    /// Amounts that do not add.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Reports the days of `ground`.
pub fn period_report(ground: Ground<'_>) -> Result<PeriodReport, ReportError> {
    let Ground {
        days,
        now,
        chronicle,
        bars,
        index,
        rules,
        plan,
    } = ground;
    let calendar = &rules.calendar;
    let currency = rules.market.currency;
    let foreign_bars = bars.foreign(&chronicle.executions, calendar);
    let bars = bars.without(&foreign_bars);
    let positions = positions::positions(chronicle, calendar);
    let mut trades = trades::trades(&positions, chronicle, (days, calendar), currency)?;
    trades::share_model_cost(&mut trades, &chronicle.model, calendar, currency)?;
    for trade in &mut trades {
        trade.bars = bars.chart(trade.symbol, calendar.date_of(trade.opened_at), calendar)?;
    }
    let curve = curve::curve(&chronicle.readings);
    let lines = days::lines(chronicle, &trades, calendar, currency)?;
    Ok(PeriodReport {
        missing: days::missing(&lines, days, now, calendar)?,
        totals: totals::totals(&trades, &chronicle.model, currency)?,
        cover: cover::whole(&trades),
        refusals: refusals::refusals(&chronicle.refused, &bars, rules, plan)?,
        beside: beside::beside(&bars, index, days),
        decisions: chronicle.decisions.clone(),
        alerts: chronicle.alerts.clone(),
        days,
        currency,
        lines,
        curve,
        trades,
        foreign_bars,
    })
}

#[cfg(test)]
mod tests;
