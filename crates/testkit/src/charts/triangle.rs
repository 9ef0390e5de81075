//! Ascending triangles: level tops, rising lows, volume that dries up.

use super::pen::{Pen, float};
use super::{Drawn, Grade};

pub(super) const FLAWS: [&str; 4] = ["flat_lows", "falling_lows", "rising_tops", "falling_tops"];

/// Everything that makes a triangle, in units and bars.
#[derive(Debug)]
pub(super) struct Triangle {
    height: f64,
    tops: usize,
    leg_bars: (usize, usize),
    /// What each low keeps of the distance to the top that the one before it had.
    narrowing: f64,
    /// Units that each top lies over the one before it.
    top_step: f64,
    late_volume: f64,
}

impl Triangle {
    pub(super) fn sound(grade: Grade, pen: &mut Pen) -> Self {
        let tops = pen.bars(grade.of((3, 3), (2, 3), (2, 3)));
        Self {
            height: pen.pick(grade.of((7.5, 9.5), (7.0, 9.0), (6.5, 8.5))),
            tops,
            leg_bars: grade.of((5, 8), (5, 8), (4, 8)),
            narrowing: if tops == 2 { 0.50 } else { 0.60 },
            top_step: 0.0,
            late_volume: pen.pick(grade.of((0.50, 0.65), (0.55, 0.75), (0.65, 0.85))),
        }
    }

    pub(super) fn flawed(flaw: &str, pen: &mut Pen) -> Self {
        let mut triangle = Self::sound(Grade::Usual, pen);
        match flaw {
            "flat_lows" => triangle.narrowing = 1.0,
            "falling_lows" => triangle.narrowing = 1.25,
            "rising_tops" => triangle.top_step = pen.pick((2.2, 3.0)),
            "falling_tops" => triangle.top_step = pen.pick((-3.0, -2.2)),
            other => panic!("a triangle has no flaw {other}"),
        }
        triangle
    }

    pub(super) fn drawn(self, mut pen: Pen) -> Drawn {
        let lead = pen.bars((60, 110));
        pen.wander(lead);
        pen.steady();
        pen.rest(20);
        pen.line(4, -1.5, 1.0);
        let first = pen.here() - 1;
        let (base, mut room) = (pen.price(), self.height);
        let mut top = base + self.height;
        let legs = float(2 * self.tops + 1);
        let mut drawn = 0.0;
        let mut volume = || {
            drawn += 1.0;
            1.3 + (self.late_volume * 1.1 - 1.3) * drawn / legs
        };
        for number in 0..self.tops {
            let up = pen.bars(self.leg_bars);
            pen.line(up, top - pen.price(), volume());
            let down = pen.bars(self.leg_bars);
            room *= self.narrowing;
            if number + 1 == self.tops {
                room = room.max(2.2);
            }
            pen.line(down, top - room - pen.price(), volume());
            top += self.top_step;
        }
        let hold = pen.here() - 1;
        top -= self.top_step;
        let back = pen.bars((3, 4));
        pen.line(back, 0.75 * room, volume());
        let last = pen.here() - 1;
        let (_, low) = pen.extremes(hold.saturating_sub(2), last + 1);
        pen.line(2, 0.25 * room + 2.5, 1.9);
        pen.wander(25);
        let zone = |low: f64, high: f64| (pen.money(low), pen.money(high));
        let trigger = zone(top - 0.8, top + 1.8);
        let stop = zone(low - 1.2, low + 0.6 * room);
        let (bars, tick) = pen.finished();
        Drawn {
            bars,
            tick,
            shape: (first, last),
            decision: (hold + 1, last + 1),
            trigger,
            stop,
        }
    }
}
