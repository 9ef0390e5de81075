//! How a day's lots spread over its minutes: much at both ends, little around lunch.

use super::rng::Stream;
use super::script::Script;

/// Cumulative volume by minutes of continuous trading, in parts per million: the means that the
/// domain keeps in `data/hkex/volume_profile.csv`, at fewer knots. Minute 0 is the opening auction,
/// the last step holds the closing one.
const CURVE: [(i64, i64); 18] = [
    (0, 13_900),
    (5, 56_600),
    (15, 103_850),
    (30, 159_100),
    (60, 246_200),
    (90, 319_270),
    (120, 381_930),
    (150, 429_960),
    (155, 448_070),
    (180, 498_320),
    (210, 558_980),
    (240, 622_780),
    (270, 686_000),
    (300, 762_820),
    (315, 813_200),
    (325, 858_480),
    (329, 881_700),
    (330, 1_000_000),
];

/// The part of the closing auction and the minute before it.
const LAST_MINUTE: i64 = 118_300;

/// Lots of each bar, the opening print first and `minutes` after it; they add up to `lots`.
pub(super) fn spread(lots: i64, minutes: i64, script: &Script, stream: &mut Stream) -> Vec<i64> {
    let mut weights = Vec::new();
    let mut before = 0;
    let mut knots = CURVE.iter().peekable();
    let mut from = (-1, 0);
    for minute in 0..=minutes {
        while let Some(passed) = knots.next_if(|knot| knot.0 < minute) {
            from = *passed;
        }
        let until = knots
            .peek()
            .map_or(from.1, |to| between(from, **to, minute));
        let usual = if minute == minutes {
            LAST_MINUTE
        } else {
            until - before
        };
        before = until;
        let busy = script.busy_at(minute);
        let mut weight = usual * stream.between(55, 165) * busy / 10_000;
        if script.is_halted_at(minute) {
            weight = 0;
        }
        weights.push(weight);
    }
    let total: i64 = weights.iter().sum::<i64>().max(1);
    let (mut done, mut given) = (0, 0);
    let mut spread = Vec::with_capacity(weights.len());
    for weight in weights {
        done += weight;
        let until = lots.saturating_mul(done) / total;
        spread.push(until - given);
        given = until;
    }
    spread
}

/// The curve at a minute between two of its knots.
fn between(from: (i64, i64), to: (i64, i64), minute: i64) -> i64 {
    let width = (to.0 - from.0).max(1);
    from.1 + (to.1 - from.1) * (minute - from.0) / width
}

impl Script {
    /// How busy the trade is in a minute, in per cent.
    fn busy_at(&self, minute: i64) -> i64 {
        let leg = self.legs.iter().find(|leg| minute <= leg.until);
        leg.map_or(100, |leg| leg.busy)
    }

    /// True in the minutes without trade.
    pub(super) fn is_halted_at(&self, minute: i64) -> bool {
        self.halt
            .is_some_and(|(start, end)| start <= minute && minute < end)
    }
}
