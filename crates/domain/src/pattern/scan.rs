//! The scan: every detector over a series that is fed bar by bar, and which of the shapes that stood
//! a bar ago was triggered by this one.

use super::bar::{PatternBar, TickSize};
use super::chart::Chart;
use super::detection::{CONFIDENCE_MIN, Detection, PatternKind, PatternState};
use super::{abcd, ascending_triangle, breakout, bull_flag, cup_handle};

type Finder = fn(&Chart) -> Option<Detection>;

const FINDERS: [Finder; 5] = [
    bull_flag::find,
    cup_handle::find,
    ascending_triangle::find,
    abcd::find,
    breakout::find,
];

/// Looks for all patterns in one series, as each closed bar comes in.
///
/// What it says at a bar rests on that bar and those before it, so it is what would have been said
/// then; a clone answers "what if this were the next bar". It keeps a bounded past.
///
/// A box under 10.00, and the bar that leaves it on two and a half times the volume.
///
/// ```
/// use catalyst_domain::indicator::{Ohlcv, OhlcvError};
/// use catalyst_domain::pattern::{
///     BarVolume, CONFIDENCE_MIN, PatternBar, PatternKind, PatternScan, PatternState, TickSize,
/// };
/// let bar = |[open, high, low, close, volume]: [f64; 5]| {
///     let ohlcv = Ohlcv::new(open, high, low, close, volume)?;
///     Ok::<_, OhlcvError>(PatternBar { ohlcv, session: 1, volume: BarVolume::Continuous })
/// };
/// let waves = [[9.95, 10.0, 9.9, 9.95, 100.0], [9.75, 9.8, 9.7, 9.75, 100.0]];
/// let tick = TickSize::new(0.01)?;
/// let mut scan = PatternScan::new();
/// for step in 0..50 {
///     let found = scan.next(&bar(waves[step / 3 % 2])?, tick);
///     assert!(found.iter().all(|one| one.kind != PatternKind::Breakout));
/// }
/// let found = scan.next(&bar([9.96, 10.10, 9.95, 10.08, 250.0])?, tick);
/// let found = found.iter().find(|one| one.kind == PatternKind::Breakout).ok_or("none")?;
/// assert_eq!((found.state, found.known_at), (PatternState::Triggered, 50));
/// assert!(found.confidence > CONFIDENCE_MIN);
/// assert_eq!(found.measures[0].name, "volume_ratio");
/// assert_eq!(found.measures[0].value, 2.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct PatternScan {
    chart: Chart,
    /// What stood at the newest bar with its trigger waiting.
    armed: Vec<Detection>,
    /// Instances whose trigger was hit: they do not arm again until price has taken their stop, and
    /// with it the shape they had.
    spent: Vec<Spent>,
}

/// A triggered instance, and the level below which it has failed.
#[derive(Clone, Copy, Debug)]
struct Spent {
    kind: PatternKind,
    start: usize,
    stop_level: f64,
}

impl Spent {
    fn is(&self, seen: &Detection) -> bool {
        self.kind == seen.kind && self.start == seen.start
    }
}

impl PatternScan {
    /// Starts a series.
    pub fn new() -> Self {
        Self {
            chart: Chart::new(),
            armed: Vec::new(),
            spent: Vec::new(),
        }
    }

    /// Ends what waits for its trigger: at the close of a day an armed pattern has expired. A gap of
    /// the next morning is no trigger of it, and the same instance does not arm again.
    pub fn expire_armed(&mut self) {
        for waiting in self.armed.drain(..) {
            self.spent.push(Spent {
                kind: waiting.kind,
                start: waiting.start,
                stop_level: f64::NEG_INFINITY,
            });
        }
    }

    /// Takes the next closed bar, with the price step at its prices, and answers with the patterns
    /// that stand at it and those that it triggered. Those of a confidence below
    /// [`CONFIDENCE_MIN`] are near misses.
    pub fn next(&mut self, bar: &PatternBar, tick: TickSize) -> Vec<Detection> {
        let newest = self.chart.push(bar, tick);
        let oldest = self.chart.oldest();
        self.spent
            .retain(|one| one.start >= oldest && bar.ohlcv.low() >= one.stop_level);
        let mut found = Vec::new();
        for waiting in std::mem::take(&mut self.armed) {
            if bar.ohlcv.high() > waiting.levels.trigger_level {
                self.spent.push(Spent {
                    kind: waiting.kind,
                    start: waiting.start,
                    stop_level: waiting.levels.stop_level,
                });
                found.push(Detection {
                    state: PatternState::Triggered,
                    known_at: newest,
                    ..waiting
                });
            }
        }
        for find in FINDERS {
            if let Some(seen) = find(&self.chart)
                && !self.spent.iter().any(|one| one.is(&seen))
            {
                found.push(seen);
            }
        }
        self.armed.extend(
            found
                .iter()
                .filter(|one| one.state == PatternState::Armed)
                .filter(|one| one.confidence >= CONFIDENCE_MIN)
                .cloned(),
        );
        found
    }
}

impl Default for PatternScan {
    fn default() -> Self {
        Self::new()
    }
}

/// What a scan says over a whole series, bar after bar: an instance stands in the result once for
/// each bar at which it was seen.
///
/// ```
/// use catalyst_domain::indicator::{Ohlcv, OhlcvError};
/// use catalyst_domain::pattern::{BarVolume, PatternBar, PatternKind, TickSize, scan_patterns};
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
/// let found = scan_patterns(&bars, TickSize::new(0.01)?);
/// let breakouts = found.iter().filter(|one| one.kind == PatternKind::Breakout);
/// assert_eq!(breakouts.map(|one| one.known_at).collect::<Vec<_>>(), [50]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn scan_patterns(bars: &[PatternBar], tick: TickSize) -> Vec<Detection> {
    let mut scan = PatternScan::new();
    bars.iter().flat_map(|bar| scan.next(bar, tick)).collect()
}
