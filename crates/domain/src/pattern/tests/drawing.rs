//! A breakout drawn by hand, clean until a test breaks one thing about it.

use crate::indicator::Ohlcv;
use crate::pattern::{BarVolume, Detection, PatternBar, TickSize, find_breakout};

const UNIT: f64 = 0.10;

/// A box between 9.70 and 10.00 with a touch of its top every six bars, and the bar that leaves it.
pub(super) struct Drawing {
    event: [f64; 5],
    box_volume: f64,
    bars: Vec<PatternBar>,
}

pub(super) fn bar(numbers: [f64; 5]) -> PatternBar {
    let [open, high, low, close, volume] = numbers;
    PatternBar {
        ohlcv: Ohlcv::new(open, high, low, close, volume).unwrap(),
        session: 1,
        volume: BarVolume::Continuous,
    }
}

pub(super) fn tick() -> TickSize {
    TickSize::new(0.01).unwrap()
}

impl Drawing {
    pub(super) fn clean() -> Self {
        Self {
            event: [9.96, 10.10, 9.95, 10.08, 250.0],
            box_volume: 100.0,
            bars: Vec::new(),
        }
    }

    pub(super) fn event(mut self, event: [f64; 5]) -> Self {
        self.event = event;
        self
    }

    pub(super) fn box_volume(mut self, volume: f64) -> Self {
        self.box_volume = volume;
        self
    }

    pub(super) fn bars(mut self) -> Vec<PatternBar> {
        for step in 0..50 {
            let middle = match step % 6 {
                0 => 9.95,
                1 | 5 => 9.88,
                2 | 4 => 9.80,
                _ => 9.75,
            };
            self.bars.push(bar([
                middle,
                middle + UNIT / 2.0,
                middle - UNIT / 2.0,
                middle,
                self.box_volume,
            ]));
        }
        self.bars.push(bar(self.event));
        self.bars
    }

    pub(super) fn found(self) -> Option<Detection> {
        find_breakout(&self.bars(), tick())
    }

    pub(super) fn confidence(self) -> f64 {
        self.found().map_or(0.0, |detection| detection.confidence)
    }
}
