//! `get_technicals`: indicators of one symbol or several, in short keys. Missing is left out, and why
//! is said.

use std::collections::BTreeMap;
use std::fmt;

use catalyst_domain::indicator::{BandFigures, Doubt, MacdFigures, PriceRange};
use catalyst_domain::market::Timeframe;
use catalyst_domain::price::Price;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;

/// What is asked: `symbol`, or `symbols` with up to twenty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "wire", serde(deny_unknown_fields))]
pub struct GetTechnicalsInput {
    /// One symbol.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub symbol: Option<Symbol>,
    /// Several symbols.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub symbols: Vec<Symbol>,
    /// The span of a bar; fifteen minutes when left out.
    #[cfg_attr(
        feature = "wire",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub timeframe: Option<Timeframe>,
}

/// The indicators asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct TechnicalsReport {
    /// The span of a bar.
    pub timeframe: Timeframe,
    /// A line for each symbol that is known.
    pub technicals: Vec<TechnicalsLine>,
    /// Symbols that are not known or do not trade today.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Vec::is_empty"))]
    pub unknown: Vec<Symbol>,
    /// Symbols whose bars did not come; try later.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Vec::is_empty"))]
    pub unavailable: Vec<Symbol>,
}

/// The indicators of one symbol at its last closed bar, in price units unless said, to five digits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct TechnicalsLine {
    /// Which symbol.
    pub symbol: Symbol,
    /// Closed bars that the figures of the series rest on.
    pub bars: u32,
    /// Close of the last closed bar.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub close: Option<Price>,
    /// Relative strength index over 14 bars, to one place.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub rsi: Option<Decimal>,
    /// Convergence and divergence of the averages over 12 and 26 bars, with a signal over 9.
    #[cfg_attr(
        feature = "wire",
        serde(skip_serializing_if = "Option::is_none", serialize_with = "wire::macd")
    )]
    pub macd: Option<MacdFigures>,
    /// Mean of the last 20 closes.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub sma20: Option<Decimal>,
    /// Mean of the last 50 closes.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub sma50: Option<Decimal>,
    /// Exponential average over 9 bars.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub ema9: Option<Decimal>,
    /// Exponential average over 20 bars.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub ema20: Option<Decimal>,
    /// Average true range over 14 bars.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub atr: Option<Decimal>,
    /// Bollinger bands: 20 bars, two deviations. Written as [upper, middle, lower].
    #[cfg_attr(
        feature = "wire",
        serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "wire::bands"
        )
    )]
    pub bb: Option<BandFigures>,
    /// Volume-weighted average price of today with bands of two weighted deviations. Written as
    /// [upper, middle, lower].
    #[cfg_attr(
        feature = "wire",
        serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "wire::bands"
        )
    )]
    pub vwap: Option<BandFigures>,
    /// Volume so far against the usual volume by this time of day.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub rvol: Option<RelativeVolume>,
    /// What today has shown.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "DayLine::is_empty"))]
    pub day: DayLine,
    /// What speaks against the figures of the series.
    #[cfg_attr(
        feature = "wire",
        serde(skip_serializing_if = "Vec::is_empty", serialize_with = "wire::doubts")
    )]
    pub doubt: Vec<Doubt>,
    /// What is left out, and why.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "BTreeMap::is_empty"))]
    pub missing: BTreeMap<Figure, Lack>,
}

/// Volume so far over what is usual by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct RelativeVolume {
    /// The ratio, to two places: 1 is ordinary.
    pub x: Decimal,
    /// Past sessions it rests on, 10 to 20.
    pub n: u32,
    /// What the day is compared with.
    pub basis: VolumeBasis,
    /// Past sessions left out because they are longer or shorter than today's: half days, mostly.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub left_out: Option<u16>,
}

/// What a day's volume is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "wire", serde(rename_all = "snake_case"))]
pub enum VolumeBasis {
    /// The symbol's own minutes of past sessions.
    Own,
    /// The market's usual share of a day by now, times the symbol's daily volumes.
    Market,
}

