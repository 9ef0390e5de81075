//! Readings: the indicators of a stretch of bars as decimals, rounded to what they are worth.
//! The way in from exact bars to floats and the way out again; both are here and nowhere else.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{DayProgress, DayRelativeVolume, IndicatorSet, Ohlcv, SessionVwap, VolumeProfile};
use crate::market::Bar;
use crate::price::Price;
use crate::quantity::Shares;

/// Units of [`Price::units`] to one.
const PRICE_UNITS: f64 = 100_000_000.0;

/// Digits that a price-like figure is told with: finer than a tenth of a tick at any price.
const DIGITS: u32 = 5;

/// Indicators at the last of some bars, in price units unless said; `None` until each is warm.
///
/// Shown at [`readings`](readings()).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readings {
    /// Relative strength index over 14 bars, to two places.
    pub rsi: Option<Decimal>,
    /// Convergence and divergence of the averages over 12 and 26 bars, signal over 9.
    pub macd: Option<MacdFigures>,
    /// Mean of the last 20 closes.
    pub sma20: Option<Decimal>,
    /// Mean of the last 50 closes.
    pub sma50: Option<Decimal>,
    /// Exponential average over 9 bars.
    pub ema9: Option<Decimal>,
    /// Exponential average over 20 bars.
    pub ema20: Option<Decimal>,
    /// Average true range over 14 bars.
    pub atr: Option<Decimal>,
    /// Bollinger bands over 20 bars, two deviations.
    pub bands: Option<BandFigures>,
}

/// The three figures of MACD.
///
/// Shown at [`readings`](readings()).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MacdFigures {
    /// Fast average less slow average.
    pub line: Decimal,
    /// The average of the line.
    pub signal: Decimal,
    /// Line less signal.
    pub histogram: Decimal,
}

/// A middle with a band on either side of it.
///
/// Shown at [`vwap_bands`](vwap_bands()).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BandFigures {
    /// Middle plus two deviations.
    pub upper: Decimal,
    /// The middle.
    pub middle: Decimal,
    /// Middle less two deviations.
    pub lower: Decimal,
}

/// Volume so far against what is usual by this time of day.
///
/// Shown at [`relative_volume`](relative_volume()).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VolumeReading {
    /// The ratio, to two places.
    pub ratio: Decimal,
    /// Past sessions it rests on.
    pub sessions: u32,
}

/// The float view of an exact bar; `None` when its figures are beyond what floats are kept to.
///
/// ```
/// use catalyst_domain::indicator::float_view;
/// use catalyst_domain::market::{Bar, Ohlc};
/// use catalyst_domain::quantity::Shares;
/// let prices = Ohlc {
///     open: "500".parse()?,
///     high: "503".parse()?,
///     low: "500".parse()?,
///     close: "503".parse()?,
/// };
/// let bar = Bar::new("2026-11-23T01:30:00Z".parse()?, prices, Shares::new(100)?)?;
/// assert_eq!(float_view(&bar).map(|view| view.typical_price()), Some(502.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn float_view(bar: &Bar) -> Option<Ohlcv> {
    let [open, high, low, close] =
        [bar.open(), bar.high(), bar.low(), bar.close()].map(float_price);
    Ohlcv::new(open?, high?, low?, close?, float_count(bar.volume())?).ok()
}

/// The float next to a price, as its units and their number to one are whole in floats.
fn float_price(price: Price) -> Option<f64> {
    Some(price.units().to_f64()? / PRICE_UNITS)
}

fn float_count(shares: Shares) -> Option<f64> {
    Decimal::from(shares.count()).to_f64()
}

fn rounded(value: f64, places: u32) -> Option<Decimal> {
    Decimal::try_from(value)
        .ok()
        .map(|exact| exact.round_dp(places).normalize())
}

fn significant(value: f64) -> Option<Decimal> {
    let exact = Decimal::try_from(value).ok()?;
    exact.round_sf(DIGITS).map(|figure| figure.normalize())
}

fn band_figures(upper: f64, middle: f64, lower: f64) -> Option<BandFigures> {
    Some(BandFigures {
        upper: significant(upper)?,
        middle: significant(middle)?,
        lower: significant(lower)?,
    })
}

/// The indicators at the last of `bars`, oldest first; nothing when a bar is beyond what floats are
/// kept to.
///
/// ```
/// use catalyst_domain::indicator::readings;
/// use catalyst_domain::market::{Bar, Ohlc};
/// use catalyst_domain::{price::Price, quantity::Shares};
/// use chrono::{DateTime, TimeDelta, Utc};
/// let first: DateTime<Utc> = "2026-11-23T01:30:00Z".parse()?;
/// let mut bars = Vec::new();
/// for step in 0..15 {
///     let price = Price::new((500 + step).into())?;
///     let prices = Ohlc { open: price, high: price, low: price, close: price };
///     bars.push(Bar::new(first + TimeDelta::minutes(5 * step), prices, Shares::ZERO)?);
/// }
/// assert_eq!(readings(&bars).rsi, Some(100.into()));
/// assert_eq!(readings(&bars).atr, Some(1.into()));
/// assert_eq!((readings(&bars[..14]).rsi, readings(&bars).macd), (None, None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn readings(bars: &[Bar]) -> Readings {
    let Ok(mut set) = IndicatorSet::new() else {
        return Readings::default();
    };
    for bar in bars {
        let Some(view) = float_view(bar) else {
            return Readings::default();
        };
        set.push(&view);
    }
    let row = set.row();
    Readings {
        rsi: row.rsi14.and_then(|value| rounded(value, 2)),
        macd: row.macd.and_then(|macd| {
            Some(MacdFigures {
                line: significant(macd.line)?,
                signal: significant(macd.signal)?,
                histogram: significant(macd.histogram)?,
            })
        }),
        sma20: row.sma20.and_then(significant),
        sma50: row.sma50.and_then(significant),
        ema9: row.ema9.and_then(significant),
        ema20: row.ema20.and_then(significant),
        atr: row.atr14.and_then(significant),
        bands: row
            .bands
            .and_then(|bands| band_figures(bands.upper, bands.middle, bands.lower)),
    }
}

