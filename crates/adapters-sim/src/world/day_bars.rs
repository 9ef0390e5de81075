//! The minute bars of one symbol on one day: all there, or made when their time has come.

use catalyst_domain::market::Bar;
use chrono::{DateTime, Utc};

use crate::generator::{Minutes, OffGrid};

/// Bars in the order of their starts, the first of which have closed.
#[derive(Debug)]
pub(super) struct DayBars {
    bars: Vec<Bar>,
    closed: usize,
    /// Makes those behind `bars`.
    rest: Option<Minutes>,
}

impl DayBars {
    /// All bars of a day.
    pub(super) const fn of_files(bars: Vec<Bar>) -> Self {
        Self {
            bars,
            closed: 0,
            rest: None,
        }
    }

    /// A day to be made.
    pub(super) const fn to_make(minutes: Minutes) -> Self {
        Self {
            bars: Vec::new(),
            closed: 0,
            rest: Some(minutes),
        }
    }

    /// Bars that have closed, oldest first.
    pub(super) fn closed(&self) -> &[Bar] {
        self.bars.get(..self.closed).unwrap_or(&[])
    }

    /// When the next bar begins; `None` when all have closed.
    pub(super) fn next_start(&self) -> Option<DateTime<Utc>> {
        match self.bars.get(self.closed) {
            Some(bar) => Some(bar.start()),
            None => self.rest.as_ref()?.next_start(),
        }
    }

    /// Closes the next bar and returns it.
    pub(super) fn close_next(&mut self) -> Result<Option<Bar>, OffGrid> {
        if self.closed == self.bars.len() {
            let made = self.rest.as_mut().and_then(Minutes::next).transpose()?;
            self.bars.extend(made);
        }
        let next = self.bars.get(self.closed).copied();
        self.closed += usize::from(next.is_some());
        Ok(next)
    }

    /// All bars of the day.
    pub(super) fn into_all(self) -> Result<Vec<Bar>, OffGrid> {
        let mut bars = self.bars;
        for bar in self.rest.into_iter().flatten() {
            bars.push(bar?);
        }
        Ok(bars)
    }
}
