//! What a detector reports: which pattern, where, how sure, and the levels to trade it by.

use std::fmt;

use super::score::confidence;

/// Confidence from which a detection counts as the pattern: tuned to separate drawn patterns from
/// near misses.
pub const CONFIDENCE_MIN: f64 = 0.6;

/// The least reward that levels offer, in multiples of the risk: the owner's rule. A shape that
/// measures less has its target moved out to it; which ones were moved is not told.
pub(super) const REWARD_MIN: f64 = 2.0;

/// The patterns the owner trades.
///
/// Shown at [`Detection::on_grid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PatternKind {
    /// A thrust up, then a shallow drift on falling volume.
    BullFlag,
    /// A rounded base between two level rims, then a small pullback.
    CupHandle,
    /// Rising lows against a level top.
    AscendingTriangle,
    /// A thrust, a pullback that holds, and a second leg as long as the first.
    Abcd,
    /// A close above a tested level on volume.
    Breakout,
}

impl PatternKind {
    /// Every pattern that can be named.
    pub const ALL: [Self; 5] = [
        Self::BullFlag,
        Self::CupHandle,
        Self::AscendingTriangle,
        Self::Abcd,
        Self::Breakout,
    ];

    /// The name in tools, journal and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BullFlag => "bull_flag",
            Self::CupHandle => "cup_handle",
            Self::AscendingTriangle => "ascending_triangle",
            Self::Abcd => "abcd",
            Self::Breakout => "breakout",
        }
    }
}

impl fmt::Display for PatternKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Where a pattern stands in its life.
///
/// Shown at [`PatternScan`](super::PatternScan).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PatternState {
    /// Its trigger waits.
    Armed,
    /// A bar has traded over its trigger: the newest one.
    Triggered,
}

impl PatternState {
    /// The name in tools and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Armed => "armed",
            Self::Triggered => "triggered",
        }
    }
}

/// One pattern found in a series; positions count its bars from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// Which pattern.
    pub kind: PatternKind,
    /// Whether its trigger was hit.
    pub state: PatternState,
    /// Its first bar; with the kind, what makes it the same instance from bar to bar.
    pub start: usize,
    /// Its last bar.
    pub end: usize,
    /// The bar at whose close it looked like this; never before `end`.
    pub known_at: usize,
    /// Above 0 and at most 1; see [`CONFIDENCE_MIN`].
    pub confidence: f64,
    /// Where to enter, give up and take profit.
    pub levels: Levels,
    /// What the confidence was made from, heaviest rule first.
    pub measures: Vec<Measure>,
}

impl Detection {
    /// A shape that stands at the bar `newest`; none when one of its conditions fails outright.
    pub(super) fn armed(
        kind: PatternKind,
        (start, newest): (usize, usize),
        measures: &[Measure],
        levels: Levels,
    ) -> Option<Self> {
        let confidence = confidence(measures);
        (confidence > 0.0).then(|| Self {
            kind,
            state: PatternState::Armed,
            start,
            end: newest,
            known_at: newest,
            confidence,
            levels,
            measures: measures.to_vec(),
        })
    }
}

/// The levels of a long trade before they are put on the tick grid, `stop < trigger < target`.
///
/// On the grid the trigger is rounded up and one tick added, the stop rounded down and one tick
/// taken away, the target rounded down; that widens the risk, so the target is
/// moved up where the shape itself measures less than the least reward.
///
/// Shown at [`Detection::on_grid`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// The level a buy-stop waits just above.
    pub trigger_level: f64,
    /// The level below which the pattern has failed.
    pub stop_level: f64,
    /// How far the pattern reaches.
    pub target_level: f64,
    /// The least reward on the grid, in multiples of the risk there.
    pub reward_min: f64,
}

/// One soft condition: what was measured, and how well it served.
///
/// Shown at [`PatternScan`](super::PatternScan).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// What was measured, in snake case.
    pub name: &'static str,
    /// The ratio found; distances are in units of the bars' robust range.
    pub value: f64,
    /// 0 where it fails the pattern, 1 where it could not be better.
    pub score: f64,
    /// How much it counts beside the others; above 0.
    pub weight: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_go_by_the_names_that_tools_and_journal_use() {
        let names = [
            PatternKind::BullFlag,
            PatternKind::CupHandle,
            PatternKind::AscendingTriangle,
            PatternKind::Abcd,
            PatternKind::Breakout,
        ]
        .map(|kind| kind.to_string());

        assert_eq!(
            names,
            [
                "bull_flag",
                "cup_handle",
                "ascending_triangle",
                "abcd",
                "breakout"
            ]
        );
    }
}
