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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readings {
    /// Relative strength index over 14 bars, to two places.
    pub rsi: Option<Decimal>,
    /// Average true range over 14 bars in price units, to six places.
    pub atr: Option<Decimal>,
}

/// Volume so far against what is usual by this time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VolumeReading {
    /// The ratio, to two places.
    pub ratio: Decimal,
    /// Past sessions it rests on.
    pub sessions: u32,
}

/// The float view of an exact bar; `None` when its figures are beyond what floats are kept to.
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
pub fn session_vwap(today: &[Bar]) -> Option<Decimal> {
    let mut vwap = SessionVwap::new();
    let mut last = None;
    for bar in today {
        last = vwap.next(&float_view(bar)?);
    }
    last.and_then(|value| rounded(value, 4))
}

/// Volume `so_far` at `progress` of the day against the full volumes of `past` sessions.
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
