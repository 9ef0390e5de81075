//! Relative volume of one bar: is this bar busier than the ones just before it?

use super::ohlcv::Ohlcv;
use super::period::{Period, PeriodError};
use super::window::{Window, plain_mean};

/// A bar's volume over the mean volume of the bars before it, itself excluded: 1 is ordinary.
///
/// None until the baseline is full and while it holds no volume. The window is summed anew for
/// each bar, so that rounding cannot pile up over a long stream.
///
/// ```
/// use catalyst_domain::indicator::{BarRelativeVolume, Ohlcv};
/// let mut relative = BarRelativeVolume::new(3)?;
/// let volumes = [100.0, 200.0, 300.0, 800.0];
/// let bars = volumes.map(|volume| Ohlcv::new(5.0, 5.0, 5.0, 5.0, volume));
/// let mut last = None;
/// for bar in bars {
///     last = relative.next(&bar?);
/// }
/// assert_eq!(last, Some(4.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct BarRelativeVolume {
    before: Window,
    period: Period,
}

impl BarRelativeVolume {
    /// Starts a series over a baseline of that many bars; the usual one is 20.
    pub fn new(period_bars: u16) -> Result<Self, PeriodError> {
        let period = Period::new(period_bars)?;
        Ok(Self {
            before: Window::new(period),
            period,
        })
    }

    /// Takes the next closed bar.
    pub fn next(&mut self, bar: &Ohlcv) -> Option<f64> {
        let baseline = self.before.newest(self.period.as_len());
        let ratio = baseline.and_then(|before| over_mean(bar.volume(), plain_mean(before)));
        self.before.push(bar.volume());
        ratio
    }
}

/// A volume over a mean; none while that is of no volume.
pub(super) fn over_mean(volume: f64, mean: f64) -> Option<f64> {
    (mean > 0.0).then(|| volume / mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(volumes: &[f64]) -> Vec<Option<f64>> {
        let mut relative = BarRelativeVolume::new(3).unwrap();
        volumes
            .iter()
            .map(|&volume| relative.next(&Ohlcv::new(5.0, 5.0, 5.0, 5.0, volume).unwrap()))
            .collect()
    }

    #[test]
    fn a_bar_is_compared_with_the_ones_before_it_and_not_with_itself() {
        assert_eq!(
            readings(&[100.0, 200.0, 300.0, 800.0, 650.0]),
            [None, None, None, Some(4.0), Some(1.5)]
        );
    }

    #[test]
    fn a_baseline_without_volume_gives_no_value() {
        assert_eq!(
            readings(&[0.0, 0.0, 0.0, 500.0, 100.0]),
            [None, None, None, None, Some(100.0 / (500.0 / 3.0))]
        );
    }
}