/// What today has shown so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
pub struct DayLine {
    /// Highest price.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub hi: Option<Price>,
    /// Lowest price.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub lo: Option<Price>,
    /// From the close of the day before to the first price, in per cent.
    #[cfg_attr(feature = "wire", serde(skip_serializing_if = "Option::is_none"))]
    pub gap: Option<Decimal>,
    /// Range of the first fifteen minutes, once they are over. Written as [low, high].
    #[cfg_attr(
        feature = "wire",
        serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "wire::range"
        )
    )]
    pub or15: Option<PriceRange>,
}

impl DayLine {
    /// True when nothing is known of today.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A figure that may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "wire", derive(serde::Serialize))]
#[cfg_attr(feature = "wire", serde(rename_all = "snake_case"))]
pub enum Figure {
    /// Everything that is worked out from the series of bars.
    Series,
    /// [`TechnicalsLine::rsi`].
    Rsi,
    /// [`TechnicalsLine::macd`].
    Macd,
    /// [`TechnicalsLine::sma20`].
    Sma20,
    /// [`TechnicalsLine::sma50`].
    Sma50,
    /// [`TechnicalsLine::ema9`].
    Ema9,
    /// [`TechnicalsLine::ema20`].
    Ema20,
    /// [`TechnicalsLine::atr`].
    Atr,
    /// [`TechnicalsLine::bb`].
    Bb,
    /// [`TechnicalsLine::vwap`].
    Vwap,
    /// [`TechnicalsLine::rvol`].
    Rvol,
    /// [`DayLine::gap`].
    Gap,
    /// [`DayLine::or15`].
    Or15,
}

/// Why a figure is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// It needs this many bars.
    NeedsBars(u32),
    /// No price has changed, and a strength of nothing is none.
    Flat,
    /// The series is doubted.
    Doubted(Doubt),
    /// Nothing has traded today.
    NoTradeToday,
    /// The day is younger than five minutes.
    TooEarly,
    /// This many past sessions had trade; ten are needed.
    ShortHistory(u16),
    /// Neither own minutes nor a profile of the market are at hand.
    NoProfile,
    /// The daily bars did not come.
    NoDailyBars,
    /// There is no close of the day before.
    NoPreviousClose,
    /// The first fifteen minutes are not over, or nothing traded in them.
    NoOpeningRange,
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsBars(bars) => write!(f, "{bars} bars needed"),
            Self::Flat => f.write_str("no price change"),
            Self::Doubted(doubt) => f.write_str(doubt.as_str()),
            Self::NoTradeToday => f.write_str("no trade today"),
            Self::TooEarly => f.write_str("first 5 minutes"),
            Self::ShortHistory(sessions) => write!(f, "{sessions} sessions of 10"),
            Self::NoProfile => f.write_str("no profile"),
            Self::NoDailyBars => f.write_str("no daily bars"),
            Self::NoPreviousClose => f.write_str("no previous close"),
            Self::NoOpeningRange => f.write_str("first 15 minutes"),
        }
    }
}

/// Short forms: figures that always stand together are written as a list.
#[cfg(feature = "wire")]
#[expect(
    clippy::ref_option,
    reason = "serde hands a field over by reference, whatever it holds"
)]
mod wire {
    use catalyst_domain::indicator::{BandFigures, Doubt, MacdFigures, PriceRange};
    use serde::{Serialize, Serializer};

    use super::Lack;

    impl Serialize for Lack {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    #[derive(Serialize)]
    struct Macd {
        line: rust_decimal::Decimal,
        signal: rust_decimal::Decimal,
        hist: rust_decimal::Decimal,
    }

    pub(super) fn macd<S: Serializer>(
        macd: &Option<MacdFigures>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        macd.map(|macd| Macd {
            line: macd.line,
            signal: macd.signal,
            hist: macd.histogram,
        })
        .serialize(serializer)
    }

    pub(super) fn bands<S: Serializer>(
        bands: &Option<BandFigures>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        bands
            .map(|bands| [bands.upper, bands.middle, bands.lower])
            .serialize(serializer)
    }

    pub(super) fn range<S: Serializer>(
        range: &Option<PriceRange>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        range
            .map(|range| [range.low, range.high])
            .serialize(serializer)
    }

    pub(super) fn doubts<S: Serializer>(
        doubts: &[Doubt],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(doubts.iter().map(|doubt| doubt.as_str()))
    }
}
