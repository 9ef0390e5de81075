//! Wilder's relative strength index. The library's own RSI is not used: it smooths over another
//! period and seeds with an absolute number, which is up to 23 points off and worst for low prices.

use super::ohlcv::Ohlcv;
use super::period::{Period, PeriodError};
use super::seeded::SeededAverage;

/// The share of upward movement in all movement of the last bars, from 0 to 100.
///
/// Defined as in J. W. Wilder, New Concepts in Technical Trading Systems (1978). A series that has
/// not moved yet has no RSI: 0, 50 and 100 would each be a claim.
///
/// ```
/// use catalyst_domain::indicator::{Ohlcv, Rsi};
/// let mut rsi = Rsi::new(14)?;
/// let flat = Ohlcv::new(10.0, 10.0, 10.0, 10.0, 100.0)?;
/// assert_eq!((0..40).filter_map(|_| rsi.next(&flat)).count(), 0);
/// let rise = Ohlcv::new(10.0, 10.1, 10.0, 10.1, 100.0)?;
/// assert_eq!(rsi.next(&rise), Some(100.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rsi {
    gains: SeededAverage,
    losses: SeededAverage,
    previous_close: Option<f64>,
}

impl Rsi {
    /// Starts a series. The usual period is 14; the first value comes with bar `period + 1`.
    ///
    /// Remainders of the start fade slowly: with 50 bars the value may be 3 points from its
    /// long-history one, from 150 bars on the difference is under 0.002.
    pub fn new(period_bars: u16) -> Result<Self, PeriodError> {
        let period = Period::new(period_bars)?;
        Ok(Self {
            gains: SeededAverage::wilder(period)?,
            losses: SeededAverage::wilder(period)?,
            previous_close: None,
        })
    }

    /// Takes the next closed bar.
    pub fn next(&mut self, bar: &Ohlcv) -> Option<f64> {
        self.push(bar.close());
        self.value()
    }

    pub(super) fn push(&mut self, close: f64) {
        if let Some(previous) = self.previous_close.replace(close) {
            let change = close - previous;
            let (gain, loss) = if change > 0.0 {
                (change, 0.0)
            } else {
                (0.0, -change)
            };
            self.gains.next(gain);
            self.losses.next(loss);
        }
    }

    /// The value at the last bar taken.
    pub(super) fn value(&self) -> Option<f64> {
        let (up, down) = (self.gains.value()?, self.losses.value()?);
        let movement = up + down;
        (movement > 0.0).then(|| 100.0 * (up / movement))
    }

    pub(super) fn reset(&mut self) {
        self.gains.reset();
        self.losses.reset();
        self.previous_close = None;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn readings(closes: &[f64]) -> Vec<Option<f64>> {
        let mut rsi = Rsi::new(14).unwrap();
        closes
            .iter()
            .map(|&close| rsi.next(&flat_bar(close)))
            .collect()
    }

    fn flat_bar(close: f64) -> Ohlcv {
        Ohlcv::new(close, close, close, close, 100.0).unwrap()
    }

    /// The definition written out over the whole slice, with no running state.
    fn by_definition(closes: &[f64]) -> Option<f64> {
        let changes: Vec<f64> = closes.windows(2).map(|pair| pair[1] - pair[0]).collect();
        if changes.len() < 14 {
            return None;
        }
        let smooth = |sign: f64| {
            let moved = |change: &f64| (sign * change).max(0.0);
            let seed = changes[..14].iter().map(moved).sum::<f64>() / 14.0;
            changes[14..]
                .iter()
                .map(moved)
                .fold(seed, |average, new| average + (new - average) / 14.0)
        };
        let (up, down) = (smooth(1.0), smooth(-1.0));
        (up + down > 0.0).then(|| 100.0 * up / (up + down))
    }

    #[test]
    fn fifteen_bars_give_the_first_value() {
        let closes: Vec<f64> = (0..15).map(|step| 10.0 + f64::from(step % 3)).collect();

        let values = readings(&closes);

        assert_eq!(values[..14], [None; 14]);
        assert!(
            (values[14].unwrap() - 100.0 * 10.0 / 18.0).abs() < 1e-9,
            "{:?}",
            values[14]
        );
    }

    #[test]
    fn one_way_series_sit_exactly_at_the_ends_of_the_scale() {
        let rising: Vec<f64> = (0..60).map(|step| 10.0 + 0.02 * f64::from(step)).collect();
        let falling: Vec<f64> = rising.iter().rev().copied().collect();

        assert!(
            readings(&rising)[14..]
                .iter()
                .all(|&value| value == Some(100.0))
        );
        assert!(
            readings(&falling)[14..]
                .iter()
                .all(|&value| value == Some(0.0))
        );
    }

    #[test]
    fn a_series_without_a_change_has_no_value_until_the_first_one() {
        let mut closes = vec![5.0; 40];
        closes.push(5.01);

        let values = readings(&closes);

        assert_eq!(values[..40], [None; 40]);
        assert_eq!(values[40], Some(100.0));
    }

    proptest! {
        #[test]
        fn streaming_agrees_with_the_definition_over_the_whole_slice(
            closes in prop::collection::vec(1.0_f64..900.0, 0..80)
        ) {
            let streamed = readings(&closes).last().copied().flatten();

            match (streamed, by_definition(&closes)) {
                (Some(value), Some(expected)) => prop_assert!((value - expected).abs() < 1e-7),
                (value, expected) => prop_assert_eq!(value, expected),
            }
        }

        #[test]
        fn the_scale_of_prices_does_not_matter(
            closes in prop::collection::vec(1.0_f64..900.0, 15..80),
            scale in prop::sample::select(vec![1e-4, 0.5, 8.0, 1e4]),
        ) {
            let scaled: Vec<f64> = closes.iter().map(|close| close * scale).collect();

            let value = readings(&closes).last().copied().flatten();
            let value_scaled = readings(&scaled).last().copied().flatten();

            match (value, value_scaled) {
                (Some(value), Some(scaled)) => prop_assert!((value - scaled).abs() < 1e-7),
                (value, scaled) => prop_assert_eq!(value, scaled),
            }
        }

        #[test]
        fn a_clone_asks_what_if_without_disturbing_the_original(
            closes in prop::collection::vec(1.0_f64..900.0, 15..60),
            what_if in 1.0_f64..900.0,
            next in 1.0_f64..900.0,
        ) {
            let mut rsi = Rsi::new(14).unwrap();
            for &close in &closes {
                rsi.next(&flat_bar(close));
            }

            let asked = rsi.clone().next(&flat_bar(what_if));
            let answered = rsi.next(&flat_bar(next));

            let with = |last: f64| {
                let all: Vec<f64> = closes.iter().copied().chain([last]).collect();
                readings(&all).last().copied().flatten()
            };
            prop_assert_eq!(asked, with(what_if));
            prop_assert_eq!(answered, with(next));
        }
    }
}
