//! The exponential moving average of closes, seeded with the mean of its first period as TA-Lib does.

use super::ohlcv::Ohlcv;
use super::period::{Period, PeriodError};
use super::seeded::SeededAverage;

/// The exponential average of the closes, in price units.
///
/// Other tools seed it with the first price and answer from the first bar on; the difference fades
/// with twice the period.
///
/// ```
/// use catalyst_domain::indicator::{Ema, Ohlcv};
/// let mut average = Ema::new(3)?;
/// let closes = [1.0, 2.0, 3.0, 6.0].map(|close| Ohlcv::new(close, close, close, close, 0.0));
/// let mut values = Vec::new();
/// for bar in closes {
///     values.push(average.next(&bar?));
/// }
/// assert_eq!(values, [None, None, Some(2.0), Some(4.0)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ema {
    average: SeededAverage,
}

impl Ema {
    /// Starts a series; the first value comes with bar `period`.
    pub fn new(period_bars: u16) -> Result<Self, PeriodError> {
        Ok(Self {
            average: SeededAverage::ema(Period::new(period_bars)?)?,
        })
    }

    /// Takes the next closed bar.
    pub fn next(&mut self, bar: &Ohlcv) -> Option<f64> {
        self.average.next(bar.close())
    }

    /// The value at the last bar taken.
    pub(super) fn value(&self) -> Option<f64> {
        self.average.value()
    }

    pub(super) fn reset(&mut self) {
        self.average.reset();
    }
}
