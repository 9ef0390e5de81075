//! Moving average convergence and divergence, seeded as TA-Lib does: the fast average begins late,
//! so that both begin on the same bar.

use super::ohlcv::Ohlcv;
use super::period::{Period, PeriodError};
use super::seeded::SeededAverage;

/// Periods in common use: fast, slow, signal.
const FAST: u16 = 12;
const SLOW: u16 = 26;
const SIGNAL: u16 = 9;

/// The three figures at one bar, in price units: never compared across symbols.
///
/// Shown at [`Macd`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MacdReading {
    /// Fast average less slow average.
    pub line: f64,
    /// The average of the line.
    pub signal: f64,
    /// Line less signal.
    pub histogram: f64,
}

/// The distance of a fast from a slow average of the closes, with the average of that distance.
///
/// All three figures are published together, from the bar on which the last of them is defined.
///
/// ```
/// use catalyst_domain::indicator::{Macd, Ohlcv};
/// let mut macd = Macd::new()?;
/// let mut warm = Vec::new();
/// for step in 0..40_u8 {
///     let price = 10.0 + f64::from(step);
///     warm.extend(macd.next(&Ohlcv::new(price, price, price, price, 0.0)?));
/// }
/// assert_eq!(warm.len(), 40 - 33);
/// // A steady rise of one a bar keeps both averages half their period behind.
/// assert_eq!(warm[0].line, 7.0);
/// assert_eq!(warm[0].histogram, 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Macd {
    fast: SeededAverage,
    slow: SeededAverage,
    signal: SeededAverage,
    /// Bars that the fast average has still to let pass.
    held_back: u16,
    line: Option<f64>,
}

impl Macd {
    /// Starts a series with the periods 12, 26 and 9; the first value comes with bar 34.
    pub fn new() -> Result<Self, PeriodError> {
        let average = |bars| SeededAverage::ema(Period::new(bars)?);
        Ok(Self {
            fast: average(FAST)?,
            slow: average(SLOW)?,
            signal: average(SIGNAL)?,
            held_back: SLOW - FAST,
            line: None,
        })
    }

    /// Takes the next closed bar.
    pub fn next(&mut self, bar: &Ohlcv) -> Option<MacdReading> {
        self.push(bar.close());
        self.value()
    }

    #[inline]
    pub(super) fn push(&mut self, close: f64) {
        let slow = self.slow.next(close);
        if self.held_back > 0 {
            self.held_back -= 1;
            return;
        }
        if let (Some(fast), Some(slow)) = (self.fast.next(close), slow) {
            self.line = Some(fast - slow);
            self.signal.next(fast - slow);
        }
    }

    /// The value at the last bar taken.
    pub(super) fn value(&self) -> Option<MacdReading> {
        let (line, signal) = (self.line?, self.signal.value()?);
        Some(MacdReading {
            line,
            signal,
            histogram: line - signal,
        })
    }

    pub(super) fn reset(&mut self) {
        self.fast.reset();
        self.slow.reset();
        self.signal.reset();
        self.held_back = SLOW - FAST;
        self.line = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_published_before_the_signal_is_defined() {
        let mut macd = Macd::new().unwrap();
        let bar = Ohlcv::new(10.0, 10.0, 10.0, 10.0, 0.0).unwrap();

        let silent = (0..40).take_while(|_| macd.next(&bar).is_none()).count();

        assert_eq!(silent, 33);
    }

    #[test]
    fn a_reset_series_begins_anew() {
        let bars: Vec<Ohlcv> = (0..50_u16)
            .map(|step| 10.0 + f64::from(step * 7 % 13))
            .map(|price| Ohlcv::new(price, price, price, price, 0.0).unwrap())
            .collect();
        let run = |macd: &mut Macd| -> Vec<_> { bars.iter().map(|bar| macd.next(bar)).collect() };
        let mut macd = Macd::new().unwrap();

        let first = run(&mut macd);
        macd.reset();

        assert_eq!(run(&mut macd), first);
        assert!(first[33].is_some_and(|reading| reading.histogram.abs() > 1e-3));
    }
}
