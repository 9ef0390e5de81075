//! Chart: the closed bars of one name as detectors see them, fed one by one. Nothing in it knows a
//! later bar, so no detector can look ahead; what lies too far back is dropped, so it never grows.

use super::bar::{BarVolume, PatternBar, TickSize};
use super::zigzag::{Reach, Zigzag};
use crate::indicator::{RobustRange, SessionPlace};

/// Bars that detectors may look back over; the deepest is a cup with what rose before it.
const MEMORY_BARS: usize = 256;

/// Swing of the pivots that triangles are made of, in units.
const FINE_SWING: f64 = 1.6;

/// Swing of the pivots that cups and pushes are made of, in units.
const COARSE_SWING: f64 = 2.2;

/// Share of bars without trade, in per cent, above which a window has no shape worth a name: mid
/// caps fill 10 to 30 % of their minutes with the last price.
const EMPTY_PERCENT_MAX: usize = 30;

/// One bar with its unit of geometry: the robust range up to it, one tick at least.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    pub(super) high: f64,
    pub(super) low: f64,
    pub(super) close: f64,
    pub(super) volume: f64,
    pub(super) kind: BarVolume,
    pub(super) session: u32,
    pub(super) unit: Option<f64>,
}

/// The bars so far.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    /// Number of the oldest bar that is kept.
    first: usize,
    bars: Vec<Measured>,
    range: RobustRange,
    fine: Zigzag,
    coarse: Zigzag,
}

impl Chart {
    pub(super) fn new() -> Self {
        Self {
            first: 0,
            bars: Vec::with_capacity(2 * MEMORY_BARS),
            range: RobustRange::new(),
            fine: Zigzag::new(FINE_SWING),
            coarse: Zigzag::new(COARSE_SWING),
        }
    }

    /// Takes the next closed bar with the price step at its prices; answers with its number.
    pub(super) fn push(&mut self, bar: &PatternBar, tick: TickSize) -> usize {
        let place = match self.bars.last() {
            Some(before) if before.session != bar.session => SessionPlace::First,
            Some(_) | None => SessionPlace::Within,
        };
        let unit = self
            .range
            .next(&bar.ohlcv, place)
            .map(|range| range.max(tick.step()));
        self.forget();
        let index = self.first + self.bars.len();
        let measured = Measured {
            high: bar.ohlcv.high(),
            low: bar.ohlcv.low(),
            close: bar.ohlcv.close(),
            volume: bar.ohlcv.volume(),
            kind: bar.volume,
            session: bar.session,
            unit,
        };
        self.bars.push(measured);
        if let Some(unit) = unit {
            let reach = Reach {
                index,
                high: measured.high,
                low: measured.low,
            };
            self.fine.next(reach, unit);
            self.coarse.next(reach, unit);
        }
        index
    }

    /// Drops the older half once two memories are full.
    fn forget(&mut self) {
        if self.bars.len() < 2 * MEMORY_BARS {
            return;
        }
        self.bars.drain(..MEMORY_BARS);
        self.first += MEMORY_BARS;
        self.fine.forget_before(self.first);
        self.coarse.forget_before(self.first);
    }

    /// The number of the newest bar.
    pub(super) fn newest(&self) -> Option<usize> {
        (self.first + self.bars.len()).checked_sub(1)
    }

    /// The number of the oldest bar that detectors may look at. It depends on the newest bar alone,
    /// so that what is found does not depend on when older bars were dropped.
    pub(super) fn oldest(&self) -> usize {
        (self.first + self.bars.len()).saturating_sub(MEMORY_BARS)
    }

    /// The bar of that number.
    pub(super) fn at(&self, index: usize) -> Option<&Measured> {
        self.bars.get(index.checked_sub(self.first)?)
    }

    /// The bars from `from` up to and without `to`; none when one of them is out of sight.
    pub(super) fn span(&self, from: usize, to: usize) -> Option<&[Measured]> {
        if from < self.oldest() {
            return None;
        }
        self.bars
            .get(from.checked_sub(self.first)?..to.checked_sub(self.first)?)
    }

    /// Up to `most` bars before `end`, which may be none.
    pub(super) fn before(&self, end: usize, most: usize) -> Option<&[Measured]> {
        self.span(end.saturating_sub(most).max(self.oldest()), end)
    }

    /// The unit of geometry of a shape that begins at that bar.
    pub(super) fn unit(&self, index: usize) -> Option<f64> {
        self.at(index)?.unit
    }

    /// Pivots fine enough for the touches of a triangle.
    pub(super) const fn fine(&self) -> &Zigzag {
        &self.fine
    }

    /// Pivots of the larger swings.
    pub(super) const fn coarse(&self) -> &Zigzag {
        &self.coarse
    }

    /// The number of the first bar with the highest high from `from` up to and without `to`.
    pub(super) fn highest(&self, from: usize, to: usize) -> Option<usize> {
        let bars = self.span(from, to)?;
        let mut best = (0, f64::NEG_INFINITY);
        for (offset, bar) in bars.iter().enumerate() {
            if bar.high > best.1 {
                best = (offset, bar.high);
            }
        }
        (!bars.is_empty()).then_some(from + best.0)
    }

    /// The number of the first bar with the lowest low from `from` up to and without `to`.
    pub(super) fn lowest(&self, from: usize, to: usize) -> Option<usize> {
        let bars = self.span(from, to)?;
        let mut best = (0, f64::INFINITY);
        for (offset, bar) in bars.iter().enumerate() {
            if bar.low < best.1 {
                best = (offset, bar.low);
            }
        }
        (!bars.is_empty()).then_some(from + best.0)
    }
}

/// The highest high of the bars.
pub(super) fn highest_high(bars: &[Measured]) -> f64 {
    bars.iter().fold(f64::NEG_INFINITY, |high, bar| {
        if bar.high > high { bar.high } else { high }
    })
}

/// The lowest low of the bars.
pub(super) fn lowest_low(bars: &[Measured]) -> f64 {
    bars.iter().fold(
        f64::INFINITY,
        |low, bar| {
            if bar.low < low { bar.low } else { low }
        },
    )
}

/// Whether so many of the bars are without trade that their shape is made of filled-in prices.
pub(super) fn is_thinly_traded(bars: &[Measured]) -> bool {
    let empty = bars.iter().filter(|bar| bar.volume <= 0.0).count();
    empty * 100 > bars.len() * EMPTY_PERCENT_MAX
}

/// The mean volume of continuous trading in the bars; none when fewer than half of them have such
/// a volume, or when nothing traded.
pub(super) fn mean_volume(bars: &[Measured]) -> Option<f64> {
    let mut continuous = 0_usize;
    let mut sum = 0.0;
    for bar in bars {
        if bar.kind == BarVolume::Continuous {
            continuous += 1;
            sum += bar.volume;
        }
    }
    let enough = continuous * 2 >= bars.len();
    (enough && sum > 0.0).then(|| sum / count(continuous))
}

/// How far the line of best fit through the closes rises over the bars.
pub(super) fn rise(bars: &[Measured]) -> f64 {
    let middle = count(bars.len().saturating_sub(1)) / 2.0;
    let (mut with_price, mut squared) = (0.0, 0.0);
    for (offset, bar) in bars.iter().enumerate() {
        let x = count(offset) - middle;
        with_price += x * bar.close;
        squared += x * x;
    }
    if squared > 0.0 {
        with_price / squared * 2.0 * middle
    } else {
        0.0
    }
}

/// A number of bars as a float; no series is long enough for it to lose anything.
pub(super) fn count(bars: usize) -> f64 {
    u32::try_from(bars).map_or(f64::INFINITY, f64::from)
}
