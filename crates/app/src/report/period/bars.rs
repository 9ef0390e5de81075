//! The bars at hand: by day and symbol, checked against what was traded.

use std::collections::{BTreeMap, BTreeSet};

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::dated::NotCovered;
use catalyst_domain::market::{Bar, resample};
use catalyst_domain::order::Execution;
use catalyst_domain::symbol::Symbol;
use chrono::TimeDelta;
use rust_decimal::Decimal;

/// Span of a bar on a chart: a day has 66 of them, as many as a telephone can show.
const CHART_SPAN: TimeDelta = TimeDelta::minutes(5);

/// How far outside the day's bars a fill may lie, as a divisor of the price: one in a hundred. Bars of
/// another market, or of another seed, are further away somewhere.
const TOLERANCE: Decimal = Decimal::ONE_HUNDRED;

/// Minute bars in rising order of time, by day and symbol.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayBars(pub BTreeMap<TradingDate, BTreeMap<Symbol, Vec<Bar>>>);

impl DayBars {
    /// The bars of a symbol on a day; none where there are none.
    pub(super) fn of(&self, symbol: Symbol, date: TradingDate) -> &[Bar] {
        let day = self.0.get(&date).and_then(|day| day.get(&symbol));
        day.map_or(&[], Vec::as_slice)
    }

    /// Bars for a chart of a day.
    pub(super) fn chart(
        &self,
        symbol: Symbol,
        date: TradingDate,
        calendar: &TradingCalendar,
    ) -> Result<Vec<Bar>, NotCovered> {
        let minutes = self.of(symbol, date);
        if minutes.is_empty() {
            return Ok(Vec::new());
        }
        let sessions = calendar.continuous_sessions(date)?;
        let sessions: Vec<_> = sessions.iter().map(|one| (one.start, one.end)).collect();
        Ok(resample(minutes, CHART_SPAN, &sessions))
    }

    /// The days and symbols whose bars do not hold a price traded there: they are of another market.
    pub fn foreign(
        &self,
        executions: &[Execution],
        calendar: &TradingCalendar,
    ) -> Vec<(TradingDate, Symbol)> {
        let mut foreign = BTreeSet::new();
        for execution in executions {
            let fill = &execution.fill;
            let date = calendar.date_of(fill.at);
            let bars = self.of(fill.symbol, date);
            if !bars.is_empty() && !holds(bars, fill.price.value()) {
                foreign.insert((date, fill.symbol));
            }
        }
        foreign.into_iter().collect()
    }

    /// Without the bars of these.
    pub(super) fn without(mut self, foreign: &[(TradingDate, Symbol)]) -> Self {
        for (date, symbol) in foreign {
            if let Some(day) = self.0.get_mut(date) {
                day.remove(symbol);
            }
        }
        self
    }
}

fn holds(bars: &[Bar], price: Decimal) -> bool {
    let margin = price / TOLERANCE;
    let low = bars.iter().map(|bar| bar.low().value()).min();
    let high = bars.iter().map(|bar| bar.high().value()).max();
    low.is_some_and(|low| low <= price + margin) && high.is_some_and(|high| price - margin <= high)
}
