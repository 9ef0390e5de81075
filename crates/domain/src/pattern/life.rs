//! The life of a pattern after the bar that showed it: smaller bars time its trigger, and end it.

use chrono::{DateTime, Utc};

use super::levels::Pattern;
use crate::market::Bar;

/// What became of a pattern by now.
///
/// Shown at [`Pattern::life_after`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternLife {
    /// Its trigger waits.
    Waiting,
    /// A bar that began then traded at the trigger, and neither stop nor target was met since.
    Triggered(DateTime<Utc>),
    /// Price was at its stop, or at its target: there is nothing left to trade.
    Over,
}

impl Pattern {
    /// Follows the pattern through `bars`, oldest first, all of them later than what it was seen in.
    ///
    /// Where one bar holds the stop and another level, the stop counts: which came first cannot be
    /// told.
    ///
    /// ```
    /// use catalyst_domain::instrument::InstrumentKind;
    /// use catalyst_domain::market::{Bar, Ohlc};
    /// use catalyst_domain::pattern::{Detection, Levels, PatternKind, PatternLife, PatternState};
    /// use catalyst_domain::{quantity::Shares, tick::TickTable};
    /// let levels = Levels {
    ///     trigger_level: 30.0,
    ///     stop_level: 29.9,
    ///     target_level: 30.5,
    ///     reward_min: 2.0,
    /// };
    /// let seen = Detection {
    ///     kind: PatternKind::BullFlag,
    ///     state: PatternState::Armed,
    ///     start: 24,
    ///     end: 50,
    ///     known_at: 50,
    ///     confidence: 0.91,
    ///     levels,
    ///     measures: Vec::new(),
    /// };
    /// let ticks = TickTable::hkex()?;
    /// let pattern = seen
    ///     .on_grid(ticks.on("2026-11-23".parse()?, InstrumentKind::Equity)?)
    ///     .ok_or("off the table")?;
    /// let minute = |at: &str, high: &str, low: &str| -> Result<Bar, Box<dyn std::error::Error>> {
    ///     let (high, low) = (high.parse()?, low.parse()?);
    ///     Ok(Bar::new(at.parse()?, Ohlc { open: low, high, low, close: low }, Shares::ZERO)?)
    /// };
    /// let quiet = minute("2026-11-23T02:00:00Z", "29.98", "29.94")?;
    /// let hit = minute("2026-11-23T02:01:00Z", "30.02", "29.98")?;
    /// let stopped = minute("2026-11-23T02:02:00Z", "29.98", "29.88")?;
    /// assert_eq!(pattern.life_after(&[quiet]), PatternLife::Waiting);
    /// assert_eq!(pattern.life_after(&[quiet, hit]), PatternLife::Triggered(hit.start()));
    /// assert_eq!(pattern.life_after(&[quiet, hit, stopped]), PatternLife::Over);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn life_after(&self, bars: &[Bar]) -> PatternLife {
        let mut life = PatternLife::Waiting;
        for bar in bars {
            if bar.low() <= self.stop.price() || bar.high() >= self.target.price() {
                return PatternLife::Over;
            }
            if life == PatternLife::Waiting && bar.high() >= self.trigger.price() {
                life = PatternLife::Triggered(bar.start());
            }
        }
        life
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::InstrumentKind;
    use crate::market::Ohlc;
    use crate::pattern::{Detection, Levels, PatternKind, PatternState};
    use crate::quantity::Shares;
    use crate::tick::TickTable;

    fn pattern() -> Pattern {
        let ticks = TickTable::hkex().unwrap();
        let grid = ticks
            .on("2026-11-23".parse().unwrap(), InstrumentKind::Equity)
            .unwrap();
        let seen = Detection {
            kind: PatternKind::BullFlag,
            state: PatternState::Armed,
            start: 0,
            end: 9,
            known_at: 9,
            confidence: 0.8,
            levels: Levels {
                trigger_level: 30.0,
                stop_level: 29.9,
                target_level: 30.5,
                reward_min: 2.0,
            },
            measures: Vec::new(),
        };
        seen.on_grid(grid).unwrap()
    }

    fn minutes(reaches: &[(&str, &str)]) -> Vec<Bar> {
        let first: DateTime<Utc> = "2026-11-23T02:00:00Z".parse().unwrap();
        reaches
            .iter()
            .zip(0..)
            .map(|((high, low), minute)| {
                let (high, low) = (high.parse().unwrap(), low.parse().unwrap());
                let prices = Ohlc {
                    open: low,
                    high,
                    low,
                    close: low,
                };
                let start = first + chrono::TimeDelta::minutes(minute);
                Bar::new(start, prices, Shares::ZERO).unwrap()
            })
            .collect()
    }

    #[test]
    fn the_first_minute_at_the_trigger_is_remembered() {
        let bars = minutes(&[("30", "29.94"), ("30.02", "29.96"), ("30.10", "30")]);

        assert_eq!(pattern().life_after(&bars[..1]), PatternLife::Waiting);
        assert_eq!(
            pattern().life_after(&bars),
            PatternLife::Triggered(bars[1].start())
        );
    }

    #[test]
    fn a_stop_ends_it_before_and_after_the_trigger_and_wins_inside_one_bar() {
        let before = minutes(&[("29.96", "29.88"), ("30.10", "30")]);
        let after = minutes(&[("30.02", "29.96"), ("30", "29.86")]);
        let at_once = minutes(&[("30.10", "29.88")]);

        for bars in [before, after, at_once] {
            assert_eq!(pattern().life_after(&bars), PatternLife::Over);
        }
    }

    #[test]
    fn a_met_target_leaves_nothing_to_trade() {
        let bars = minutes(&[("30.02", "29.96"), ("30.52", "30.2")]);

        assert_eq!(pattern().life_after(&bars), PatternLife::Over);
    }
}