/// Volume-weighted average price of `today`, the bars of one session day, with bands of two weighted
/// deviations.
///
/// ```
/// use catalyst_domain::indicator::vwap_bands;
/// use catalyst_domain::market::{Bar, Ohlc};
/// use catalyst_domain::quantity::Shares;
/// let mut day = Vec::new();
/// for (at, price) in [("2026-11-23T01:30:00Z", "499"), ("2026-11-23T01:31:00Z", "501")] {
///     let price = price.parse()?;
///     let prices = Ohlc { open: price, high: price, low: price, close: price };
///     day.push(Bar::new(at.parse()?, prices, Shares::new(100)?)?);
/// }
/// let bands = vwap_bands(&day).ok_or("traded")?;
/// assert_eq!((bands.lower, bands.middle, bands.upper), (498.into(), 500.into(), 502.into()));
/// assert_eq!(vwap_bands(&[]), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn vwap_bands(today: &[Bar]) -> Option<BandFigures> {
    let mut vwap = SessionVwap::new();
    for bar in today {
        vwap.next(&float_view(bar)?);
    }
    let bands = vwap.bands()?;
    band_figures(bands.upper, bands.vwap, bands.lower)
}

/// Volume-weighted average price of `today`, the bars of one session day, to four places.
///
/// ```
/// use catalyst_domain::indicator::session_vwap;
/// use catalyst_domain::market::{Bar, Ohlc};
/// use catalyst_domain::quantity::Shares;
/// let prices = Ohlc {
///     open: "500".parse()?,
///     high: "503".parse()?,
///     low: "500".parse()?,
///     close: "503".parse()?,
/// };
/// let bar = Bar::new("2026-11-23T01:30:00Z".parse()?, prices, Shares::new(100)?)?;
/// assert_eq!(session_vwap(&[bar]), Some(502.into()));
/// assert_eq!(session_vwap(&[]), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn session_vwap(today: &[Bar]) -> Option<Decimal> {
    let mut vwap = SessionVwap::new();
    let mut last = None;
    for bar in today {
        last = vwap.next(&float_view(bar)?);
    }
    last.and_then(|value| rounded(value, 4))
}

/// Volume `so_far` at `progress` of the day against the full volumes of `past` sessions.
///
/// ```
/// use catalyst_domain::indicator::{DayProgress, VolumeProfile, relative_volume};
/// use catalyst_domain::quantity::Shares;
/// let profile = VolumeProfile::hkex()?;
/// let past = [Shares::new(10_000)?; 20];
/// let at_ten = DayProgress::new(30, 330)?;
/// let reading = relative_volume(Shares::new(3_182)?, at_ten, &past, &profile);
/// assert_eq!(reading.map(|found| (found.ratio, found.sessions)), Some((2.into(), 20)));
/// assert_eq!(relative_volume(Shares::ZERO, at_ten, &past[..9], &profile), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn relative_volume(
    so_far: Shares,
    progress: DayProgress,
    past: &[Shares],
    profile: &VolumeProfile,
) -> Option<VolumeReading> {
    market_relative_volume(so_far, progress, past, profile)?.reading()
}

/// The same with the reason where there is no ratio; `None` for a volume beyond what floats are kept
/// to.
///
/// ```
/// use catalyst_domain::indicator::{
///     DayProgress, DayRelativeVolume, VolumeProfile, market_relative_volume,
/// };
/// use catalyst_domain::quantity::Shares;
/// let at_once = DayProgress::new(2, 330)?;
/// let found = market_relative_volume(Shares::ZERO, at_once, &[], &VolumeProfile::hkex()?);
/// assert_eq!(found, Some(DayRelativeVolume::TooEarly));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn market_relative_volume(
    so_far: Shares,
    progress: DayProgress,
    past: &[Shares],
    profile: &VolumeProfile,
) -> Option<DayRelativeVolume> {
    let past: Vec<f64> = past.iter().copied().filter_map(float_count).collect();
    let so_far = float_count(so_far)?;
    Some(DayRelativeVolume::measure(so_far, progress, &past, profile))
}

impl DayRelativeVolume {
    /// The ratio as a decimal with the sessions it rests on.
    pub fn reading(self) -> Option<VolumeReading> {
        match self {
            Self::Known { ratio, sessions } => Some(VolumeReading {
                ratio: rounded(ratio, 2)?,
                sessions: u32::from(sessions),
            }),
            Self::TooEarly | Self::ShortHistory { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::*;

    proptest! {
        #[test]
        fn a_price_becomes_the_float_that_its_decimal_becomes(
            units in 1..=1_000_000_000_000_000_i64,
            finest in 0..=8_u32,
        ) {
            let grain = 10_i64.pow(finest);
            let units = (units / grain).max(1) * grain;
            let number = Decimal::new(units, 8).normalize();
            let price = Price::new(number).unwrap();

            prop_assert_eq!(float_price(price), number.to_f64());
        }
    }
}
