//! The usual indicators over one series, side by side: a step at a time for rehearsals, a whole slice
//! at once for scans. Both are the same arithmetic, so they agree bar for bar and bit for bit.

use super::atr::Atr;
use super::bollinger::Bands;
use super::ema::Ema;
use super::macd::{Macd, MacdReading};
use super::ohlcv::Ohlcv;
use super::period::{Period, PeriodError};
use super::relative_volume::over_mean;
use super::rsi::Rsi;
use super::window::{Window, count_of, mean, sum_of};

/// Bars of the shortest average, of the bands and of the volume baseline.
const SHORT: usize = 20;
const MEDIUM: usize = 50;
const LONG: usize = 200;
/// Wilder's period.
const WILDER: u16 = 14;

/// The indicators at one bar; each is `None` until it is warm and whenever it is not defined.
///
/// Shown at [`IndicatorSet`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndicatorRow {
    /// Mean of the last 20 closes.
    pub sma20: Option<f64>,
    /// Mean of the last 50 closes.
    pub sma50: Option<f64>,
    /// Mean of the last 200 closes.
    pub sma200: Option<f64>,
    /// Exponential average of the closes over 9 bars.
    pub ema9: Option<f64>,
    /// Exponential average of the closes over 20 bars.
    pub ema20: Option<f64>,
    /// Exponential average of the closes over 21 bars.
    pub ema21: Option<f64>,
    /// Relative strength index over 14 bars, from 0 to 100; none while no price has changed.
    pub rsi14: Option<f64>,
    /// Convergence and divergence of the averages over 12 and 26 bars, with a signal over 9.
    pub macd: Option<MacdReading>,
    /// True range; none for the first bar.
    pub true_range: Option<f64>,
    /// Average true range over 14 bars.
    pub atr14: Option<f64>,
    /// Bollinger bands: 20 bars, two standard deviations.
    pub bands: Option<Bands>,
    /// Mean of the last 20 volumes, this bar's included.
    pub volume_sma20: Option<f64>,
    /// This bar's volume over the mean of the 20 bars before it; none while these had no volume.
    pub relative_volume20: Option<f64>,
}

/// All usual indicators of one series. It holds the last 200 closes and nothing that grows.
///
/// A clone is independent, which answers "what if the running bar closed here":
///
/// ```
/// use catalyst_domain::indicator::{IndicatorSet, Ohlcv};
/// let closes = (0..40_u8).map(|step| 10.0 + f64::from(step % 7));
/// let bars = closes
///     .map(|close| Ohlcv::new(close, close, close, close, 100.0))
///     .collect::<Result<Vec<_>, _>>()?;
/// let mut set = IndicatorSet::new()?;
/// let rows: Vec<_> = bars.iter().map(|bar| set.next(bar)).collect();
/// assert_eq!((rows[18].sma20, rows[19].sma20.is_some(), rows[39].sma50), (None, true, None));
/// let what_if = Ohlcv::new(11.0, 20.0, 11.0, 20.0, 100.0)?;
/// assert!(set.clone().next(&what_if).rsi14 > rows[39].rsi14);
/// assert_eq!(set.row(), rows[39]);
/// assert_eq!(IndicatorSet::new()?.over(&bars), rows[39]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct IndicatorSet {
    closes: Window,
    /// One more than the baseline, for the bar that is compared with it.
    volumes: Window,
    smoothed: Smoothed,
}

/// What is carried from bar to bar in a few numbers.
#[derive(Clone, Debug)]
struct Smoothed {
    ema9: Ema,
    ema20: Ema,
    ema21: Ema,
    rsi: Rsi,
    macd: Macd,
    atr: Atr,
}

impl Smoothed {
    #[inline]
    fn push(&mut self, bar: &Ohlcv) {
        self.ema9.next(bar);
        self.ema20.next(bar);
        self.ema21.next(bar);
        self.rsi.push(bar.close());
        self.macd.push(bar.close());
        self.atr.next(bar);
    }

    /// All bars through a few averages at a time, on copies that fit into registers: a state that goes
    /// through memory between two bars costs twice the time.
    fn push_all(&mut self, bars: &[Ohlcv]) {
        let (mut ema9, mut ema20, mut ema21) =
            (self.ema9.clone(), self.ema20.clone(), self.ema21.clone());
        for bar in bars {
            ema9.next(bar);
            ema20.next(bar);
            ema21.next(bar);
        }
        (self.ema9, self.ema20, self.ema21) = (ema9, ema20, ema21);
        let mut macd = self.macd.clone();
        for bar in bars {
            macd.push(bar.close());
        }
        self.macd = macd;
        let (mut rsi, mut atr) = (self.rsi.clone(), self.atr.clone());
        for bar in bars {
            rsi.push(bar.close());
            atr.next(bar);
        }
        (self.rsi, self.atr) = (rsi, atr);
    }

