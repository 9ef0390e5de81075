//! Cups with handles: a rise, a round base between level rims, a small pullback.

use super::pen::{Pen, float};
use super::{Drawn, Grade};

pub(super) const FLAWS: [&str; 5] = [
    "v_shape",
    "uneven_rims",
    "deep_handle",
    "no_handle",
    "no_rise",
];

/// Everything that makes a cup, in units and bars.
#[derive(Debug)]
pub(super) struct Cup {
    depth: f64,
    width: usize,
    /// How much lower the right rim is than the left one, as a share of the depth.
    gap: f64,
    handle: f64,
    handle_bars: usize,
    rise: f64,
    pointed: f64,
}

impl Cup {
    pub(super) fn sound(grade: Grade, pen: &mut Pen) -> Self {
        Self {
            depth: pen.pick(grade.of((8.5, 12.0), (7.5, 11.5), (7.0, 10.0))),
            width: pen.bars(grade.of((36, 60), (32, 70), (30, 80))),
            gap: pen.pick(grade.of((-0.05, 0.05), (-0.08, 0.08), (-0.10, 0.10))),
            handle: pen.pick(grade.of((0.20, 0.32), (0.18, 0.36), (0.16, 0.38))),
            handle_bars: pen.bars(grade.of((6, 10), (5, 12), (5, 14))),
            rise: pen.pick(grade.of((1.1, 1.6), (1.0, 1.5), (0.95, 1.3))),
            pointed: 0.0,
        }
    }

    pub(super) fn flawed(flaw: &str, pen: &mut Pen) -> Self {
        let mut cup = Self::sound(Grade::Usual, pen);
        match flaw {
            "v_shape" => cup.pointed = 1.0,
            "uneven_rims" => cup.gap = pen.pick((0.36, 0.50)),
            "deep_handle" => cup.handle = pen.pick((0.72, 0.85)),
            "no_handle" => cup.handle = 0.0,
            "no_rise" => cup.rise = 0.0,
            other => panic!("a cup has no flaw {other}"),
        }
        cup
    }

    pub(super) fn drawn(self, mut pen: Pen) -> Drawn {
        let lead = pen.bars((50, 90));
        pen.wander(lead);
        pen.rest(16);
        if self.rise > 0.0 {
            let bars = pen.bars((14, 26));
            pen.line(bars, self.rise * self.depth, 1.2);
        } else {
            pen.line(30, -2.0, 1.0);
            pen.line(6, 2.5, 1.0);
        }
        let (first, rim) = (pen.here() - 1, pen.price());
        for step in 1..=self.width {
            let x = 2.0 * float(step) / float(self.width) - 1.0;
            let bowl = (1.0 - self.pointed) * x * x + self.pointed * x.abs();
            let lower = if x > 0.0 { self.gap * x } else { 0.0 };
            let volume = 0.7 + 0.5 * x * x;
            pen.toward(rim - self.depth * (1.0 - bowl + lower), volume);
        }
        let right = pen.here() - 1;
        let fall = self.handle * self.depth * (1.0 - self.gap.max(0.0));
        let quick = self.handle_bars / 2 + 1;
        if fall > 0.0 {
            pen.line(quick, -fall, 0.62);
            pen.line(self.handle_bars - quick, 0.15 * fall, 0.55);
        } else {
            pen.line(5, 4.0, 1.6);
        }
        let last = pen.here() - 1;
        let (rim_high, _) = pen.extremes(right - 2, right + 2);
        let (_, low) = pen.extremes(right + 1, last + 1);
        pen.line(3, fall + 2.5, 1.8);
        pen.wander(25);
        let zone = |low: f64, high: f64| (pen.money(low), pen.money(high));
        let trigger = zone(rim_high - 1.2, rim_high + 1.0);
        let stop = zone(low - 1.0, low + 0.6 * fall.max(1.0));
        let (bars, tick) = pen.finished();
        Drawn {
            bars,
            tick,
            shape: (first, last),
            decision: (right + 3, last + 2),
            trigger,
            stop,
        }
    }
}
