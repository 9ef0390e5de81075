//! The simple moving average: the plain mean of the last bars. The `ta` crate's own is not used: it
//! answers before its window is full, and its running sum never forgets a spike that has left.

use super::ohlcv::Ohlcv;
use super::period::{Period, PeriodError};
use super::window::{Window, plain_mean};

/// The mean of the last closes, in price units, or of the last volumes, in shares.
///
/// ```
/// use catalyst_domain::indicator::{Ohlcv, Sma};
/// let mut closes = Sma::of_closes(3)?;
/// let mut volumes = Sma::of_volumes(2)?;
/// let mut last = (None, None);
/// for (price, volume) in [(1.0, 10.0), (2.0, 20.0), (6.0, 40.0)] {
///     let bar = Ohlcv::new(price, price, price, price, volume)?;
///     last = (closes.next(&bar), volumes.next(&bar));
/// }
/// assert_eq!(last, (Some(3.0), Some(30.0)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Sma {
    window: Window,
    period: Period,
    source: Averaged,
}

/// What of a bar is averaged.
#[derive(Clone, Copy, Debug)]
enum Averaged {
    Closes,
    Volumes,
}

impl Sma {
    /// Starts a series of closes; the first value comes with bar `period`.
    pub fn of_closes(period_bars: u16) -> Result<Self, PeriodError> {
        Self::new(period_bars, Averaged::Closes)
    }

    /// Starts a series of volumes; the first value comes with bar `period`.
    pub fn of_volumes(period_bars: u16) -> Result<Self, PeriodError> {
        Self::new(period_bars, Averaged::Volumes)
    }

    fn new(period_bars: u16, source: Averaged) -> Result<Self, PeriodError> {
        let period = Period::new(period_bars)?;
        Ok(Self {
            window: Window::new(period),
            period,
            source,
        })
    }

    /// Takes the next closed bar.
    pub fn next(&mut self, bar: &Ohlcv) -> Option<f64> {
        let values = self.period.as_len();
        match self.source {
            Averaged::Closes => {
                self.window.push(bar.close());
                self.window.mean(values)
            }
            Averaged::Volumes => {
                self.window.push(bar.volume());
                self.window.newest(values).map(plain_mean)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(close: f64) -> Ohlcv {
        Ohlcv::new(close, close, close, close, 100.0).unwrap()
    }

    #[test]
    fn the_mean_is_of_the_last_bars_only_and_missing_before_them() {
        let mut average = Sma::of_closes(3).unwrap();

        let values: Vec<_> = [1.0, 2.0, 6.0, 7.0]
            .map(|close| average.next(&bar(close)))
            .to_vec();

        assert_eq!(values, [None, None, Some(3.0), Some(5.0)]);
    }

    #[test]
    fn a_spike_that_has_left_the_window_leaves_no_trace() {
        let mut average = Sma::of_closes(20).unwrap();
        average.next(&bar(1e12));

        let last = (0..20).map(|_| average.next(&bar(0.013))).last().unwrap();

        assert_eq!(last, Some(0.013));
    }

    #[test]
    fn a_period_outside_the_bounds_is_refused() {
        assert_eq!(
            Sma::of_closes(0).unwrap_err().to_string(),
            "period is 0 bars; allowed are 1 to 1000"
        );
        assert_eq!(
            Sma::of_volumes(1_001).unwrap_err().to_string(),
            "period is 1001 bars; allowed are 1 to 1000"
        );
    }
}
