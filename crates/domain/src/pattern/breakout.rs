//! The breakout: a bar that closes above the highest high of the box before it, on volume.
//! The figures are the project's own, tuned on labelled bars of 1 to 15 minutes; the middle of the
//! volume ramp is the owner's entry rule, 1.5 times the bars before.

use super::bar::BarVolume;
use super::chart::{
    Chart, Measured, count, highest_high, is_thinly_traded, lowest_low, mean_volume, rise,
};
use super::detection::{Detection, Levels, Measure, PatternKind, PatternState, REWARD_MIN};
use super::score::{Ramp, confidence, graded};

/// Bars of the box whose top is the level.
const BOX_BARS: usize = 26;

/// Bars before the event that say what volume is ordinary.
const BASELINE_BARS: usize = 20;

/// A high this near the level, in units, has touched it.
const TOUCH_UNITS: f64 = 0.6;

/// Bars from one touch to the next, so that one visit counts once.
const TOUCH_BARS_APART: usize = 4;

/// How far under the level the stop may sit, in units: nearer is noise, further costs the reward.
const STOP_UNITS: (f64, f64) = (0.25, 1.25);

/// Finds the breakout whose event is the newest bar: none for a bar that opens a session, because a
/// gap is a gap, and none in thin trade.
pub(super) fn find(chart: &Chart) -> Option<Detection> {
    let newest = chart.newest()?;
    let start = newest.checked_sub(BOX_BARS)?;
    let within = chart.span(start, newest)?;
    let event = chart.at(newest)?;
    let level = highest_high(within);
    if event.close <= level || !is_comparable(event, within.last()?) {
        return None;
    }
    if is_thinly_traded(chart.span(start, newest + 1)?) {
        return None;
    }
    let shape = Shape {
        event,
        within,
        level,
        unit: chart.unit(start)?,
    };
    let measures = shape.measures(mean_volume(chart.span(newest - BASELINE_BARS, newest)?)?);
    let confidence = confidence(&measures);
    (confidence > 0.0).then(|| Detection {
        kind: PatternKind::Breakout,
        state: PatternState::Triggered,
        start,
        end: newest,
        known_at: newest,
        confidence,
        levels: shape.levels(),
        measures: measures.to_vec(),
    })
}

/// Whether the event's move and volume are of one kind with the bars before it: no break in
/// trading in between, no auction inside.
fn is_comparable(event: &Measured, previous: &Measured) -> bool {
    event.session == previous.session && event.kind == BarVolume::Continuous
}

/// A box, its top, and the bar that closed above it.
struct Shape<'a> {
    event: &'a Measured,
    within: &'a [Measured],
    level: f64,
    unit: f64,
}

impl Shape<'_> {
    fn height(&self) -> f64 {
        self.level - lowest_low(self.within)
    }

    fn measures(&self, baseline: f64) -> [Measure; 11] {
        let bar = self.event;
        let height = self.height() / self.unit;
        let overshoot = (bar.close - self.level) / self.unit;
        [
            graded(
                "volume_ratio",
                bar.volume / baseline,
                Ramp::Up(1.2, 2.2),
                2.2,
            ),
            graded("box_height", height, Ramp::Down(4.8, 7.5), 1.8),
            graded("touches", self.touches(), Ramp::Up(1.0, 2.6), 1.6),
            graded(
                "volume_over_each",
                bar.volume / self.busiest(),
                Ramp::Up(0.5, 1.1),
                1.5,
            ),
            graded("close_above_level", overshoot, Ramp::Up(0.0, 0.45), 1.2),
            graded(
                "close_in_bar",
                self.close_position(),
                Ramp::Up(0.4, 0.75),
                1.0,
            ),
            graded("box_tilt", self.tilt(), Ramp::Down(0.35, 0.8), 1.0),
            graded("box_crossed", self.crossings(), Ramp::Up(1.0, 4.0), 1.0),
            graded(
                "bar_range",
                (bar.high - bar.low) / self.unit,
                Ramp::Down(3.0, 5.5),
                0.8,
            ),
            graded("close_not_far", overshoot, Ramp::Down(1.5, 3.2), 0.8),
            graded("box_height_least", height, Ramp::Up(1.2, 2.4), 0.6),
        ]
    }

    /// Visits to the level, counted from the oldest.
    fn touches(&self) -> f64 {
        let near = self.level - TOUCH_UNITS * self.unit;
        let mut count = 0.0;
        let mut free_from = 0;
        for (index, bar) in self.within.iter().enumerate() {
            if index >= free_from && bar.high >= near {
                count += 1.0;
                free_from = index + TOUCH_BARS_APART;
            }
        }
        count
    }

    /// Volume of the busiest of the bars that say what is ordinary.
    fn busiest(&self) -> f64 {
        let baseline = self.within.iter().rev().take(BASELINE_BARS);
        baseline
            .filter(|bar| bar.kind == BarVolume::Continuous)
            .fold(f64::MIN_POSITIVE, |most, bar| most.max(bar.volume))
    }

    /// How far the closes of the box climb or fall on the whole, as a share of its height: a box
    /// lies level, a trend does not.
    fn tilt(&self) -> f64 {
        (rise(self.within) / self.height()).abs()
    }

    /// How often closes go from one half of the box to the other: price lives in a box, it does not
    /// pass through once.
    fn crossings(&self) -> f64 {
        let middle = self.level - self.height() / 2.0;
        let sides = self.within.iter().map(|bar| bar.close > middle);
        let pairs = sides.clone().zip(sides.skip(1));
        count(pairs.filter(|(before, after)| before != after).count())
    }

    /// Where the close lies between the bar's low at 0 and its high at 1. A bar of one price jumped
    /// over the level without trading through it and shows no buying: 0.
    fn close_position(&self) -> f64 {
        let bar = self.event;
        let range = bar.high - bar.low;
        if range > 0.0 {
            (bar.close - bar.low) / range
        } else {
            0.0
        }
    }

    fn levels(&self) -> Levels {
        let (nearest, furthest) = STOP_UNITS;
        let stop = self.event.low.clamp(
            self.level - furthest * self.unit,
            self.level - nearest * self.unit,
        );
        let reach = self.height().max(REWARD_MIN * (self.level - stop));
        Levels {
            trigger_level: self.level,
            stop_level: stop,
            target_level: self.level + reach,
            reward_min: REWARD_MIN,
        }
    }
}
