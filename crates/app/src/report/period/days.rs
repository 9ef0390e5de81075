//! Day by day: runs, equity, trades and their sums; and the trading days that nobody worked on.

use std::collections::BTreeMap;

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::dated::NotCovered;
use catalyst_domain::money::{Currency, Money, MoneyError};
use catalyst_ports::journal::{Chronicle, CycleEnding, Reading};
use chrono::{DateTime, Utc};

use super::totals::totals;
use super::trades::TradeStory;

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLine {
    /// Which.
    pub date: TradingDate,
    /// Runs that were begun.
    pub runs: usize,
    /// Runs that failed, were killed, or ended with something unknown.
    pub unwell: usize,
    /// First and last equity; `None` without a reading.
    pub equity: Option<(Money, Money)>,
    /// Trades that ended.
    pub trades: usize,
    /// Gain before fees; `None` while a result is not known.
    pub gross: Option<Money>,
    /// Fees.
    pub fees: Money,
    /// Model cost; `None` without a rate.
    pub model: Option<Money>,
    /// What is left.
    pub net: Option<Money>,
}

pub(super) fn lines(
    chronicle: &Chronicle,
    trades: &[TradeStory],
    calendar: &TradingCalendar,
    currency: Currency,
) -> Result<Vec<DayLine>, MoneyError> {
    let mut runs: BTreeMap<TradingDate, (usize, usize)> = BTreeMap::new();
    for run in &chronicle.runs {
        let (all, unwell) = runs.entry(run.id.date()).or_default();
        *all += 1;
        *unwell += usize::from(!is_well(run.ending.as_deref()));
    }
    let mut readings: BTreeMap<TradingDate, Vec<&Reading>> = BTreeMap::new();
    for reading in &chronicle.readings {
        let day = calendar.date_of(reading.at);
        readings.entry(day).or_default().push(reading);
    }
    let mut ended: BTreeMap<TradingDate, Vec<TradeStory>> = BTreeMap::new();
    for trade in trades {
        if let Some(day) = trade.ended_on(calendar) {
            let bare = TradeStory {
                bars: Vec::new(),
                ..trade.clone()
            };
            ended.entry(day).or_default().push(bare);
        }
    }
    let mut lines = Vec::with_capacity(runs.len());
    for (date, (all, unwell)) in runs {
        let of_day = ended
            .remove(&date)
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        let model = chronicle.model.iter().filter(|one| one.date == date);
        let model: Vec<_> = model.copied().collect();
        let sums = totals(&of_day, &model, currency)?;
        let read = readings.get(&date).map_or(&[][..], Vec::as_slice);
        lines.push(DayLine {
            date,
            runs: all,
            unwell,
            equity: read
                .first()
                .zip(read.last())
                .map(|(first, last)| (first.equity, last.equity)),
            trades: of_day.len(),
            gross: sums.gross,
            fees: sums.fees,
            model: sums.model,
            net: sums.net,
        });
    }
    Ok(lines)
}

/// The trading days among `days` that had begun by `now` and of which no run is kept.
pub(super) fn missing(
    lines: &[DayLine],
    (from, to): (TradingDate, TradingDate),
    now: DateTime<Utc>,
    calendar: &TradingCalendar,
) -> Result<Vec<TradingDate>, NotCovered> {
    let to = to.min(calendar.date_of(now));
    if to < from {
        return Ok(Vec::new());
    }
    let mut dates = calendar.trading_dates(from, to)?;
    dates.retain(|date| !lines.iter().any(|line| line.date == *date));
    Ok(dates)
}

fn is_well(ending: Option<&str>) -> bool {
    let well = [
        CycleEnding::Done,
        CycleEnding::NotNow,
        CycleEnding::Protective,
        CycleEnding::Bounded,
    ];
    ending.is_some_and(|word| well.iter().any(|ending| ending.as_str() == word))
}
