//! Where the bars of a day come from: files, or the generator.

use std::collections::{BTreeMap, BTreeSet};

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::market::{Bar, Ohlc};
use catalyst_domain::symbol::Symbol;
use chrono::NaiveTime;

use super::day_bars::DayBars;
use super::sim_world::WorldError;
use crate::bars::{DailyHistory, LoadedBars};
use crate::generator::Generator;
use crate::headlines::Headline;

/// A source of days.
#[derive(Debug)]
pub enum Tape {
    /// Bars from files; made by [`Tape::loaded`].
    Loaded {
        /// Minute bars of every day.
        bars: LoadedBars,
        /// Daily bars of the files, and of the minutes where the files have none.
        history: DailyHistory,
    },
    /// Days made from a seed.
    Generated(Generator),
}

/// What one day brings.
#[derive(Debug)]
pub(super) struct TapeDay {
    pub(super) bars: BTreeMap<Symbol, DayBars>,
    /// Daily bars of generated days; loaded ones are asked of the tape.
    pub(super) history: BTreeMap<Symbol, Vec<Bar>>,
    pub(super) news: Vec<Headline>,
}

impl Tape {
    /// A tape of loaded minutes. Their days also count as daily bars where `history` has none.
    pub fn loaded(bars: LoadedBars, history: DailyHistory, calendar: &TradingCalendar) -> Self {
        let mut history = history;
        for (date, symbols) in &bars.days {
            let midnight = calendar.at(*date, NaiveTime::MIN);
            for (symbol, minutes) in symbols {
                if let Some(bar) = whole_day(minutes, midnight) {
                    history.add(*symbol, *date, bar);
                }
            }
        }
        Self::Loaded { bars, history }
    }

    /// The symbols that have bars on `date`; of a generated day those that it may have, lots or none.
    pub fn symbols_on(&self, date: TradingDate) -> BTreeSet<Symbol> {
        match self {
            Self::Loaded { bars, .. } => {
                let day = bars.days.get(&date).into_iter();
                day.flat_map(|day| day.keys().copied()).collect()
            }
            Self::Generated(generator) => generator.symbols().collect(),
        }
    }

    /// The bars of a trading day; no symbols when the files do not have it.
    pub(super) fn day(&self, date: TradingDate) -> Result<TapeDay, WorldError> {
        match self {
            Self::Loaded { bars, .. } => Ok(TapeDay {
                bars: bars.days.get(&date).map_or_else(BTreeMap::new, whole),
                history: BTreeMap::new(),
                news: Vec::new(),
            }),
            Self::Generated(generator) => {
                let planned = generator.planned(date)?;
                let minutes = planned.minutes.into_iter();
                Ok(TapeDay {
                    bars: minutes
                        .map(|(symbol, minutes)| (symbol, DayBars::to_make(minutes)))
                        .collect(),
                    history: planned.history,
                    news: planned.news,
                })
            }
        }
    }

    /// Minute bars of `symbol` on the `count` days before `date`, oldest first. Of generated days there
    /// is one session back, which the board keeps.
    pub(super) fn minutes_before(
        &self,
        symbol: Symbol,
        date: TradingDate,
        count: usize,
    ) -> Vec<Bar> {
        match self {
            Self::Loaded { bars, .. } => {
                let earlier = bars.days.range(..date).rev();
                let with_symbol = earlier.filter_map(|(_, day)| day.get(&symbol));
                let mut days: Vec<_> = with_symbol.take(count).collect();
                days.reverse();
                days.into_iter().flatten().copied().collect()
            }
            Self::Generated(_) => Vec::new(),
        }
    }

    /// Daily bars of `symbol` before `date`, at most `count`, oldest first.
    pub(super) fn days_before(&self, symbol: Symbol, date: TradingDate, count: usize) -> Vec<Bar> {
        match self {
            Self::Loaded { history, .. } => history.before(symbol, date, count),
            Self::Generated(_) => Vec::new(),
        }
    }

    /// Minute bars of `symbol` on the session before `date`, where the tape keeps no earlier days.
    pub(super) fn session_before(
        &self,
        symbol: Symbol,
        date: TradingDate,
        calendar: &TradingCalendar,
    ) -> Result<Vec<Bar>, WorldError> {
        match self {
            Self::Loaded { .. } => Ok(Vec::new()),
            Self::Generated(generator) => {
                let before = calendar.previous_trading_date(date)?;
                Ok(generator.bars(symbol, before)?)
            }
        }
    }
}

fn whole(day: &BTreeMap<Symbol, Vec<Bar>>) -> BTreeMap<Symbol, DayBars> {
    let bars = day.iter();
    bars.map(|(symbol, bars)| (*symbol, DayBars::of_files(bars.clone())))
        .collect()
}

/// A day's minutes as one bar; `None` without trades.
fn whole_day(minutes: &[Bar], midnight: chrono::DateTime<chrono::Utc>) -> Option<Bar> {
    let mut traded = minutes.iter().filter(|bar| !bar.volume().is_zero());
    let first = *traded.next()?;
    let whole = traded.fold(first, |whole, bar| whole.joined_with(bar));
    let prices = Ohlc {
        open: whole.open(),
        high: whole.high(),
        low: whole.low(),
        close: whole.close(),
    };
    Bar::new(midnight, prices, whole.volume()).ok()
}
