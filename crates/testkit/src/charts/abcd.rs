//! Momentum ABCDs: a push, a pullback that holds, and the turn.

use super::pen::Pen;
use super::{Drawn, Grade};

pub(super) const FLAWS: [&str; 5] = ["below_a", "shallow", "deep", "no_turn", "slow_push"];

/// Everything that makes the legs, in units and bars.
#[derive(Debug)]
pub(super) struct Legs {
    push: f64,
    push_bars: usize,
    pullback: f64,
    pullback_bars: usize,
    turn: f64,
    push_volume: f64,
    pullback_volume: f64,
}

impl Legs {
    pub(super) fn sound(grade: Grade, pen: &mut Pen) -> Self {
        let push_bars = pen.bars(grade.of((5, 8), (5, 10), (5, 12)));
        Self {
            push: pen.pick(grade.of((8.5, 12.0), (7.5, 11.0), (7.0, 9.5))),
            push_bars,
            pullback: pen.pick(grade.of((0.42, 0.56), (0.40, 0.60), (0.38, 0.63))),
            pullback_bars: pen.bars((push_bars / 2 + 1, push_bars + 4)),
            turn: pen.pick(grade.of((0.34, 0.50), (0.32, 0.5), (0.30, 0.45))),
            push_volume: pen.pick(grade.of((2.0, 3.2), (1.8, 2.8), (1.6, 2.4))),
            pullback_volume: pen.pick(grade.of((0.35, 0.50), (0.40, 0.60), (0.45, 0.68))),
        }
    }

    pub(super) fn flawed(flaw: &str, pen: &mut Pen) -> Self {
        let mut legs = Self::sound(Grade::Usual, pen);
        match flaw {
            "below_a" => legs.pullback = pen.pick((1.1, 1.3)),
            "shallow" => legs.pullback = pen.pick((0.05, 0.12)),
            "deep" => legs.pullback = pen.pick((0.84, 0.95)),
            "no_turn" => legs.turn = -0.1,
            "slow_push" => legs.push_bars = pen.bars((30, 40)),
            other => panic!("an ABCD has no flaw {other}"),
        }
        legs
    }

    pub(super) fn drawn(self, mut pen: Pen) -> Drawn {
        let lead = pen.bars((60, 110));
        pen.wander(lead);
        pen.rest(26);
        let first = pen.here() - 1;
        pen.line(self.push_bars, self.push, self.push_volume);
        let top = pen.here() - 1;
        let fall = self.pullback * self.push;
        let fell_on = self.push_volume * self.pullback_volume;
        pen.line(self.pullback_bars, -fall, fell_on);
        let hold = pen.here() - 1;
        pen.line(3, self.turn * fall, fell_on * 1.2);
        let last = pen.here() - 1;
        let (_, low) = pen.extremes(top + 1, last + 1);
        let (high, _) = pen.extremes(first, top + 2);
        if self.turn > 0.0 {
            pen.line(5, 1.2 * fall, 1.6);
        } else {
            pen.line(8, -0.5 * self.push, 0.8);
        }
        pen.wander(25);
        let zone = |low: f64, high: f64| (pen.money(low), pen.money(high));
        let trigger = zone(low + 0.05 * fall, high + 0.5);
        let stop = zone(low - 1.0, low + 0.5 * fall);
        let (bars, tick) = pen.finished();
        Drawn {
            bars,
            tick,
            shape: (first, last),
            decision: (hold + 1, last + 3),
            trigger,
            stop,
        }
    }
}
