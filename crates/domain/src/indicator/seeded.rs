//! Exponential averages that start as the plain mean of their first inputs, as Wilder and TA-Lib do.
//! The library's average takes its first input as its state, so the mean is what it is fed first.

use ta::indicators::ExponentialMovingAverage;
use ta::{Next as _, Reset as _};

use super::period::{Period, PeriodError};

/// An exponential average that is silent until it has seen a full period.
#[derive(Clone, Debug)]
pub(super) struct SeededAverage {
    inner: ExponentialMovingAverage,
    period: Period,
    /// Inputs of the seed that are still to come.
    missing: u16,
    /// While the seed is gathered its sum, afterwards the last value.
    state: f64,
}

impl SeededAverage {
    /// The usual average, `average += (input - average) * 2 / (n + 1)`.
    pub(super) fn ema(period: Period) -> Result<Self, PeriodError> {
        Self::smoothing_over(period.as_len(), period)
    }

    /// Wilder's smoothing, `average += (input - average) / n`, which is an exponential average of
    /// period `2n - 1`.
    pub(super) fn wilder(period: Period) -> Result<Self, PeriodError> {
        Self::smoothing_over(2 * period.as_len() - 1, period)
    }

    fn smoothing_over(bars: usize, period: Period) -> Result<Self, PeriodError> {
        let Ok(inner) = ExponentialMovingAverage::new(bars) else {
            return Err(PeriodError::refusing(period));
        };
        Ok(Self {
            inner,
            period,
            missing: period.bars(),
            state: 0.0,
        })
    }

    /// Takes one finite input; answers from the input that completes the period.
    #[inline]
    pub(super) fn next(&mut self, input: f64) -> Option<f64> {
        let due = match self.missing {
            0 => input,
            1 => (self.state + input) / self.period.as_f64(),
            2.. => {
                self.missing -= 1;
                self.state += input;
                return None;
            }
        };
        self.missing = 0;
        self.state = self.inner.next(due);
        Some(self.state)
    }

    /// What the last input was answered with.
    pub(super) fn value(&self) -> Option<f64> {
        (self.missing == 0).then_some(self.state)
    }

    pub(super) fn reset(&mut self) {
        self.inner.reset();
        self.missing = self.period.bars();
        self.state = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_is_the_mean_of_the_period_and_later_ones_move_by_a_share_of_the_gap() {
        let mut average = SeededAverage::wilder(Period::new(4).unwrap()).unwrap();

        let values: Vec<Option<f64>> = [1.0, 2.0, 3.0, 6.0, 7.0, 3.0]
            .iter()
            .map(|&input| average.next(input))
            .collect();

        assert_eq!(values, [None, None, None, Some(3.0), Some(4.0), Some(3.75)]);
    }

    #[test]
    fn a_reset_average_gathers_its_seed_again() {
        let mut average = SeededAverage::ema(Period::new(2).unwrap()).unwrap();
        average.next(10.0);
        average.next(20.0);

        average.reset();

        assert_eq!(average.value(), None);
        assert_eq!(average.next(1.0), None);
        assert_eq!(average.next(3.0), Some(2.0));
        assert_eq!(average.value(), Some(2.0));
    }

    #[test]
    fn a_period_of_one_repeats_its_input() {
        let mut average = SeededAverage::wilder(Period::new(1).unwrap()).unwrap();

        assert_eq!(average.next(5.0), Some(5.0));
        assert_eq!(average.next(2.0), Some(2.0));
    }
}
