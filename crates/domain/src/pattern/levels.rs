//! A detection on the tick grid: what leaves this room is decimal, legal, and in order.

use rust_decimal::Decimal;

use super::{Detection, Measure, PatternBar, PatternKind, PatternState, TickSize};
use crate::indicator::float_view;
use crate::market::Bar;
use crate::pattern::BarVolume;
use crate::price::Price;
use crate::tick::{LimitPrice, TickGrid};

/// A pattern with legal levels, stop below trigger below target. Indexes count bars from 0.
///
/// Shown at [`Detection::on_grid`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Which shape.
    pub kind: PatternKind,
    /// Whether its trigger was hit.
    pub state: PatternState,
    /// First bar of the shape.
    pub start: usize,
    /// Last bar of the shape.
    pub end: usize,
    /// The bar at whose close it was known.
    pub known_at: usize,
    /// 0 to 1, to two places.
    pub confidence: Decimal,
    /// Buy at or above.
    pub trigger: LimitPrice,
    /// Wrong at or below.
    pub stop: LimitPrice,
    /// Right at or above.
    pub target: LimitPrice,
    /// What the confidence was made from, heaviest rule first.
    pub measures: Vec<Graded>,
}

/// One measure behind a confidence.
///
/// Shown at [`Detection::on_grid`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graded {
    /// What was measured, in snake case.
    pub name: &'static str,
    /// The figure, to two places; distances are in units of the bars' robust range.
    pub value: Decimal,
    /// 0 where it fails the pattern, 1 where it could not be better; to two places.
    pub score: Decimal,
}

impl Detection {
    /// Rounds the levels: trigger up and one tick on, stop down and one tick on, target down but at
    /// least the reward that the shape asks for. `None` when they leave the grid or their order.
    ///
    /// Two ticks more at risk move the target up, so that the reward is still twice the risk.
    ///
    /// ```
    /// use catalyst_domain::instrument::InstrumentKind;
    /// use catalyst_domain::pattern::{Detection, Levels, Measure, PatternKind, PatternState};
    /// use catalyst_domain::tick::TickTable;
    /// let found = Detection {
    ///     kind: PatternKind::Breakout,
    ///     state: PatternState::Triggered,
    ///     start: 24,
    ///     end: 50,
    ///     known_at: 50,
    ///     confidence: 0.91,
    ///     levels: Levels {
    ///         trigger_level: 30.0,
    ///         stop_level: 29.9,
    ///         target_level: 30.2,
    ///         reward_min: 2.0,
    ///     },
    ///     measures: vec![Measure { name: "touches", value: 3.0, score: 1.0, weight: 1.6 }],
    /// };
    /// let ticks = TickTable::hkex()?;
    /// let grid = ticks.on("2026-11-23".parse()?, InstrumentKind::Equity)?;
    /// let pattern = found.on_grid(grid).ok_or("off the table")?;
    /// let levels = [pattern.stop, pattern.trigger, pattern.target];
    /// assert_eq!(levels.map(|level| level.to_string()), ["29.88", "30.02", "30.30"]);
    /// assert_eq!(pattern.measures[0].name, "touches");
    /// assert_eq!(pattern.measures[0].value, 3.into());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn on_grid(&self, grid: TickGrid<'_>) -> Option<Pattern> {
        let trigger = grid.up(grid.snap_up(level(self.levels.trigger_level)?)?)?;
        let stop = grid.down(grid.snap_down(level(self.levels.stop_level)?)?)?;
        let drawn = grid.snap_down(level(self.levels.target_level)?)?;
        let risk = trigger.value() - stop.value();
        let least = trigger.value() + risk * Decimal::try_from(self.levels.reward_min).ok()?;
        let target = grid
            .snap_up(Price::new(least.round_dp(6)).ok()?)?
            .max_of(drawn);
        let ordered = stop.price() < trigger.price() && trigger.price() < target.price();
        ordered.then_some(Pattern {
            kind: self.kind,
            state: self.state,
            start: self.start,
            end: self.end,
            known_at: self.known_at,
            confidence: Decimal::try_from(self.confidence).ok()?.round_dp(2),
            trigger,
            stop,
            target,
            measures: self.measures.iter().filter_map(graded).collect(),
        })
    }
}

impl LimitPrice {
    fn max_of(self, other: Self) -> Self {
        if other.price() > self.price() {
            other
        } else {
            self
        }
    }
}

/// The measure in decimals; none for a figure beyond them, which is behind no legal price.
fn graded(measure: &Measure) -> Option<Graded> {
    let rounded = |value: f64| Some(Decimal::try_from(value).ok()?.round_dp(2).normalize());
    Some(Graded {
        name: measure.name,
        value: rounded(measure.value)?,
        score: rounded(measure.score)?,
    })
}

fn level(value: f64) -> Option<Price> {
    Price::new(Decimal::try_from(value).ok()?.round_dp(6)).ok()
}

impl PatternBar {
    /// The view of an exact bar in its session.
    pub fn of(bar: &Bar, session: u32, volume: BarVolume) -> Option<Self> {
        Some(Self {
            ohlcv: float_view(bar)?,
            session,
            volume,
        })
    }
}

impl TickSize {
    /// The step of `grid` at `price`.
    pub fn at(grid: TickGrid<'_>, price: Price) -> Option<Self> {
        use rust_decimal::prelude::ToPrimitive as _;
        Self::new(grid.tick_at(price)?.to_f64()?).ok()
    }
}
