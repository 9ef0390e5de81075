//! The board of one symbol on one day: its bars, and what those that have closed came to.

use std::cell::OnceCell;

use catalyst_domain::market::Bar;
use catalyst_domain::price::Price;
use catalyst_domain::quantity::Shares;
use chrono::{DateTime, TimeDelta, Utc};

use super::day_bars::DayBars;
use crate::generator::OffGrid;

/// The span of a bar. The opening print, stamped a minute before the open, ends with it.
pub(super) const MINUTE: TimeDelta = TimeDelta::seconds(60);

/// What has traded so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traded {
    pub(super) open: Price,
    pub(super) high: Price,
    pub(super) low: Price,
    pub(super) last: Price,
    /// End of the last bar with trades in it.
    pub(super) until: DateTime<Utc>,
}

/// One symbol's day.
#[derive(Debug)]
pub(super) struct Board {
    bars: DayBars,
    pub(super) volume: Shares,
    pub(super) traded: Option<Traded>,
    /// Close of the trading day before, with the moment it was made.
    pub(super) previous_close: Option<(Price, DateTime<Utc>)>,
    /// Minute bars of the session before, where the tape does not keep them: those of the day just
    /// left, or made when they are first asked for.
    session_before: OnceCell<Vec<Bar>>,
    /// Daily bars before today, where the tape does not keep them.
    pub(super) history: Vec<Bar>,
}

impl Board {
    pub(super) fn new(
        bars: DayBars,
        session_before: Option<Vec<Bar>>,
        history: Vec<Bar>,
        previous_close: Option<(Price, DateTime<Utc>)>,
    ) -> Self {
        Self {
            bars,
            volume: Shares::ZERO,
            traded: None,
            previous_close,
            session_before: session_before.map_or_else(OnceCell::new, OnceCell::from),
            history,
        }
    }

    /// The minute bars of the session before, which `make` makes where nothing has yet.
    pub(super) fn session_before<E>(
        &self,
        make: impl FnOnce() -> Result<Vec<Bar>, E>,
    ) -> Result<&[Bar], E> {
        if let Some(known) = self.session_before.get() {
            return Ok(known);
        }
        let bars = make()?;
        Ok(self.session_before.get_or_init(|| bars))
    }

    /// Bars that have closed, oldest first.
    pub(super) fn closed_bars(&self) -> &[Bar] {
        self.bars.closed()
    }

    /// When the next bar closes; `None` when all have.
    pub(super) fn next_end(&self) -> Option<DateTime<Utc>> {
        self.bars.next_start().map(|start| start + MINUTE)
    }

    /// Closes the next bar and returns it.
    pub(super) fn close_next(&mut self) -> Result<Option<Bar>, OffGrid> {
        let next = self.bars.close_next()?;
        if let Some(bar) = next.filter(|bar| !bar.volume().is_zero()) {
            self.trade(&bar);
        }
        Ok(next)
    }

    fn trade(&mut self, bar: &Bar) {
        self.volume = self.volume.plus(bar.volume());
        let until = bar.start() + MINUTE;
        self.traded = Some(match self.traded {
            Some(before) => Traded {
                open: before.open,
                high: before.high.max(bar.high()),
                low: before.low.min(bar.low()),
                last: bar.close(),
                until,
            },
            None => Traded {
                open: bar.open(),
                high: bar.high(),
                low: bar.low(),
                last: bar.close(),
                until,
            },
        });
    }

    /// All bars of the day, for the day after to look back on.
    pub(super) fn into_bars(self) -> Result<Vec<Bar>, OffGrid> {
        self.bars.into_all()
    }
}
