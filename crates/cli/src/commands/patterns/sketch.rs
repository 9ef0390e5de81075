//! The plan of a picture: where a bar, a price and a name lie on it.

use catalyst_domain::pattern::PatternBar;

/// Width of one bar and height of the two panes, in pixels.
const BAR_WIDTH: f64 = 6.0;
const PRICE_HEIGHT: f64 = 420.0;
const VOLUME_HEIGHT: f64 = 90.0;
/// Height of a row of names above the prices.
const ROW_HEIGHT: f64 = 13.0;
const MARGIN: f64 = 16.0;
/// Room on the left for the prices of the axis.
const MARGIN_LEFT: f64 = 64.0;
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
    name_rows: f64,
}

impl Sketch {
    /// Holds all bars and the levels that are drawn with them.
    pub(super) fn of(bars: &[PatternBar], levels: impl Iterator<Item = f64>) -> Self {
        let mut sketch = Self {
            bars: count(bars.len()),
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
            busiest: 1.0,
            name_rows: 0.0,
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

    /// The same with room for so many rows of names above the prices.
    pub(super) fn with_name_rows(self, rows: usize) -> Self {
        Self {
            name_rows: count(rows),
            ..self
        }
    }

    /// The lowest and the highest price on it; none where nothing is drawn.
    pub(super) fn range(&self) -> Option<(f64, f64)> {
        (self.low <= self.high).then_some((self.low, self.high))
    }

    pub(super) fn width(&self) -> f64 {
        self.right() + MARGIN_RIGHT
    }

    pub(super) fn height(&self) -> f64 {
        self.pane().1 + GAP + VOLUME_HEIGHT + MARGIN
    }

    /// Where bars begin.
    pub(super) const fn left() -> f64 {
        MARGIN_LEFT
    }

    /// Where bars end.
    pub(super) fn right(&self) -> f64 {
        MARGIN_LEFT + self.bars.max(40.0) * BAR_WIDTH
    }

    /// The middle of a bar.
    pub(super) fn x(index: usize) -> f64 {
        MARGIN_LEFT + (count(index) + 0.5) * BAR_WIDTH
    }

    /// Between a bar and the one before it.
    pub(super) fn x_before(index: usize) -> f64 {
        Self::x(index) - BAR_WIDTH / 2.0
    }

    /// Width of a bar's body.
    pub(super) const fn body() -> f64 {
        BAR_WIDTH - 2.0
    }

    pub(super) fn y(&self, price: f64) -> f64 {
        let range = (self.high - self.low).max(f64::MIN_POSITIVE);
        self.pane().0 + PRICE_HEIGHT * (self.high - price) / range
    }

    /// The line on which a row of names stands, the lowest row first.
    pub(super) fn name_line(&self, row: usize) -> f64 {
        self.pane().0 - 4.0 - ROW_HEIGHT * count(row)
    }

    /// Top and height of a volume bar.
    pub(super) fn volume(&self, volume: f64) -> (f64, f64) {
        let height = VOLUME_HEIGHT * volume / self.busiest;
        (self.height() - MARGIN - height, height)
    }

    /// Top and bottom of the price pane.
    pub(super) fn pane(&self) -> (f64, f64) {
        let top = MARGIN + ROW_HEIGHT * self.name_rows;
        (top, top + PRICE_HEIGHT)
    }

    /// The bottom of the volumes.
    pub(super) fn floor(&self) -> f64 {
        self.height() - MARGIN
    }
}

/// A number of things, for arithmetic with lengths.
pub(super) fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}