    fn reset(&mut self) {
        for average in [&mut self.ema9, &mut self.ema20, &mut self.ema21] {
            average.reset();
        }
        self.rsi.reset();
        self.macd.reset();
        self.atr.reset();
    }
}

impl IndicatorSet {
    /// Starts a series. The only allocation there is: what follows runs in the memory taken here.
    pub fn new() -> Result<Self, PeriodError> {
        Ok(Self {
            closes: Window::new(Period::new(200)?),
            volumes: Window::new(Period::new(21)?),
            smoothed: Smoothed {
                ema9: Ema::new(9)?,
                ema20: Ema::new(20)?,
                ema21: Ema::new(21)?,
                rsi: Rsi::new(WILDER)?,
                macd: Macd::new()?,
                atr: Atr::new(WILDER)?,
            },
        })
    }

    /// Takes the next closed bar and gives its row.
    pub fn next(&mut self, bar: &Ohlcv) -> IndicatorRow {
        self.push(bar);
        self.row()
    }

    /// Takes the next closed bar whose row nobody asks for, which leaves out the sums over windows.
    pub fn push(&mut self, bar: &Ohlcv) {
        self.closes.push(bar.close());
        self.volumes.push(bar.volume());
        self.smoothed.push(bar);
    }

    /// The row of the last bar taken.
    pub fn row(&self) -> IndicatorRow {
        let smoothed = &self.smoothed;
        // As arrays, whose sums are laid out when the program is built.
        let closes = self.closes.newest(SHORT);
        let closes = closes.and_then(<[f64]>::first_chunk::<SHORT>);
        let sma20 = closes.and_then(|closes| mean(closes));
        let (volume_sma20, relative_volume20) = self.volume_figures();
        IndicatorRow {
            sma20,
            sma50: self.closes.mean(MEDIUM),
            sma200: self.closes.mean(LONG),
            ema9: smoothed.ema9.value(),
            ema20: smoothed.ema20.value(),
            ema21: smoothed.ema21.value(),
            rsi14: smoothed.rsi.value(),
            macd: smoothed.macd.value(),
            true_range: smoothed.atr.range(),
            atr14: smoothed.atr.value(),
            bands: sma20
                .zip(closes)
                .map(|(middle, closes)| Bands::around(middle, closes)),
            volume_sma20,
            relative_volume20,
        }
    }

    /// The mean of the last 20 volumes, and the last volume over the mean of the 20 before it. The two
    /// windows differ in their ends only.
    fn volume_figures(&self) -> (Option<f64>, Option<f64>) {
        let volumes = self.volumes.newest(SHORT);
        let volumes = volumes.and_then(<[f64]>::first_chunk::<SHORT>);
        let Some([between @ .., newest]) = volumes else {
            return (None, None);
        };
        let sum = sum_of(between, |volume| volume);
        let mean_with = |end: f64| (sum + end) / (count_of(between) + 1.0);
        let before = self.volumes.newest(SHORT + 1).and_then(<[f64]>::first);
        let relative = before.and_then(|oldest| over_mean(*newest, mean_with(*oldest)));
        (Some(mean_with(*newest)), relative)
    }

    /// Forgets the series and keeps the memory.
    pub fn reset(&mut self) {
        self.closes.clear();
        self.volumes.clear();
        self.smoothed.reset();
    }

    /// The row of the last of `bars`, which are a series of their own, oldest first.
    pub fn over(&mut self, bars: &[Ohlcv]) -> IndicatorRow {
        self.reset();
        self.smoothed.push_all(bars);
        for bar in self.closes.only_the_last(bars) {
            self.closes.push(bar.close());
        }
        for bar in self.volumes.only_the_last(bars) {
            self.volumes.push(bar.volume());
        }
        self.row()
    }

    /// The rows of `bars`, which are a series of their own, oldest first.
    ///
    /// ```
    /// use catalyst_domain::indicator::{IndicatorSet, Ohlcv};
    /// let bars = [Ohlcv::new(10.0, 11.0, 9.0, 10.0, 100.0)?; 15];
    /// let mut set = IndicatorSet::new()?;
    /// let ranges: Vec<_> = set.rows(&bars).map(|row| row.atr14).collect();
    /// assert_eq!((ranges.len(), ranges[13], ranges[14]), (15, None, Some(2.0)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rows<'a>(&'a mut self, bars: &'a [Ohlcv]) -> impl Iterator<Item = IndicatorRow> + 'a {
        self.reset();
        bars.iter().map(|bar| self.next(bar))
    }
}
