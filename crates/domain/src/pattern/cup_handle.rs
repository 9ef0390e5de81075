//! The cup with handle: a rounded base between two level rims after a rise, then a small pullback.
//! Source of the shape: W. O'Neil, How to Make Money in Stocks; T. Bulkowski, Encyclopedia of Chart
//! Patterns. Their per cents are of daily charts; here depth is measured in units.

use super::bowl::Bowl;
use super::chart::{Chart, highest_high, is_thinly_traded, lowest_low, mean_volume};
use super::detection::{Detection, Levels, PatternKind, REWARD_MIN};
use super::score::{Ramp, graded};
use super::zigzag::{Pivot, Turn};

/// Bars since the right rim.
const HANDLE: (usize, usize) = (3, 22);

/// Bars from rim to rim.
const WIDTH: (usize, usize) = (24, 110);

/// Bars before the left rim in which the rise to it began.
const RISE_BARS: usize = 40;

/// Least depth in units; every other measure is a share of the depth.
const DEPTH_UNITS: f64 = 5.0;
const RIM_GAP_MAX: f64 = 0.28;

/// How far over the higher rim a bar between them may reach, in units.
const OVER_UNITS: f64 = 0.6;

/// The handle stays above this share of the cup, and takes back at most this share.
const HANDLE_FLOOR: f64 = 0.42;
const HANDLE_MAX: f64 = 0.55;

/// How well a parabola must explain the closes between the rims.
const ROUND_MIN: f64 = 0.55;

/// Finds the cup whose handle stands at the newest bar: of all left rims the one that draws it best.
pub(super) fn find(chart: &Chart) -> Option<Detection> {
    let newest = chart.newest()?;
    let from = (newest).checked_sub(HANDLE.1)?;
    let rim = chart.highest(from, (newest + 1).checked_sub(HANDLE.0)?)?;
    let top = chart.at(rim)?.high;
    let handle = chart.span(rim + 1, newest + 1)?;
    if highest_high(handle) > top {
        return None;
    }
    let mut best: Option<Detection> = None;
    for left in chart.coarse().pivots().iter().rev() {
        if left.index + WIDTH.1 < rim {
            break;
        }
        if left.turn == Turn::High
            && left.index + WIDTH.0 <= rim
            && let Some(found) = drawn(chart, newest, *left, (rim, top))
            && best
                .as_ref()
                .is_none_or(|best| found.confidence > best.confidence)
        {
            best = Some(found);
        }
    }
    best
}

fn drawn(chart: &Chart, newest: usize, left: Pivot, (rim, top): (usize, f64)) -> Option<Detection> {
    let unit = chart.unit(left.index)?;
    let cup = chart.span(left.index, rim + 1)?;
    let handle = chart.span(rim + 1, newest + 1)?;
    let (bottom, low) = (lowest_low(cup), lowest_low(handle));
    let (lower, higher) = (left.price.min(top), left.price.max(top));
    let depth = lower - bottom;
    let inside = chart.span(left.index + 1, rim)?;
    let retrace = (top - low) / depth;
    let stands = depth >= DEPTH_UNITS * unit
        && higher - lower <= RIM_GAP_MAX * depth
        && highest_high(inside) <= higher + OVER_UNITS * unit
        && low > bottom + HANDLE_FLOOR * depth
        && retrace <= HANDLE_MAX
        && !is_thinly_traded(cup);
    if !stands {
        return None;
    }
    let rise = rise_to(chart, left, unit)?;
    let bowl = Bowl::fitted_to(cup)?;
    if bowl.roundness() < ROUND_MIN {
        return None;
    }
    let measures = [
        graded(
            "low_closes",
            bowl.share_below(bottom + 0.38 * depth),
            Ramp::Up(0.40, 0.52),
            1.8,
        ),
        graded(
            "rim_gap",
            (higher - lower) / depth,
            Ramp::Down(0.12, 0.28),
            1.6,
        ),
        graded(
            "rounder_than_v",
            bowl.rounder_than_v(),
            Ramp::Up(-0.1, 0.25),
            1.6,
        ),
        graded("handle_depth", retrace, Ramp::Down(0.40, 0.56), 1.6),
        graded("rise_before", rise / depth, Ramp::Up(0.45, 0.9), 1.6),
        graded("depth", depth / unit, Ramp::Up(4.5, 7.0), 1.4),
        graded(
            "handle_volume",
            mean_volume(handle)? / mean_volume(cup)?,
            Ramp::Down(0.75, 1.1),
            1.2,
        ),
        graded("handle_depth_least", retrace, Ramp::Up(0.05, 0.14), 1.0),
        graded(
            "off_centre",
            bowl.off_centre(bottom + 0.25 * depth),
            Ramp::Down(0.22, 0.55),
            0.8,
        ),
    ];
    let levels = Levels {
        trigger_level: top,
        stop_level: low,
        target_level: top + depth,
        reward_min: REWARD_MIN,
    };
    Detection::armed(
        PatternKind::CupHandle,
        (left.index, newest),
        &measures,
        levels,
    )
}

/// How far price had come to the left rim, from the lowest low since it was last up there.
fn rise_to(chart: &Chart, left: Pivot, unit: f64) -> Option<f64> {
    let ceiling = left.price + OVER_UNITS * unit;
    let before = chart.before(left.index, RISE_BARS)?;
    let lowest = before
        .iter()
        .rev()
        .take_while(|bar| bar.high <= ceiling)
        .fold(left.price, |low, bar| low.min(bar.low));
    Some(left.price - lowest)
}
