//! Measures over closed bars, in floating point. Nothing here is money: prices enter as the float
//! view of bars, and what leaves is a reading, never a price that may go into an order.
//! Every reading is `None` until its warm-up is over, and again whenever it is not defined.

mod atr;
mod bollinger;
mod day_measures;
mod day_volume;
mod doubt;
mod ema;
mod macd;
mod ohlcv;
mod own_volume;
mod period;
mod reading;
mod relative_volume;
mod robust_range;
mod rsi;
mod seeded;
mod set;
mod sma;
mod true_range;
mod volume_profile;
mod vwap;
mod window;

pub use atr::Atr;
pub use bollinger::{Bands, Bollinger};
pub use day_measures::{DayMeasures, PriceRange};
pub use day_volume::{DayProgress, DayProgressError, DayRelativeVolume};
pub use doubt::{Doubt, Examined, examine};
pub use ema::Ema;
pub use macd::{Macd, MacdReading};
pub use ohlcv::{Ohlcv, OhlcvError};
pub use own_volume::{OwnVolume, SessionVolume, own_relative_volume, volume_within};
pub use period::PeriodError;
pub use reading::{
    BandFigures, MacdFigures, Readings, VolumeReading, float_view, market_relative_volume,
    readings, relative_volume, session_vwap, vwap_bands,
};
pub use relative_volume::BarRelativeVolume;
pub use robust_range::{RobustRange, SessionPlace};
pub use rsi::Rsi;
pub use set::{IndicatorRow, IndicatorSet};
pub use sma::Sma;
pub use true_range::TrueRange;
pub use volume_profile::{VolumeProfile, VolumeProfileError};
pub use vwap::{SessionVwap, VwapBands};
