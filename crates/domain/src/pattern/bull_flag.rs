//! The bull flag: a steep pole, then a shallow drift on less volume that holds the upper part of it.
//! Source of the shape: T. Bulkowski, Encyclopedia of Chart Patterns (flags); of the entry over the
//! flag's high with the stop under its low: R. Cameron's public lessons. The numbers are scaled to
//! bars of 1 to 15 minutes and were tuned on labelled bars.

use super::chart::{Chart, count, highest_high, is_thinly_traded, lowest_low, mean_volume, rise};
use super::detection::{Detection, Levels, PatternKind, REWARD_MIN};
use super::impulse::Impulse;
use super::score::{Ramp, graded};

/// Bars in which the pole's top is the highest.
const WINDOW: usize = 20;

/// Bars since the top: fewer are no flag yet, more are no flag any more.
const AGE: (usize, usize) = (3, 18);

/// Longest pole, in bars.
const POLE_BARS: usize = 13;

/// Deepest retrace and steepest rise of a flag, as shares of the pole.
const RETRACE_MAX: f64 = 0.60;
const RISE_MAX: f64 = 0.25;

/// Finds the flag that stands at the newest bar.
pub(super) fn find(chart: &Chart) -> Option<Detection> {
    let newest = chart.newest()?;
    let top = chart.highest((newest + 1).checked_sub(WINDOW)?, newest + 1)?;
    let age = newest - top;
    if age < AGE.0 || age > AGE.1 {
        return None;
    }
    let pole = Impulse::ending_at(chart, top, POLE_BARS)?;
    let flag = chart.span(top + 1, newest + 1)?;
    let low = lowest_low(flag);
    let retrace = (pole.high - low) / pole.height;
    if retrace > RETRACE_MAX || rise(flag) > RISE_MAX * pole.height {
        return None;
    }
    if is_thinly_traded(chart.span(pole.foot, newest + 1)?) {
        return None;
    }
    let push = pole.volume(chart)?;
    let measures = [
        graded("pole", pole.units(), Ramp::Up(4.0, 7.0), 2.0),
        graded(
            "largest_step",
            pole.largest_step(chart)?,
            Ramp::Down(0.32, 0.58),
            2.5,
        ),
        graded("retrace", retrace, Ramp::Down(0.42, 0.58), 2.0),
        graded(
            "pole_volume",
            push / pole.volume_before(chart)?,
            Ramp::Up(1.15, 1.9),
            2.0,
        ),
        graded(
            "pole_pace",
            pole.units() / pole.bars(),
            Ramp::Up(0.5, 1.0),
            1.5,
        ),
        graded(
            "pole_straight",
            pole.efficiency(chart)?,
            Ramp::Up(0.55, 0.85),
            1.5,
        ),
        graded(
            "flag_volume",
            mean_volume(flag)? / push,
            Ramp::Down(0.55, 0.95),
            1.5,
        ),
        graded("retrace_least", retrace, Ramp::Up(0.06, 0.14), 0.7),
        graded("flag_age", count(age), Ramp::Down(12.0, 18.0), 0.7),
    ];
    let levels = Levels {
        trigger_level: highest_high(flag),
        stop_level: low,
        target_level: low + pole.height,
        reward_min: REWARD_MIN,
    };
    Detection::armed(
        PatternKind::BullFlag,
        (pole.foot, newest),
        &measures,
        levels,
    )
}
