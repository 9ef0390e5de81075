//! Bull flags: a pole on volume, then a drift that gives little of it back.

use super::pen::{Pen, whole};
use super::{Drawn, Grade};

pub(super) const FLAWS: [&str; 5] = ["small_pole", "slow_pole", "deep", "old", "no_volume"];

/// Everything that makes a flag, in units and bars.
#[derive(Debug)]
pub(super) struct Flag {
    height: f64,
    pole_bars: usize,
    retrace: f64,
    drift_bars: usize,
    pole_volume: f64,
    drift_volume: f64,
}

impl Flag {
    pub(super) fn sound(grade: Grade, pen: &mut Pen) -> Self {
        let pole_bars = pen.bars(grade.of((4, 7), (4, 9), (4, 10)));
        let height = pen.pick(grade.of((8.5, 12.0), (7.5, 11.0), (6.5, 9.5)));
        Self {
            height,
            pole_bars: pole_bars.min(whole(height / 0.9)),
            retrace: pen.pick(grade.of((0.25, 0.36), (0.20, 0.40), (0.16, 0.44))),
            drift_bars: pen.bars(grade.of((5, 9), (5, 11), (4, 12))),
            pole_volume: pen.pick(grade.of((2.2, 3.5), (1.9, 3.0), (1.7, 2.6))),
            drift_volume: pen.pick(grade.of((0.35, 0.50), (0.40, 0.60), (0.45, 0.68))),
        }
    }

    pub(super) fn flawed(flaw: &str, pen: &mut Pen) -> Self {
        let mut drawn = Self::sound(Grade::Usual, pen);
        match flaw {
            "small_pole" => drawn.height = pen.pick((1.8, 3.0)),
            "slow_pole" => drawn.pole_bars = pen.bars((26, 34)),
            "deep" => drawn.retrace = pen.pick((0.78, 0.92)),
            "old" => drawn.drift_bars = pen.bars((28, 36)),
            "no_volume" => {
                drawn.pole_volume = pen.pick((0.85, 1.05));
                drawn.drift_volume = 1.0;
            }
            other => panic!("a flag has no flaw {other}"),
        }
        drawn
    }

    pub(super) fn drawn(self, mut pen: Pen) -> Drawn {
        let lead = pen.bars((60, 110));
        pen.wander(lead);
        pen.rest(26);
        let first = pen.here() - 1;
        pen.line(self.pole_bars, self.height, self.pole_volume);
        let top = pen.here() - 1;
        let low = self.retrace * self.height;
        let quick = (self.drift_bars / 2).max(2);
        let volume = self.pole_volume * self.drift_volume;
        pen.line(quick, -0.75 * low, volume);
        pen.line(self.drift_bars - quick, -0.25 * low, volume);
        let last = pen.here() - 1;
        let (flag_high, flag_low) = pen.extremes(top + 1, last + 1);
        pen.line(3, 0.5 * self.height, 1.8);
        pen.wander(25);
        let (high, _) = pen.extremes(top, top + 2);
        let depth = (flag_high - flag_low).max(2.0);
        let zone = |low: f64, high: f64| (pen.money(low), pen.money(high));
        let trigger = zone(flag_high - 0.8 * depth, high + 0.5);
        let stop = zone(flag_low - 1.0, flag_low + 0.6 * depth);
        let (bars, tick) = pen.finished();
        Drawn {
            bars,
            tick,
            shape: (first, last),
            decision: (top + 3, last + 2),
            trigger,
            stop,
        }
    }
}
