//! What the market shows: quotes of now, bars of the past. Closed bars only; no indicator lives here.

mod bar;
mod quote;
mod quote_moment;
mod series;
mod snapshot;
mod timeframe;

pub use bar::{Bar, BarError, Ohlc};
pub use quote::{Feed, Quote};
pub use quote_moment::quote_moment;
pub use series::{BarSeries, SeriesError};
pub use snapshot::Snapshot;
pub use timeframe::{Timeframe, UnknownTimeframe, resample};
