//! Wilder's average true range. The library's own is not used: it smooths over another period and
//! so doubles on a single spike.

use super::ohlcv::Ohlcv;
use super::period::{Period, PeriodError};
use super::seeded::SeededAverage;
use super::true_range::TrueRange;

/// The smoothed true range of the last bars, in price units; zero for a flat series.
///
/// Defined as in J. W. Wilder, New Concepts in Technical Trading Systems (1978), over ranges that
/// have a previous close. Gaps between sessions count, which suits stops and not pattern geometry:
/// for that there is [`RobustRange`](super::RobustRange).
///
/// ```
/// use catalyst_domain::indicator::{Atr, Ohlcv};
/// let mut atr = Atr::new(14)?;
/// let bar = Ohlcv::new(10.0, 10.5, 9.5, 10.0, 100.0)?;
/// let readings: Vec<_> = (0..15).map(|_| atr.next(&bar)).collect();
/// assert_eq!(readings[13..], [None, Some(1.0)]);
/// assert_eq!(Atr::new(0).unwrap_err().to_string(), "period is 0 bars; allowed are 1 to 1000");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Atr {
    range: TrueRange,
    average: SeededAverage,
}

impl Atr {
    /// Starts a series. The usual period is 14; the first value comes with bar `period + 1`.
    pub fn new(period_bars: u16) -> Result<Self, PeriodError> {
        let average = SeededAverage::wilder(Period::new(period_bars)?)?;
        Ok(Self {
            range: TrueRange::new(),
            average,
        })
    }

    /// Takes the next closed bar.
    pub fn next(&mut self, bar: &Ohlcv) -> Option<f64> {
        self.average.next(self.range.next(bar)?)
    }

    /// The value at the last bar taken.
    pub(super) fn value(&self) -> Option<f64> {
        self.average.value()
    }

    /// The range of the last bar taken.
    pub(super) const fn range(&self) -> Option<f64> {
        self.range.value()
    }

    pub(super) fn reset(&mut self) {
        self.range = TrueRange::new();
        self.average.reset();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bar(close: f64, reach: f64) -> Ohlcv {
        Ohlcv::new(close, close + reach, close - reach, close, 100.0).unwrap()
    }

    fn readings(bars: &[Ohlcv]) -> Vec<Option<f64>> {
        let mut atr = Atr::new(14).unwrap();
        bars.iter().map(|bar| atr.next(bar)).collect()
    }

    /// The definition written out over the whole slice, with no running state.
    fn by_definition(bars: &[Ohlcv]) -> Option<f64> {
        let ranges: Vec<f64> = bars
            .windows(2)
            .map(|pair| pair[1].high().max(pair[0].close()) - pair[1].low().min(pair[0].close()))
            .collect();
        let seed = ranges.get(..14)?.iter().sum::<f64>() / 14.0;
        Some(
            ranges[14..]
                .iter()
                .fold(seed, |average, range| average + (range - average) / 14.0),
        )
    }

    #[test]
    fn a_flat_series_has_a_range_of_zero_once_warm() {
        let values = readings(&[bar(10.0, 0.0); 20]);

        assert_eq!(values[..14], [None; 14]);
        assert_eq!(values[14..], [Some(0.0); 6]);
    }

    #[test]
    fn a_period_outside_the_bounds_is_refused() {
        assert_eq!(
            Atr::new(0).unwrap_err().to_string(),
            "period is 0 bars; allowed are 1 to 1000"
        );
    }

    proptest! {
        #[test]
        fn streaming_agrees_with_the_definition_over_the_whole_slice(
            shape in prop::collection::vec((10.0_f64..900.0, 0.0_f64..5.0), 0..80)
        ) {
            let bars: Vec<Ohlcv> = shape.iter().map(|&(close, reach)| bar(close, reach)).collect();

            let streamed = readings(&bars).last().copied().flatten();

            match (streamed, by_definition(&bars)) {
                (Some(value), Some(expected)) => {
                    prop_assert!((value - expected).abs() < 1e-9 * expected.max(1.0));
                }
                (value, expected) => prop_assert_eq!(value, expected),
            }
        }
    }
}
