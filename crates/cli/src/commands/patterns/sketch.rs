//! The plan of a picture: where a bar and a price lie on it.

use catalyst_domain::pattern::PatternBar;

/// Width of one bar and height of the two panes, in pixels.
const BAR_WIDTH: f64 = 6.0;
const PRICE_HEIGHT: f64 = 420.0;
const VOLUME_HEIGHT: f64 = 90.0;
const MARGIN: f64 = 16.0;
/// Room on the right for the prices of levels.
const MARGIN_RIGHT: f64 = 90.0;
const GAP: f64 = 24.0;

/// Scales of one picture.
#[derive(Debug)]
pub(super) struct Sketch {
    bars: f64,
    low: f64,
    high: f64,
    busiest: f64,
}

impl Sketch {
    /// Holds all bars and the levels that are drawn with them.
    pub(super) fn of(bars: &[PatternBar], levels: impl Iterator<Item = f64>) -> Self {
        let mut sketch = Self {
            bars: count(bars.len()),
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
            busiest: 1.0,
        };
        for bar in bars {
            sketch.low = sketch.low.min(bar.ohlcv.low());
            sketch.high = sketch.high.max(bar.ohlcv.high());
            sketch.busiest = sketch.busiest.max(bar.ohlcv.volume());
        }
        for level in levels {
            sketch.low = sketch.low.min(level);
            sketch.high = sketch.high.max(level);
        }
        sketch
    }

    pub(super) fn width(&self) -> f64 {
        MARGIN + self.bars.max(40.0) * BAR_WIDTH + MARGIN_RIGHT
    }

    pub(super) const fn height() -> f64 {
        MARGIN + PRICE_HEIGHT + GAP + VOLUME_HEIGHT + MARGIN
    }

    /// The middle of a bar.
    pub(super) fn x(index: usize) -> f64 {
        MARGIN + (count(index) + 0.5) * BAR_WIDTH
    }

    /// Width of a bar's body.
    pub(super) const fn body() -> f64 {
        BAR_WIDTH - 2.0
    }

    pub(super) fn y(&self, price: f64) -> f64 {
        let range = (self.high - self.low).max(f64::MIN_POSITIVE);
        MARGIN + PRICE_HEIGHT * (self.high - price) / range
    }

    /// Top and height of a volume bar.
    pub(super) fn volume(&self, volume: f64) -> (f64, f64) {
        let height = VOLUME_HEIGHT * volume / self.busiest;
        (Self::height() - MARGIN - height, height)
    }

    /// Top and bottom of the price pane.
    pub(super) const fn pane() -> (f64, f64) {
        (MARGIN, MARGIN + PRICE_HEIGHT)
    }
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}
