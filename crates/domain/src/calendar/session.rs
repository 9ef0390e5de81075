//! Where a moment stands in the exchange's day, and the proof that trading is continuous.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use thiserror::Error;

use super::date::TradingDate;
use super::phase::Phase;
use crate::dated::NotCovered;

/// A change of phase to come.
///
/// Shown at [`SessionMoment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseChange {
    /// When the phase begins.
    pub at: DateTime<Utc>,
    /// Which phase begins.
    pub phase: Phase,
}

/// A moment as the exchange sees it.
///
/// ```
/// use catalyst_domain::calendar::{Phase, TradingCalendar};
/// let calendar = TradingCalendar::hkex()?;
/// let friday_evening = calendar.moment("2026-11-20T10:00:00Z".parse()?)?;
/// assert_eq!(friday_evening.phase, Phase::Closed);
/// assert_eq!(friday_evening.local.to_string(), "2026-11-20 18:00:00");
/// let change = friday_evening.next_change.ok_or("beyond the calendar")?;
/// assert_eq!(change.phase, Phase::PreOpenInput);
/// assert_eq!(change.at.to_rfc3339(), "2026-11-23T01:00:00+00:00");
/// let last_evening = calendar.moment("2027-12-31T09:00:00Z".parse()?)?;
/// assert_eq!(last_evening.next_change, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionMoment {
    /// The moment asked about.
    pub now: DateTime<Utc>,
    /// The day at the exchange.
    pub date: TradingDate,
    /// The wall clock at the exchange.
    pub local: NaiveDateTime,
    /// What the exchange is doing.
    pub phase: Phase,
    /// When the phase began; for `Closed` on a day that has not begun trading, its local midnight.
    pub phase_start: DateTime<Utc>,
    /// For a phase whose end the exchange draws at random, the first moment at which it may come;
    /// `next_change` is the last. From then on the phase may be over although `phase` names it.
    pub earliest_end: Option<DateTime<Utc>>,
    /// The next change: over nights, weekends and holidays the first phase of the next trading day.
    /// `None` when that day lies beyond the calendar's coverage.
    pub next_change: Option<PhaseChange>,
}

/// A span of continuous trading, the end not included.
///
/// Shown at [`TradingCalendar::continuous_sessions`](super::TradingCalendar::continuous_sessions).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionSpan {
    /// First moment.
    pub start: DateTime<Utc>,
    /// First moment after it.
    pub end: DateTime<Utc>,
}

/// Proof that the exchange trades continuously at a moment; only
/// [`TradingCalendar::open_at`](super::TradingCalendar::open_at) makes one.
///
/// ```
/// use catalyst_domain::calendar::TradingCalendar;
/// let before_lunch = "2026-11-23T03:59:00Z".parse()?;
/// let open = TradingCalendar::hkex()?.open_at(before_lunch)?;
/// assert_eq!(open.since_open().num_minutes(), 149);
/// assert_eq!(open.until_end().num_minutes(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenSession {
    moment: SessionMoment,
    span: SessionSpan,
}

/// Why there is no continuous trading at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotOpen {
    /// The exchange is doing something else.
    #[error("no continuous trading at {local} exchange time, the phase is {phase}{}", opens_text(*.opens))]
    Phase {
        /// The wall clock at the exchange.
        local: NaiveDateTime,
        /// What it is doing instead.
        phase: Phase,
        /// Start of the next continuous session, when the calendar knows it.
        opens: Option<DateTime<Utc>>,
    },
    /// The calendar does not cover the day.
    #[error(transparent)]
    NotCovered(#[from] NotCovered),
}

impl SessionMoment {
    /// Time since the phase began.
    pub fn since_phase_start(&self) -> TimeDelta {
        self.now - self.phase_start
    }

    /// Time until the phase changes, `None` when the change is beyond the calendar's coverage.
    ///
    /// ```
    /// use catalyst_domain::calendar::{Phase, TradingCalendar};
    /// let friday = TradingCalendar::hkex()?.moment("2026-11-20T09:00:00Z".parse()?)?;
    /// assert_eq!(friday.phase, Phase::Closed);
    /// assert_eq!(friday.until_next_change().map(|left| left.num_hours()), Some(64));
    /// let last = TradingCalendar::hkex()?.moment("2027-12-31T09:00:00Z".parse()?)?;
    /// assert_eq!(last.next_change, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn until_next_change(&self) -> Option<TimeDelta> {
        self.next_change.map(|change| change.at - self.now)
    }
}

impl OpenSession {
    pub(super) const fn new(moment: SessionMoment, span: SessionSpan) -> Self {
        Self { moment, span }
    }

    /// The moment at which the session was found open.
    pub const fn moment(&self) -> &SessionMoment {
        &self.moment
    }

    /// Which continuous phase it is.
    pub const fn phase(&self) -> Phase {
        self.moment.phase
    }

    /// This session from its start to its end; lunch divides a day into two.
    ///
    /// ```
    /// use catalyst_domain::calendar::TradingCalendar;
    /// let calendar = TradingCalendar::hkex()?;
    /// let open = calendar.open_at("2026-11-23T01:45:00Z".parse()?)?;
    /// assert_eq!(open.span().start.to_rfc3339(), "2026-11-23T01:30:00+00:00");
    /// assert_eq!(open.span().end.to_rfc3339(), "2026-11-23T04:00:00+00:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn span(&self) -> SessionSpan {
        self.span
    }

    /// Time since this session began.
    pub fn since_open(&self) -> TimeDelta {
        self.moment.now - self.span.start
    }

    /// Time left in this session, always above zero.
    pub fn until_end(&self) -> TimeDelta {
        self.span.end - self.moment.now
    }
}

fn opens_text(opens: Option<DateTime<Utc>>) -> String {
    opens.map_or_else(String::new, |at| {
        format!(
            ", the next session opens at {}",
            at.format("%Y-%m-%dT%H:%MZ")
        )
    })
}
