//! Bollinger bands, in two passes over their window. The `ta` crate's running variance is not used:
//! it drifts by up to 2e-8 on long streams, and after a spike by more than the bands are wide.

use super::ohlcv::Ohlcv;
use super::period::{Period, PeriodError};
use super::window::{Window, count_of, sum_of};

/// Deviations between the middle and a band, as John Bollinger drew them.
const DEVIATIONS: f64 = 2.0;

/// A band narrower than this share of the price is rounding, not movement.
const WIDTH_SHARE_MIN: f64 = 1e-9;

/// The bands at one bar, in price units.
///
/// ```
/// use catalyst_domain::indicator::Bands;
/// let bands = Bands { upper: 12.0, middle: 10.0, lower: 8.0 };
/// assert_eq!(bands.place_of(11.0), Some(0.75));
/// assert_eq!(bands.bandwidth(), Some(0.4));
/// let flat = Bands { upper: 10.0, middle: 10.0, lower: 10.0 };
/// assert_eq!((flat.place_of(10.0), flat.bandwidth()), (None, None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bands {
    /// Middle plus two standard deviations.
    pub upper: f64,
    /// The mean of the closes.
    pub middle: f64,
    /// Middle less two standard deviations.
    pub lower: f64,
}

impl Bands {
    /// Where a price lies between lower (0) and upper (1), also called %B; beyond them it leaves that
    /// range. None while the bands have no width.
    pub fn place_of(&self, price: f64) -> Option<f64> {
        self.width().map(|width| (price - self.lower) / width)
    }

    /// Width over middle; none while the bands have no width.
    pub fn bandwidth(&self) -> Option<f64> {
        self.width().map(|width| width / self.middle)
    }

    fn width(&self) -> Option<f64> {
        let width = self.upper - self.lower;
        (width >= WIDTH_SHARE_MIN * self.middle).then_some(width)
    }

    /// The bands of a window that is not empty and whose mean is known.
    #[inline]
    pub(super) fn around(middle: f64, closes: &[f64]) -> Self {
        let squared = |close: f64| (close - middle) * (close - middle);
        // Over the count and not one less: the window is the whole population.
        let reach = DEVIATIONS * (sum_of(closes, squared) / count_of(closes)).sqrt();
        Self {
            upper: middle + reach,
            middle,
            lower: middle - reach,
        }
    }
}

/// Bands of two standard deviations around the mean of the last closes.
///
/// ```
/// use catalyst_domain::indicator::{Bands, Bollinger, Ohlcv};
/// let mut bollinger = Bollinger::new(4)?;
/// let mut last = None;
/// for close in [9.0, 11.0, 9.0, 11.0] {
///     last = bollinger.next(&Ohlcv::new(close, close, close, close, 0.0)?);
/// }
/// assert_eq!(last, Some(Bands { upper: 12.0, middle: 10.0, lower: 8.0 }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Bollinger {
    window: Window,
    period: Period,
}

impl Bollinger {
    /// Starts a series. The usual period is 20; the first value comes with bar `period`.
    pub fn new(period_bars: u16) -> Result<Self, PeriodError> {
        let period = Period::new(period_bars)?;
        Ok(Self {
            window: Window::new(period),
            period,
        })
    }

    /// Takes the next closed bar.
    pub fn next(&mut self, bar: &Ohlcv) -> Option<Bands> {
        self.window.push(bar.close());
        let closes = self.window.newest(self.period.as_len())?;
        Some(Bands::around(self.window.mean(closes.len())?, closes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands(closes: &[f64]) -> Option<Bands> {
        let mut bollinger = Bollinger::new(20).unwrap();
        closes
            .iter()
            .map(|&close| bollinger.next(&Ohlcv::new(close, close, close, close, 0.0).unwrap()))
            .last()
            .flatten()
    }

    #[test]
    fn a_flat_series_has_bands_of_no_width_and_no_place_between_them() {
        let flat = bands(&[0.013; 25]).unwrap();

        assert_eq!((flat.upper, flat.middle, flat.lower), (0.013, 0.013, 0.013));
        assert_eq!(flat.place_of(0.013), None);
        assert_eq!(flat.bandwidth(), None);
    }

    #[test]
    fn a_spike_widens_the_bands_while_it_is_in_the_window_and_no_longer() {
        let mut closes = [0.01, 0.012].repeat(10);
        let quiet = bands(&closes).unwrap();
        closes.push(1e6);
        let spiked = bands(&closes).unwrap();
        closes.extend([0.01, 0.012].repeat(10));
        let forgotten = bands(&closes).unwrap();

        assert!(spiked.upper > 1e5, "{spiked:?}");
        assert!(
            (forgotten.upper - quiet.upper).abs() < 1e-15,
            "{forgotten:?}"
        );
        assert!(
            (forgotten.lower - quiet.lower).abs() < 1e-15,
            "{forgotten:?}"
        );
    }

    #[test]
    fn the_deviation_is_that_of_a_whole_population() {
        let closes: Vec<f64> = (0..20_u8).map(f64::from).map(|step| 10.0 + step).collect();

        let found = bands(&closes).unwrap();

        // The variance of 0..n-1 is (n * n - 1) / 12.
        let reach = 2.0 * (399.0_f64 / 12.0).sqrt();
        assert!((found.upper - (19.5 + reach)).abs() < 1e-12, "{found:?}");
        assert!((found.lower - (19.5 - reach)).abs() < 1e-12, "{found:?}");
    }
}
