//! The breakout: a bar that closes above the highest high of the box before it, on volume.
//! The figures are the project's own, tuned on labelled bars of 1 to 15 minutes; the middle of the
//! volume ramp is the owner's entry rule, 1.5 times the bars before.

use super::bar::{BarVolume, PatternBar, TickSize, is_thinly_traded, mean_volume, unit_at_end};
use super::detection::{Detection, Levels, Measure, PatternKind};
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

/// The least reward the levels promise, in multiples of the risk.
const REWARD_MIN: f64 = 2.0;

/// Finds the breakout whose event is the last of the bars.
///
/// None without history (the box, the bars behind the unit), for a bar that opens a session (a gap
/// is a gap), in thin trade, and where any condition fails outright. Detections of a confidence
/// below [`CONFIDENCE_MIN`](super::CONFIDENCE_MIN) are near misses.
///
/// A box under 10.00, and the bar that leaves it on two and a half times the volume.
///
/// ```
/// use catalyst_domain::indicator::{Ohlcv, OhlcvError};
/// use catalyst_domain::pattern::{
///     BarVolume, CONFIDENCE_MIN, PatternBar, PatternKind, TickSize, find_breakout,
/// };
/// let bar = |[open, high, low, close, volume]: [f64; 5]| {
///     let ohlcv = Ohlcv::new(open, high, low, close, volume)?;
///     Ok::<_, OhlcvError>(PatternBar { ohlcv, session: 1, volume: BarVolume::Continuous })
/// };
/// let waves = [[9.95, 10.0, 9.9, 9.95, 100.0], [9.75, 9.8, 9.7, 9.75, 100.0]];
/// let mut bars = Vec::new();
/// for step in 0..50 {
///     bars.push(bar(waves[step / 3 % 2])?);
/// }
/// let tick = TickSize::new(0.01)?;
/// assert_eq!(find_breakout(&bars, tick), None);
/// bars.push(bar([9.96, 10.10, 9.95, 10.08, 250.0])?);
/// let found = find_breakout(&bars, tick).ok_or("no breakout")?;
/// assert_eq!((found.kind, found.known_at), (PatternKind::Breakout, 50));
/// assert!(found.confidence > CONFIDENCE_MIN);
/// assert_eq!(found.measures[0].name, "volume_ratio");
/// assert_eq!(found.measures[0].value, 2.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn find_breakout(bars: &[PatternBar], tick: TickSize) -> Option<Detection> {
    let (event, history) = bars.split_last()?;
    let start = history.len().checked_sub(BOX_BARS)?;
    let within = history.get(start..)?;
    let level = highest_high(within);
    if event.ohlcv.close() <= level || !is_comparable(event, within.last()?) {
        return None;
    }
    if is_thinly_traded(bars.get(start..)?) {
        return None;
    }
    let unit = unit_at_end(bars.get(..=start)?, tick)?;
    let baseline = mean_volume(history.get(history.len() - BASELINE_BARS..)?)?;

    let shape = Shape {
        event,
        within,
        level,
        unit,
    };
    let measures = shape.measures(baseline);
    let confidence = confidence(&measures);
    (confidence > 0.0).then(|| Detection {
        kind: PatternKind::Breakout,
        start,
        end: history.len(),
        known_at: history.len(),
        confidence,
        levels: shape.levels(),
        measures,
    })
}

