//! A symbol's day as it stood at a moment, for feeds that may be late.

use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};

use super::board::MINUTE;
use super::sim_world::WorldGuard;

/// What a symbol came to today, in the bars that had ended by a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TradedSoFar {
    /// The span from the first trade of the day, if there was one.
    pub day: Option<TradedSpan>,
    /// Shares traded.
    pub volume: Shares,
    /// Close of the trading day before, with the moment it was made.
    pub previous_close: Option<(Price, DateTime<Utc>)>,
}

/// Prices of a day with trades in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TradedSpan {
    /// First price.
    pub open: Price,
    /// Highest price.
    pub high: Price,
    /// Lowest price.
    pub low: Price,
    /// Last price.
    pub last: Price,
    /// End of the last bar with trades in it.
    pub until: DateTime<Utc>,
}

impl WorldGuard<'_> {
    pub(crate) fn traded_by(&self, symbol: Symbol, moment: DateTime<Utc>) -> Option<TradedSoFar> {
        let board = self.state.day.as_ref()?.boards.get(&symbol)?;
        let mut day: Option<TradedSpan> = None;
        let mut volume = Shares::ZERO;
        for bar in board.closed_bars() {
            let until = bar.start() + MINUTE;
            if until > moment || bar.volume().is_zero() {
                continue;
            }
            volume = volume.plus(bar.volume());
            let before = day.unwrap_or(TradedSpan {
                open: bar.open(),
                high: bar.high(),
                low: bar.low(),
                last: bar.close(),
                until,
            });
            day = Some(TradedSpan {
                open: before.open,
                high: before.high.max(bar.high()),
                low: before.low.min(bar.low()),
                last: bar.close(),
                until,
            });
        }
        Some(TradedSoFar {
            day,
            volume,
            previous_close: board.previous_close,
        })
    }
}
