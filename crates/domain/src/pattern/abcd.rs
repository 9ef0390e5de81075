//! The momentum ABCD: a push from A to B, a pullback to C that holds well above A, and a second leg
//! as long as the first. Source: A. Aziz, How to Day Trade for a Living. It is not the harmonic
//! AB=CD, which buys at D against the move. The entry is the turn at C, because the break of B pays
//! less than twice the risk for every pullback of more than a third.

use super::chart::{Chart, count, highest_high, is_thinly_traded, mean_volume};
use super::detection::{Detection, Levels, PatternKind, REWARD_MIN};
use super::impulse::Impulse;
use super::score::{Ramp, graded};
use super::zigzag::Turn;

/// Longest push from A to B, in bars.
const PUSH_BARS: usize = 16;

/// What a pullback may take back of the push.
const PULLBACK: (f64, f64) = (0.25, 0.75);

/// Bars since C after which the turn has come to nothing.
const TURN_BARS: usize = 9;

/// How far over B a bar since C may reach, in units, with the second leg still to come.
const OVER_UNITS: f64 = 0.6;

/// Pivots that may be B: the last one, or a higher one from which the pullback came in waves.
const TOPS_MAX: usize = 3;

/// Finds the ABCD whose turn stands at the newest bar: of the tops that may be B the one that draws
/// it best.
pub(super) fn find(chart: &Chart) -> Option<Detection> {
    let newest = chart.newest()?;
    let mut highest = f64::NEG_INFINITY;
    let mut best: Option<Detection> = None;
    let pivots = chart.coarse().pivots().iter().rev();
    for top in pivots
        .filter(|pivot| pivot.turn == Turn::High)
        .take(TOPS_MAX)
    {
        if top.price > highest
            && let Some(found) = drawn(chart, newest, top.index)
            && best
                .as_ref()
                .is_none_or(|best| found.confidence > best.confidence)
        {
            best = Some(found);
        }
        highest = highest.max(top.price);
    }
    best
}

fn drawn(chart: &Chart, newest: usize, top: usize) -> Option<Detection> {
    let push = Impulse::ending_at(chart, top, PUSH_BARS)?;
    let hold = chart.lowest(top + 1, newest + 1)?;
    let low = chart.at(hold)?.low;
    let pullback = (push.high - low) / push.height;
    let turn = chart.span(hold, newest + 1)?;
    if newest - hold > TURN_BARS
        || pullback < PULLBACK.0
        || pullback > PULLBACK.1
        || highest_high(turn) >= push.high + OVER_UNITS * push.unit
        || is_thinly_traded(chart.span(push.foot, newest + 1)?)
    {
        return None;
    }
    let close = chart.at(newest)?.close;
    let pushed = push.volume(chart)?;
    let fell = mean_volume(chart.span(top + 1, hold + 1)?)?;
    let pace = count(hold - top) / push.bars();
    let measures = [
        graded("push", push.units(), Ramp::Up(4.0, 7.0), 2.0),
        graded(
            "largest_step",
            push.largest_step(chart)?,
            Ramp::Down(0.32, 0.58),
            2.0,
        ),
        graded(
            "turn",
            (close - low) / (push.high - low),
            Ramp::Up(0.12, 0.32),
            1.8,
        ),
        graded("pullback", pullback, Ramp::Down(0.64, 0.76), 1.5),
        graded(
            "push_volume",
            pushed / push.volume_before(chart)?,
            Ramp::Up(1.1, 1.7),
            1.4,
        ),
        graded(
            "pullback_volume",
            fell / pushed,
            Ramp::Down(0.55, 0.95),
            1.4,
        ),
        graded(
            "push_pace",
            push.units() / push.bars(),
            Ramp::Up(0.4, 0.85),
            1.2,
        ),
        graded(
            "push_straight",
            push.efficiency(chart)?,
            Ramp::Up(0.5, 0.8),
            1.2,
        ),
        graded("pullback_least", pullback, Ramp::Up(0.28, 0.38), 1.2),
        graded("pullback_pace_least", pace, Ramp::Up(0.2, 0.5), 0.6),
        graded("pullback_pace", pace, Ramp::Down(2.2, 4.0), 0.6),
    ];
    let levels = Levels {
        trigger_level: highest_high(turn),
        stop_level: low,
        target_level: low + push.height,
        reward_min: REWARD_MIN,
    };
    Detection::armed(PatternKind::Abcd, (push.foot, newest), &measures, levels)
}