/// Finds every breakout of a series, each as it was known at its own bar, earliest first.
///
/// ```
/// use catalyst_domain::indicator::{Ohlcv, OhlcvError};
/// use catalyst_domain::pattern::{BarVolume, PatternBar, TickSize, scan_breakouts};
/// let bar = |[open, high, low, close, volume]: [f64; 5]| {
///     let ohlcv = Ohlcv::new(open, high, low, close, volume)?;
///     Ok::<_, OhlcvError>(PatternBar { ohlcv, session: 1, volume: BarVolume::Continuous })
/// };
/// let waves = [[9.95, 10.0, 9.9, 9.95, 100.0], [9.75, 9.8, 9.7, 9.75, 100.0]];
/// let mut bars = Vec::new();
/// for step in 0..50 {
///     bars.push(bar(waves[step / 3 % 2])?);
/// }
/// bars.push(bar([9.96, 10.10, 9.95, 10.08, 250.0])?);
/// bars.push(bar([10.08, 10.09, 10.02, 10.05, 100.0])?);
/// let found = scan_breakouts(&bars, TickSize::new(0.01)?);
/// assert_eq!(found.iter().map(|one| one.known_at).collect::<Vec<_>>(), [50]);
/// assert_eq!(scan_breakouts(&bars[..20], TickSize::new(0.01)?), []);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn scan_breakouts(bars: &[PatternBar], tick: TickSize) -> Vec<Detection> {
    (1..=bars.len())
        .filter_map(|known| bars.get(..known).and_then(|past| find_breakout(past, tick)))
        .collect()
}

/// Whether the event's move and volume are of one kind with the bars before it: no break in
/// trading in between, no auction inside.
fn is_comparable(event: &PatternBar, previous: &PatternBar) -> bool {
    event.session == previous.session && event.volume == BarVolume::Continuous
}

fn highest_high(bars: &[PatternBar]) -> f64 {
    bars.iter()
        .map(|bar| bar.ohlcv.high())
        .fold(f64::NEG_INFINITY, f64::max)
}

fn lowest_low(bars: &[PatternBar]) -> f64 {
    bars.iter()
        .map(|bar| bar.ohlcv.low())
        .fold(f64::INFINITY, f64::min)
}

/// A box, its top, and the bar that closed above it.
struct Shape<'a> {
    event: &'a PatternBar,
    within: &'a [PatternBar],
    level: f64,
    unit: f64,
}

impl Shape<'_> {
    fn height(&self) -> f64 {
        self.level - lowest_low(self.within)
    }

    fn measures(&self, baseline: f64) -> Vec<Measure> {
        let bar = &self.event.ohlcv;
        let height = self.height() / self.unit;
        let overshoot = (bar.close() - self.level) / self.unit;
        vec![
            graded(
                "volume_ratio",
                bar.volume() / baseline,
                Ramp::Up(1.2, 2.2),
                2.2,
            ),
            graded("box_height", height, Ramp::Down(4.8, 7.5), 1.8),
            graded("touches", self.touches(), Ramp::Up(1.0, 2.6), 1.6),
            graded("close_above_level", overshoot, Ramp::Up(0.0, 0.45), 1.2),
            graded(
                "close_in_bar",
                self.close_position(),
                Ramp::Up(0.4, 0.75),
                1.0,
            ),
            graded("box_height_least", height, Ramp::Up(1.2, 2.4), 0.6),
        ]
    }

    /// Visits to the level, counted from the oldest.
    fn touches(&self) -> f64 {
        let near = self.level - TOUCH_UNITS * self.unit;
        let mut count = 0.0;
        let mut free_from = 0;
        for (index, bar) in self.within.iter().enumerate() {
            if index >= free_from && bar.ohlcv.high() >= near {
                count += 1.0;
                free_from = index + TOUCH_BARS_APART;
            }
        }
        count
    }

    /// Where the close lies between the bar's low at 0 and its high at 1. A bar of one price jumped
    /// over the level without trading through it and shows no buying: 0.
    fn close_position(&self) -> f64 {
        let bar = &self.event.ohlcv;
        let range = bar.high() - bar.low();
        if range > 0.0 {
            (bar.close() - bar.low()) / range
        } else {
            0.0
        }
    }

    fn levels(&self) -> Levels {
        let (nearest, furthest) = STOP_UNITS;
        let stop = self.event.ohlcv.low().clamp(
            self.level - furthest * self.unit,
            self.level - nearest * self.unit,
        );
        let reach = self.height().max(REWARD_MIN * (self.level - stop));
        Levels {
            trigger_level: self.level,
            stop_level: stop,
            target_level: self.level + reach,
            reward_min: Some(REWARD_MIN),
        }
    }
}
