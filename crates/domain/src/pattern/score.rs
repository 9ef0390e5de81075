//! From measures to a confidence: ramps that grade one condition, and the product that joins them.
//! One failed condition kills a pattern and several mediocre ones cost it, which a sum of points
//! would not do.

use super::detection::Measure;

/// Steepness of the confidence, chosen so that near misses fall below 0.6.
const STEEPNESS: f64 = 2.8;

/// Two points of a straight line between a score of 0 and a score of 1, held beyond them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ramp {
    /// 0 up to the first value, 1 from the second on.
    Up(f64, f64),
    /// 1 up to the first value, 0 from the second on.
    Down(f64, f64),
}

impl Ramp {
    fn score(self, value: f64) -> f64 {
        match self {
            Self::Up(zero, one) => ((value - zero) / (one - zero)).clamp(0.0, 1.0),
            Self::Down(one, zero) => ((zero - value) / (zero - one)).clamp(0.0, 1.0),
        }
    }
}

/// Grades one measured value.
pub(super) fn graded(name: &'static str, value: f64, ramp: Ramp, weight: f64) -> Measure {
    Measure {
        name,
        value,
        score: ramp.score(value),
        weight,
    }
}

/// The weighted geometric mean of the scores, steepened: 0 to 1.
pub(super) fn confidence(measures: &[Measure]) -> f64 {
    if measures.iter().any(|measure| measure.score <= 0.0) {
        return 0.0;
    }
    let (mut total, mut sum) = (0.0, 0.0);
    for measure in measures {
        total += measure.weight;
        if measure.score < 1.0 {
            sum += measure.weight * measure.score.ln();
        }
    }
    (STEEPNESS * sum / total).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(score: f64, weight: f64) -> Measure {
        Measure {
            name: "drawn",
            value: 0.0,
            score,
            weight,
        }
    }

    #[test]
    fn ramps_are_straight_between_their_points_and_level_beyond() {
        for (value, up, down) in [
            (1.0, 0.0, 1.0),
            (2.0, 0.0, 1.0),
            (3.0, 0.5, 0.5),
            (5.0, 1.0, 0.0),
        ] {
            assert!(
                (Ramp::Up(2.0, 4.0).score(value) - up).abs() < 1e-12,
                "up at {value}"
            );
            assert!(
                (Ramp::Down(2.0, 4.0).score(value) - down).abs() < 1e-12,
                "down at {value}"
            );
        }
    }

    #[test]
    fn one_failed_condition_kills_and_perfection_is_one() {
        assert!((confidence(&[scored(1.0, 2.0), scored(1.0, 0.5)]) - 1.0).abs() < 1e-12);
        assert!(confidence(&[scored(1.0, 2.0), scored(0.0, 0.5)]).abs() < 1e-12);
    }

    #[test]
    fn heavier_conditions_cost_more() {
        let heavy = confidence(&[scored(0.5, 3.0), scored(1.0, 1.0)]);
        let light = confidence(&[scored(1.0, 3.0), scored(0.5, 1.0)]);

        assert!((heavy - 0.5_f64.powf(0.75 * STEEPNESS)).abs() < 1e-12);
        assert!((light - 0.5_f64.powf(0.25 * STEEPNESS)).abs() < 1e-12);
    }
}
