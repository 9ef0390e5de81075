//! Breakouts: a box whose top is touched again and again, and the bar that leaves it.

use super::pen::{Pen, whole};
use super::{Drawn, Grade};

pub(super) const FLAWS: [&str; 4] = ["no_volume", "wick_only", "tall_box", "one_touch"];

/// Everything that makes a box and its end, in units and bars.
#[derive(Debug)]
pub(super) struct Box {
    height: f64,
    waves: usize,
    wave_bars: (usize, usize),
    /// Units by which the last bar closes over the top, and its wick above that.
    close: f64,
    wick: f64,
    volume: f64,
    /// Units that all tops but one stay below the box's top.
    short_of: f64,
}

impl Box {
    pub(super) fn sound(grade: Grade, pen: &mut Pen) -> Self {
        Self {
            height: pen.pick(grade.of((2.8, 4.0), (2.6, 4.3), (2.4, 4.6))),
            waves: pen.bars((4, 5)),
            wave_bars: grade.of((3, 4), (3, 5), (3, 5)),
            close: pen.pick(grade.of((0.7, 1.5), (0.55, 1.4), (0.45, 1.2))),
            wick: pen.pick((0.05, 0.25)),
            volume: pen.pick(grade.of((2.8, 4.5), (2.5, 4.0), (2.2, 3.4))),
            short_of: 0.0,
        }
    }

    pub(super) fn flawed(flaw: &str, pen: &mut Pen) -> Self {
        let mut drawn = Self::sound(Grade::Usual, pen);
        match flaw {
            "no_volume" => drawn.volume = pen.pick((0.7, 1.0)),
            "wick_only" => {
                drawn.wick = drawn.close + 1.0;
                drawn.close = pen.pick((-1.2, -0.5));
            }
            "tall_box" => {
                drawn.height = pen.pick((10.0, 12.0));
                drawn.wave_bars = (13, 16);
                drawn.waves = 2;
            }
            "one_touch" => drawn.short_of = pen.pick((1.4, 2.0)),
            other => panic!("a breakout has no flaw {other}"),
        }
        drawn
    }

    pub(super) fn drawn(self, mut pen: Pen) -> Drawn {
        let lead = pen.bars((60, 110));
        pen.wander(lead);
        pen.steady();
        pen.rest(14);
        let (top, first) = (pen.price() + self.height - 0.5, pen.here());
        for wave in 0..self.waves {
            let up = pen.bars(self.wave_bars);
            let short = if wave == self.waves / 2 {
                0.0
            } else {
                self.short_of
            };
            pen.line(up, top - 0.35 - short - pen.price(), 1.0);
            let down = pen.bars(self.wave_bars);
            pen.line(down, top - self.height + 0.35 - pen.price(), 1.0);
        }
        let room = top - 0.7 - self.short_of - pen.price();
        let back = whole((room / 1.2).max(3.0));
        pen.line(back, room, 1.0);
        let last = pen.here() - 1;
        let (level, _) = pen.extremes(last - 25, last + 1);
        let to = level - pen.price() + self.close;
        pen.bar([to + self.wick, -0.2, to], self.volume);
        pen.wander(25);
        let zone = |low: f64, high: f64| (pen.money(low), pen.money(high));
        let trigger = zone(level - 0.5, level + 0.8);
        let stop = zone(level - 2.2, level - 0.1);
        let (bars, tick) = pen.finished();
        Drawn {
            bars,
            tick,
            shape: (first, last),
            decision: (last + 1, last + 2),
            trigger,
            stop,
        }
    }
}
