//! The ascending triangle: lows that rise against a level top, until price leaves over the top.
//! Source of the shape: T. Bulkowski, Encyclopedia of Chart Patterns (ascending triangles); of tops
//! that count as equal: Lo, Mamaysky and Wang, Journal of Finance 55 (2000).

use super::chart::{Chart, Measured, count, is_thinly_traded, mean_volume};
use super::detection::{Detection, Levels, PatternKind, REWARD_MIN};
use super::score::{Ramp, graded};
use super::zigzag::{Pivot, Turn};

/// Bars that a triangle may reach back, and the fewest it takes.
const SPAN: (usize, usize) = (18, 100);

/// How far a top may lie from the mean of the tops, in units.
const LEVEL_UNITS: f64 = 0.8;

/// How far under the highest top a high may lie to be one of them, in units.
const NEAR_UNITS: f64 = 1.2;

/// Fewest bars from the first to the last top.
const TOPS_APART: usize = 9;

/// Least height, and least rise from one low to the next, in units.
const HEIGHT_UNITS: f64 = 3.4;
const STEP_UNITS: f64 = 0.5;

/// What the lows must have risen together, as a share of the height.
const RISE_SHARE: f64 = 0.28;

/// How far over the mean top a close inside may lie, in units.
const OVER_UNITS: f64 = 0.55;

/// Bars since price was last at the top.
const TOUCH_BARS: usize = 13;

/// Finds the triangle that stands at the newest bar: of all first tops and first lows those that
/// draw it best.
pub(super) fn find(chart: &Chart) -> Option<Detection> {
    let newest = chart.newest()?;
    let floor = newest.saturating_sub(SPAN.1);
    let pivots = chart.fine().pivots();
    let mut best: Option<Detection> = None;
    let mut level = f64::NEG_INFINITY;
    for (place, first_top) in pivots.iter().enumerate().rev() {
        if first_top.index < floor {
            break;
        }
        if first_top.turn == Turn::Low {
            continue;
        }
        level = level.max(first_top.price);
        let (earlier, later) = (pivots.get(..place)?, pivots.get(place..)?);
        for low in foots(chart, earlier, *first_top, floor) {
            if let Some(found) = drawn(chart, newest, low, (level, later))
                && best
                    .as_ref()
                    .is_none_or(|best| found.confidence > best.confidence)
            {
                best = Some(found);
            }
        }
    }
    best
}

/// The lows that the rise to the first top may have begun with: going back, each lower than the one
/// after it, and none from before price was at the top already.
fn foots<'a>(
    chart: &'a Chart,
    earlier: &'a [Pivot],
    top: Pivot,
    floor: usize,
) -> impl Iterator<Item = Pivot> + 'a {
    let near = chart
        .unit(top.index)
        .map_or(top.price, |unit| top.price - NEAR_UNITS * unit);
    let mut lowest = f64::INFINITY;
    earlier
        .iter()
        .rev()
        .take_while(move |pivot| {
            pivot.index >= floor && (pivot.turn == Turn::Low || pivot.price < near)
        })
        .filter(|pivot| pivot.turn == Turn::Low)
        .take_while(move |low| std::mem::replace(&mut lowest, low.price) > low.price)
        .copied()
}

/// The touches of the level, gathered backwards.
#[derive(Clone, Copy, Debug)]
struct Tops {
    number: usize,
    sum: f64,
    highest: f64,
    lowest: f64,
    first: usize,
    last: usize,
}

impl Tops {
    const fn begun_by(top: Pivot) -> Self {
        Self {
            number: 1,
            sum: top.price,
            highest: top.price,
            lowest: top.price,
            first: top.index,
            last: top.index,
        }
    }

    /// With one more touch before the others.
    fn with(self, earlier: Pivot) -> Self {
        Self {
            number: self.number + 1,
            sum: self.sum + earlier.price,
            lowest: self.lowest.min(earlier.price),
            ..self.hung_from(earlier)
        }
    }

    /// With the first touch begun earlier.
    fn hung_from(self, earlier: Pivot) -> Self {
        Self {
            highest: self.highest.max(earlier.price),
            first: earlier.index,
            ..self
        }
    }

    fn mean(&self) -> f64 {
        self.sum / count(self.number)
    }

    fn deviation(&self) -> f64 {
        (self.highest - self.mean()).max(self.mean() - self.lowest)
    }
}

/// The lows from the first to the last, gathered backwards.
#[derive(Clone, Copy, Debug)]
struct Lows {
    first: f64,
    last: f64,
    smallest_step: f64,
}

impl Lows {
    const fn last(low: f64) -> Self {
        Self {
            first: low,
            last: low,
            smallest_step: f64::INFINITY,
        }
    }

    /// With one more low before the others.
    fn begun_by(self, earlier: f64) -> Self {
        Self {
            first: earlier,
            smallest_step: self.smallest_step.min(self.first - earlier),
            ..self
        }
    }
}

