//! Bowl: how round the closes between two rims are, against the V that an overshoot leaves.

use super::chart::{Measured, count};

/// Turning points tried for the V, as shares of half the width away from the parabola's own.
const V_SHIFTS: [f64; 5] = [-0.2, -0.1, 0.0, 0.1, 0.2];

/// Closes over a width that runs from -1 to 1, with the parabola of best fit.
#[derive(Debug)]
pub(super) struct Bowl<'a> {
    bars: &'a [Measured],
    vertex: f64,
    /// Squared distance of the closes from their mean, and from the parabola.
    spread: f64,
    left_over: f64,
}

impl<'a> Bowl<'a> {
    /// Fits the parabola; none when it does not open upwards, or the closes do not move.
    pub(super) fn fitted_to(bars: &'a [Measured]) -> Option<Self> {
        let number = count(bars.len());
        let (mut y, mut xy, mut x2, mut x4, mut x2y) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (x, close) in places(bars) {
            let square = x * x;
            y += close;
            xy += x * close;
            x2 += square;
            x4 += square * square;
            x2y += square * close;
        }
        let curve = (number * x2y - x2 * y) / (number * x4 - x2 * x2);
        let slope = xy / x2;
        let level = (y - curve * x2) / number;
        let mean = y / number;
        let (mut spread, mut left_over) = (0.0, 0.0);
        for (x, close) in places(bars) {
            let miss = close - (level + slope * x + curve * x * x);
            left_over += miss * miss;
            spread += (close - mean) * (close - mean);
        }
        (curve > 0.0 && spread > 0.0).then(|| Self {
            bars,
            vertex: (-slope / (2.0 * curve)).clamp(-0.6, 0.6),
            spread,
            left_over,
        })
    }

    /// The share of the closes' movement that the parabola explains, at most 1.
    pub(super) fn roundness(&self) -> f64 {
        1.0 - self.left_over / self.spread
    }

    /// The logarithm of how much more a V leaves unexplained than the parabola; below zero for a V.
    pub(super) fn rounder_than_v(&self) -> f64 {
        let least = V_SHIFTS
            .iter()
            .map(|shift| self.left_over_by_v(self.vertex + shift))
            .fold(f64::INFINITY, f64::min);
        let grain = self.spread * 1e-9;
        ((least + grain) / (self.left_over + grain)).ln()
    }

    /// What a V that turns at `turn` leaves unexplained.
    fn left_over_by_v(&self, turn: f64) -> f64 {
        let number = count(self.bars.len());
        let (mut v, mut y, mut vv, mut vy) = (0.0, 0.0, 0.0, 0.0);
        for (x, close) in places(self.bars) {
            let arm = (x - turn).abs();
            v += arm;
            y += close;
            vv += arm * arm;
            vy += arm * close;
        }
        let slope = (number * vy - v * y) / (number * vv - v * v);
        let level = (y - slope * v) / number;
        places(self.bars)
            .map(|(x, close)| {
                let miss = close - (level + slope * (x - turn).abs());
                miss * miss
            })
            .sum()
    }

    /// The share of closes at or below `price`: a V has as many as the price is high, a bowl more.
    pub(super) fn share_below(&self, price: f64) -> f64 {
        let below = self.bars.iter().filter(|bar| bar.close <= price).count();
        count(below) / count(self.bars.len())
    }

    /// How far the middle of the closes at or below `price` lies from the middle of the cup, as a
    /// share of half its width; 1 where there are none.
    pub(super) fn off_centre(&self, price: f64) -> f64 {
        let (mut number, mut sum) = (0.0, 0.0);
        for (x, close) in places(self.bars) {
            if close <= price {
                number += 1.0;
                sum += x;
            }
        }
        if number > 0.0 {
            f64::abs(sum / number)
        } else {
            1.0
        }
    }
}

/// The closes with their places from -1 to 1.
fn places(bars: &[Measured]) -> impl Iterator<Item = (f64, f64)> + '_ {
    let half = count(bars.len().saturating_sub(1)) / 2.0;
    bars.iter()
        .enumerate()
        .map(move |(offset, bar)| ((count(offset) - half) / half, bar.close))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::BarVolume;

    fn cup(shape: impl Fn(f64) -> f64) -> Vec<Measured> {
        (0..=40_u32)
            .map(|step| {
                let close = 10.0 + shape(f64::from(step) / 20.0 - 1.0);
                Measured {
                    high: close,
                    low: close,
                    close,
                    volume: 1.0,
                    kind: BarVolume::Continuous,
                    session: 1,
                    unit: Some(0.1),
                }
            })
            .collect()
    }

    #[test]
    fn a_parabola_is_round_and_a_v_is_not() {
        let round = cup(|x| x * x);
        let pointed = cup(f64::abs);

        let (bowl, v) = (
            Bowl::fitted_to(&round).unwrap(),
            Bowl::fitted_to(&pointed).unwrap(),
        );

        assert!((bowl.roundness() - 1.0).abs() < 1e-9);
        assert!(bowl.rounder_than_v() > 5.0, "{}", bowl.rounder_than_v());
        assert!(v.rounder_than_v() < -5.0, "{}", v.rounder_than_v());
        assert!((bowl.share_below(10.38) - 0.61).abs() < 0.03);
        assert!((v.share_below(10.38) - 0.38).abs() < 0.03);
    }

    #[test]
    fn a_dome_and_a_flat_line_are_no_bowls() {
        assert!(Bowl::fitted_to(&cup(|x| 1.0 - x * x)).is_none());
        assert!(Bowl::fitted_to(&cup(|_| 0.0)).is_none());
    }

    #[test]
    fn the_middle_of_the_lowest_closes_tells_a_lopsided_cup() {
        let round = cup(|x| x * x);
        let lopsided = cup(|x| (x - 0.6) * (x - 0.6));

        assert!(Bowl::fitted_to(&round).unwrap().off_centre(10.25) < 1e-9);
        assert!(Bowl::fitted_to(&lopsided).unwrap().off_centre(10.1) > 0.5);
        assert!((Bowl::fitted_to(&round).unwrap().off_centre(9.0) - 1.0).abs() < 1e-12);
    }
}
