//! Readings: the indicators of a stretch of bars as decimals, rounded to what they are worth.
//! The way in from exact bars to floats and the way out again; both are here and nowhere else.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{Atr, DayProgress, DayRelativeVolume, Ohlcv, Rsi, SessionVwap, VolumeProfile};
use crate::market::Bar;
use crate::quantity::Shares;

/// The usual period of RSI and ATR (Wilder, 1978).
const PERIOD: u16 = 14;

/// Indicators at the last of some bars; `None` until each is warm.
///
/// Shown at [`readings`](readings()).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readings {
    /// Relative strength index over 14 bars, to two places.
    pub rsi: Option<Decimal>,
    /// Average true range over 14 bars in price units, to six places.
    pub atr: Option<Decimal>,
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
        [bar.open(), bar.high(), bar.low(), bar.close()].map(|price| price.value().to_f64());
    Ohlcv::new(open?, high?, low?, close?, float_count(bar.volume())?).ok()
}

fn float_count(shares: Shares) -> Option<f64> {
    Decimal::from(shares.count()).to_f64()
}

fn rounded(value: f64, places: u32) -> Option<Decimal> {
    Decimal::try_from(value)
        .ok()
        .map(|exact| exact.round_dp(places).normalize())
}

/// RSI and ATR at the last of `bars`, oldest first.
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
/// assert_eq!(readings(&bars[..14]).rsi, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn readings(bars: &[Bar]) -> Readings {
    let none = Readings {
        rsi: None,
        atr: None,
    };
    let (Ok(mut rsi), Ok(mut atr)) = (Rsi::new(PERIOD), Atr::new(PERIOD)) else {
        return none;
    };
    let (mut last_rsi, mut last_atr) = (None, None);
    for bar in bars {
        let Some(view) = float_view(bar) else {
            return none;
        };
        last_rsi = rsi.next(&view);
        last_atr = atr.next(&view);
    }
    Readings {
        rsi: last_rsi.and_then(|value| rounded(value, 2)),
        atr: last_atr.and_then(|value| rounded(value, 6)),
    }
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
    let past: Vec<f64> = past.iter().copied().filter_map(float_count).collect();
    match DayRelativeVolume::measure(float_count(so_far)?, progress, &past, profile) {
        DayRelativeVolume::Known { ratio, sessions } => Some(VolumeReading {
            ratio: rounded(ratio, 2)?,
            sessions: u32::from(sessions),
        }),
        DayRelativeVolume::TooEarly | DayRelativeVolume::ShortHistory { .. } => None,
    }
}