/// The touches of `level` among the pivots, and the lows between them and since the last.
///
/// A low that a later one undercuts was a bounce on the way to that one: the touches before and
/// after it are one.
fn touches(chart: &Chart, first_low: Pivot, level: f64, pivots: &[Pivot]) -> Option<(Tops, Lows)> {
    let near = level - NEAR_UNITS * chart.unit(first_low.index)?;
    let mut low = chart.fine().low_since_high()?;
    let mut gathered: Option<(Tops, Lows)> = None;
    for pivot in pivots.iter().rev() {
        if pivot.turn == Turn::Low || pivot.price < near {
            low = low.min(pivot.price);
            continue;
        }
        gathered = match gathered {
            None => Some((Tops::begun_by(*pivot), Lows::last(low))),
            Some((tops, lows)) if low < lows.first => Some((tops.with(*pivot), lows.begun_by(low))),
            Some((tops, lows)) => Some((tops.hung_from(*pivot), lows)),
        };
        low = f64::INFINITY;
    }
    gathered.map(|(tops, lows)| (tops, lows.begun_by(first_low.price)))
}

fn drawn(
    chart: &Chart,
    newest: usize,
    first_low: Pivot,
    (level, pivots): (f64, &[Pivot]),
) -> Option<Detection> {
    let start = first_low.index;
    let unit = chart.unit(start)?;
    if newest - start < SPAN.0 || level - first_low.price < HEIGHT_UNITS * unit {
        return None;
    }
    let (tops, lows) = touches(chart, first_low, level, pivots)?;
    let bars = chart.span(start, newest + 1)?;
    let (mean, height) = (tops.mean(), tops.mean() - lows.first);
    if !stands(&tops, &lows, unit) || !is_contained(bars, (mean, lows.last), unit) {
        return None;
    }
    let (early, late) = bars.split_at(bars.len() / 2);
    let wedge = (mean - lows.last) / height;
    let measures = [
        graded(
            "tops_apart",
            tops.deviation() / unit,
            Ramp::Down(0.40, 0.85),
            2.0,
        ),
        graded("height", height / unit, Ramp::Up(3.2, 5.0), 1.6),
        graded(
            "smallest_step",
            lows.smallest_step / unit,
            Ramp::Up(0.4, 1.2),
            1.6,
        ),
        graded("wedge_left", wedge, Ramp::Down(0.58, 0.80), 1.6),
        graded(
            "strays",
            strays(chart, start, &tops),
            Ramp::Down(0.3, 1.8),
            1.6,
        ),
        graded(
            "largest_bar",
            largest_range(bars) / height,
            Ramp::Down(0.42, 0.68),
            1.5,
        ),
        graded(
            "late_volume",
            mean_volume(late)? / mean_volume(early)?,
            Ramp::Down(0.8, 1.15),
            1.4,
        ),
        graded("tops", count(tops.number), Ramp::Up(1.0, 2.6), 1.0),
        graded("wedge_left_least", wedge, Ramp::Up(0.12, 0.30), 1.0),
        graded("travel", travel(bars) / height, Ramp::Up(1.5, 2.6), 1.0),
        graded("bars", count(newest - start), Ramp::Down(70.0, 100.0), 0.4),
    ];
    let levels = Levels {
        trigger_level: tops.highest,
        stop_level: lows.last,
        target_level: tops.highest + height,
        reward_min: REWARD_MIN,
    };
    Detection::armed(
        PatternKind::AscendingTriangle,
        (start, newest),
        &measures,
        levels,
    )
}

/// What tops and lows must be to draw a triangle at all.
fn stands(tops: &Tops, lows: &Lows, unit: f64) -> bool {
    let height = tops.mean() - lows.first;
    tops.number >= 2
        && tops.last - tops.first >= TOPS_APART
        && tops.deviation() <= LEVEL_UNITS * unit
        && height >= HEIGHT_UNITS * unit
        && lows.smallest_step >= STEP_UNITS * unit
        && lows.last - lows.first >= RISE_SHARE * height
}

/// No close has left over the top, price was at it not long ago, and it is nearer to it than to the
/// last low.
fn is_contained(bars: &[Measured], (top, low): (f64, f64), unit: f64) -> bool {
    let recent = bars.len().saturating_sub(TOUCH_BARS + 1);
    let inside = |bar: &Measured| bar.close <= top + OVER_UNITS * unit;
    bars.last()
        .is_some_and(|last| last.close >= f64::midpoint(low, top))
        && bars.iter().all(inside)
        && bars
            .iter()
            .skip(recent)
            .any(|bar| bar.high >= top - LEVEL_UNITS * unit)
        && !is_thinly_traded(bars)
}

/// Highs that are no touches, for each one that is: price that comes and goes in a triangle leaves
/// few of them, price that drifts leaves many.
fn strays(chart: &Chart, start: usize, tops: &Tops) -> f64 {
    let pivots = chart.fine().pivots().iter().rev();
    let highs = pivots
        .take_while(|pivot| pivot.index > start)
        .filter(|pivot| pivot.turn == Turn::High)
        .count();
    count(highs.saturating_sub(tops.number)) / count(tops.number)
}

/// The widest bar: a shape that one bar spans is a jump and what came after it.
fn largest_range(bars: &[Measured]) -> f64 {
    bars.iter()
        .fold(0.0, |widest: f64, bar| widest.max(bar.high - bar.low))
}

/// All the way that closes went: between top and lows price goes from side to side.
fn travel(bars: &[Measured]) -> f64 {
    bars.iter()
        .zip(bars.iter().skip(1))
        .map(|(before, after)| (after.close - before.close).abs())
        .sum()
}
