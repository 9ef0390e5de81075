//! Bar series: bars of one symbol in time order, at least one.

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::Bar;

/// Bars whose starts strictly increase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarSeries {
    bars: Vec<Bar>,
    last: Bar,
}

/// Why bars make no series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SeriesError {
    /// There is no bar at all.
    #[error("a series needs at least one bar")]
    Empty,
    /// A bar does not begin after the one before it.
    #[error("bar at {found} does not come after the bar at {before}")]
    Unordered {
        /// Start of the earlier bar.
        before: DateTime<Utc>,
        /// Start of the bar that should be later.
        found: DateTime<Utc>,
    },
}

impl BarSeries {
    /// A series of `bars` in the order given.
    ///
    /// ```
    /// use catalyst_domain::market::{Bar, BarSeries, Ohlc};
    /// use catalyst_domain::quantity::Shares;
    /// let price = "500".parse()?;
    /// let prices = Ohlc { open: price, high: price, low: price, close: price };
    /// let bar = Bar::new("2026-11-23T01:30:00Z".parse()?, prices, Shares::ZERO)?;
    /// assert_eq!(BarSeries::new(vec![bar])?.last(), &bar);
    /// assert_eq!(
    ///     BarSeries::new(vec![bar, bar]).unwrap_err().to_string(),
    ///     "bar at 2026-11-23 01:30:00 UTC does not come after the bar at 2026-11-23 01:30:00 UTC"
    /// );
    /// assert_eq!(BarSeries::new(vec![]).unwrap_err().to_string(), "a series needs at least one bar");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(bars: Vec<Bar>) -> Result<Self, SeriesError> {
        let last = *bars.last().ok_or(SeriesError::Empty)?;
        for (before, after) in bars.iter().zip(bars.iter().skip(1)) {
            if after.start() <= before.start() {
                return Err(SeriesError::Unordered {
                    before: before.start(),
                    found: after.start(),
                });
            }
        }
        Ok(Self { bars, last })
    }

    /// All bars, oldest first.
    pub fn bars(&self) -> &[Bar] {
        &self.bars
    }

    /// The newest bar.
    pub const fn last(&self) -> &Bar {
        &self.last
    }
}
