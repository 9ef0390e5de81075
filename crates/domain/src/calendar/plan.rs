//! The ordered phase starts of one kind of day, in seconds since local midnight.

use chrono::{NaiveTime, Timelike as _};

use super::day::PhaseSpan;
use super::phase::Phase;

const DAY_SECONDS: u32 = 86_400;

/// Phase starts that begin with `Closed` at midnight, rise strictly, and end with `Closed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PhasePlan {
    starts: Vec<(u32, Phase)>,
    sessions: Vec<(u32, u32)>,
}

/// The continuous sessions that a part day held, as written in its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeldHours {
    sessions: Vec<(u32, u32)>,
}

impl HeldHours {
    /// Sessions from their ends, `None` when one is empty or they overlap.
    pub(super) fn new(sessions: &[(NaiveTime, NaiveTime)]) -> Option<Self> {
        let sessions: Vec<_> = sessions
            .iter()
            .map(|(start, end)| (second_of(*start), second_of(*end)))
            .collect();
        let full = sessions.iter().all(|(start, end)| start < end);
        let apart = sessions
            .iter()
            .zip(sessions.iter().skip(1))
            .all(|(before, after)| before.1 < after.0);
        (full && apart && !sessions.is_empty()).then_some(Self { sessions })
    }
}

impl PhasePlan {
    /// A day without trading.
    pub(super) fn closed() -> Self {
        Self {
            starts: vec![(0, Phase::Closed)],
            sessions: Vec::new(),
        }
    }

    /// The plan with these starts after midnight, `None` when they do not rise, do not end with
    /// `Closed`, or hold no continuous session.
    pub(super) fn new(starts: &[(NaiveTime, Phase)]) -> Option<Self> {
        let later = starts
            .iter()
            .map(|(time, phase)| (second_of(*time), *phase));
        Self::of_seconds(std::iter::once((0, Phase::Closed)).chain(later).collect())
    }

    fn of_seconds(starts: Vec<(u32, Phase)>) -> Option<Self> {
        let pairs = || starts.iter().zip(starts.iter().skip(1));
        let rising = pairs().all(|(before, after)| before.0 < after.0);
        let ends = starts
            .last()
            .is_some_and(|(_, phase)| *phase == Phase::Closed);
        let sessions: Vec<_> = pairs()
            .filter(|(span, _)| span.1.is_continuous())
            .map(|(span, next)| (span.0, next.0))
            .collect();
        (rising && ends && !sessions.is_empty()).then_some(Self { starts, sessions })
    }

    /// This plan cut down to the hours that were held, `None` when those are not inside its sessions.
    ///
    /// An opening later than planned has no opening auction, an end earlier than planned no closing
    /// auction; a session that was not held leaves no lunch.
    pub(super) fn cut_to(&self, held: &HeldHours) -> Option<Self> {
        let (opening, _) = *self.sessions.first()?;
        let (_, closing) = *self.sessions.last()?;
        let mut starts: Vec<_> = self
            .starts
            .iter()
            .copied()
            .filter(|(second, _)| *second < opening)
            .collect();
        if held.sessions.first()?.0 != opening {
            starts = vec![(0, Phase::Closed)];
        }
        for (index, (start, end)) in held.sessions.iter().enumerate() {
            let within = |planned: &&(u32, u32)| planned.0 <= *start && *end <= planned.1;
            self.sessions.iter().find(within)?;
            if index > 0 {
                let pause_start = held.sessions.get(index - 1)?.1;
                starts.push((pause_start, Phase::Lunch));
            }
            starts.push((*start, self.phase_starting_by(*start).1));
        }
        let end = held.sessions.last()?.1;
        if end == closing {
            starts.extend(self.starts.iter().filter(|(second, _)| *second >= closing));
        } else {
            starts.push((end, Phase::Closed));
        }
        Self::of_seconds(starts)
    }

    /// The continuous sessions as written in a row: does this plan have exactly these?
    pub(super) fn has_sessions(&self, held: &HeldHours) -> bool {
        self.sessions == held.sessions
    }

    /// The continuous sessions, each from its start to before its end.
    pub(super) fn sessions(&self) -> &[(u32, u32)] {
        &self.sessions
    }

    /// Second of the first phase that is not `Closed`.
    pub(super) fn first_start(&self) -> Option<u32> {
        self.starts.get(1).map(|(second, _)| *second)
    }

    /// Second at which the day is over at the latest.
    pub(super) fn last_end(&self) -> Option<u32> {
        let (second, _) = self.starts.last()?;
        (*second > 0).then_some(*second)
    }

    /// The phase at `second`, with its own start and the start that follows it.
    pub(super) fn span_at(&self, second: u32) -> SecondSpan {
        let (start, phase) = self.phase_starting_by(second);
        let next = self.starts.iter().find(|(at, _)| *at > second).copied();
        SecondSpan { phase, start, next }
    }

    /// The spans in order, from midnight to midnight.
    pub(super) fn spans(&self) -> impl Iterator<Item = SecondSpan> {
        let nexts = self.starts.iter().skip(1).copied().map(Some);
        self.starts
            .iter()
            .zip(nexts.chain(std::iter::once(None)))
            .map(|((start, phase), next)| SecondSpan {
                phase: *phase,
                start: *start,
                next,
            })
    }

    /// Seconds of continuous trading before `second`, lunch not counted.
    pub(super) fn seconds_traded_before(&self, second: u32) -> u32 {
        self.sessions
            .iter()
            .map(|(start, end)| second.min(*end).saturating_sub(*start))
            .sum()
    }

    fn phase_starting_by(&self, second: u32) -> (u32, Phase) {
        let begun = self.starts.iter().rev().find(|(at, _)| *at <= second);
        begun.copied().unwrap_or((0, Phase::Closed))
    }
}

/// One phase of a plan; the next start is absent when the phase lasts to midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SecondSpan {
    pub(super) phase: Phase,
    pub(super) start: u32,
    pub(super) next: Option<(u32, Phase)>,
}

impl SecondSpan {
    pub(super) fn to_times(self) -> PhaseSpan {
        PhaseSpan {
            phase: self.phase,
            start: time_of(self.start),
            next: self.next.map(|(second, phase)| (time_of(second), phase)),
        }
    }
}

/// Seconds since local midnight, fractions dropped: a phase begins with its second.
pub(super) fn second_of(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight()
}

/// The time of day; a second past the day's last is midnight.
pub(super) fn time_of(second: u32) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(second % DAY_SECONDS, 0).unwrap_or(NaiveTime::MIN)
}
