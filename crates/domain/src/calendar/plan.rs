//! The ordered phase starts of one kind of day, in seconds since local midnight.

use chrono::{NaiveTime, Timelike as _};

use super::day::PhaseSpan;
use super::phase::Phase;

const DAY_SECONDS: u32 = 86_400;

/// Phase starts that begin with `Closed` at midnight, rise strictly, and end with `Closed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PhasePlan {
    starts: Vec<PhaseStart>,
    sessions: Vec<(u32, u32)>,
}

/// Where a phase begins, and from when on it may end where its end is drawn at random.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PhaseStart {
    second: u32,
    phase: Phase,
    earliest_end: Option<u32>,
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

impl PhaseStart {
    const MIDNIGHT: Self = Self {
        second: 0,
        phase: Phase::Closed,
        earliest_end: None,
    };

    pub(super) fn new(start: NaiveTime, phase: Phase, earliest_end: Option<NaiveTime>) -> Self {
        Self {
            second: second_of(start),
            phase,
            earliest_end: earliest_end.map(second_of),
        }
    }

    /// A phase that ends when the next begins and not before.
    const fn fixed(second: u32, phase: Phase) -> Self {
        Self {
            second,
            phase,
            earliest_end: None,
        }
    }

    /// True when the phase begins before `next`, and may not end before its start or after `next`.
    fn leads_to(&self, next: &Self) -> bool {
        let within = |end| self.second <= end && end < next.second;
        self.second < next.second && self.earliest_end.is_none_or(within)
    }
}

impl PhasePlan {
    /// A day without trading.
    pub(super) fn closed() -> Self {
        Self {
            starts: vec![PhaseStart::MIDNIGHT],
            sessions: Vec::new(),
        }
    }

    /// The plan with these starts after midnight, `None` when they do not rise, do not end with
    /// `Closed`, hold no continuous session, or have a random end outside its phase.
    pub(super) fn new(starts: &[PhaseStart]) -> Option<Self> {
        let midnight = std::iter::once(&PhaseStart::MIDNIGHT);
        Self::of_starts(midnight.chain(starts).copied().collect())
    }

    fn of_starts(starts: Vec<PhaseStart>) -> Option<Self> {
        let pairs = || starts.iter().zip(starts.iter().skip(1));
        let rising = pairs().all(|(before, after)| before.leads_to(after));
        let ends = starts
            .last()
            .is_some_and(|last| last.phase == Phase::Closed && last.earliest_end.is_none());
        let sessions: Vec<_> = pairs()
            .filter(|(start, _)| start.phase.is_continuous())
            .map(|(start, next)| (start.second, next.second))
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
            .filter(|start| start.second < opening)
            .collect();
        if held.sessions.first()?.0 != opening {
            starts = vec![PhaseStart::MIDNIGHT];
        }
        for (index, (start, end)) in held.sessions.iter().enumerate() {
            let within = |planned: &&(u32, u32)| planned.0 <= *start && *end <= planned.1;
            self.sessions.iter().find(within)?;
            if index > 0 {
                let pause_start = held.sessions.get(index - 1)?.1;
                starts.push(PhaseStart::fixed(pause_start, Phase::Lunch));
            }
            let phase = self.phase_starting_by(*start).phase;
            starts.push(PhaseStart::fixed(*start, phase));
        }
        let end = held.sessions.last()?.1;
        if end == closing {
            starts.extend(self.starts.iter().filter(|start| start.second >= closing));
        } else {
            starts.push(PhaseStart::fixed(end, Phase::Closed));
        }
        Self::of_starts(starts)
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
        self.starts.get(1).map(|start| start.second)
    }

    /// Second at which the day is over at the latest.
    pub(super) fn last_end(&self) -> Option<u32> {
        let last = self.starts.last()?;
        (last.second > 0).then_some(last.second)
    }

    /// The phase at `second`: the cheapest question.
    pub(super) fn phase_at(&self, second: u32) -> Phase {
        self.phase_starting_by(second).phase
    }

    /// The phase at `second`, with its own start and the start that follows it.
    pub(super) fn span_at(&self, second: u32) -> SecondSpan {
        let next = self.starts.iter().find(|start| start.second > second);
        SecondSpan {
            start: self.phase_starting_by(second),
            next: next.map(|next| (next.second, next.phase)),
        }
    }

    /// The spans in order, from midnight to midnight.
    pub(super) fn spans(&self) -> impl Iterator<Item = SecondSpan> {
        let later = self.starts.iter().skip(1);
        let nexts = later.map(|next| Some((next.second, next.phase)));
        self.starts
            .iter()
            .zip(nexts.chain(std::iter::once(None)))
            .map(|(start, next)| SecondSpan {
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

    fn phase_starting_by(&self, second: u32) -> PhaseStart {
        let begun = self
            .starts
            .iter()
            .rev()
            .find(|start| start.second <= second);
        begun.copied().unwrap_or(PhaseStart::MIDNIGHT)
    }
}

/// One phase of a plan; the next start is absent when the phase lasts to midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SecondSpan {
    start: PhaseStart,
    pub(super) next: Option<(u32, Phase)>,
}

impl SecondSpan {
    pub(super) const fn phase(self) -> Phase {
        self.start.phase
    }

    pub(super) fn start(self) -> NaiveTime {
        time_of(self.start.second)
    }

    /// The first moment at which a random end may fall.
    pub(super) fn earliest_end(self) -> Option<NaiveTime> {
        self.start.earliest_end.map(time_of)
    }

    pub(super) fn to_times(self) -> PhaseSpan {
        PhaseSpan {
            phase: self.phase(),
            start: self.start(),
            earliest_end: self.earliest_end(),
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
