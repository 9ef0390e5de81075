//! One day at the exchange: what kind it is, and its phases in local time.

use std::fmt;

use chrono::NaiveTime;

use super::date::TradingDate;
use super::phase::Phase;
use super::plan::{PhasePlan, second_of, time_of};

/// Why a day has the hours it has.
///
/// ```
/// use catalyst_domain::calendar::{DayKind, TradingCalendar};
/// let calendar = TradingCalendar::hkex()?;
/// let typhoon = calendar.day("2020-08-19".parse()?)?;
/// assert_eq!(typhoon.kind().to_string(), "open 13:30 to 16:00 only");
/// let eve = calendar.day("2026-02-16".parse()?)?;
/// assert_eq!((eve.kind(), eve.continuous_minutes()), (&DayKind::Half, 150));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayKind {
    /// Every session of the exchange's ordinary day.
    Full,
    /// Ends early by the exchange's rule, such as a holiday's eve; still a trading day.
    Half,
    /// No trading at all.
    Closed(Closure),
    /// Hours were lost on the day itself. They are not open; `note` holds the evidence.
    Part {
        /// When continuous trading began.
        open: NaiveTime,
        /// When continuous trading ended.
        close: NaiveTime,
        /// The event and how sure the hours are.
        note: Box<str>,
    },
}

/// Why there is no trading.
///
/// ```
/// use catalyst_domain::calendar::{Closure, DayKind, TradingCalendar};
/// let calendar = TradingCalendar::hkex()?;
/// let saturday = calendar.day("2026-11-21".parse()?)?;
/// assert_eq!(saturday.kind(), &DayKind::Closed(Closure::Weekend));
/// let christmas = calendar.day("2026-12-25".parse()?)?;
/// assert_eq!(christmas.kind().to_string(), "Christmas Day");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closure {
    /// Saturday or Sunday.
    Weekend,
    /// A general holiday, by name.
    Holiday(Box<str>),
    /// A storm that cancelled the whole day, by name.
    Weather(Box<str>),
    /// Anything else that happens once.
    Special(Box<str>),
}

impl DayKind {
    /// The status of the day as session tables write it: `open`, `half`, or `closed:` with the sort
    /// and the name of the closure. A day that lost hours was scheduled as `open`.
    ///
    /// ```
    /// use catalyst_domain::calendar::TradingCalendar;
    /// let calendar = TradingCalendar::hkex()?;
    /// let status = |date: &str| -> Result<String, Box<dyn std::error::Error>> {
    ///     Ok(calendar.day(date.parse()?)?.kind().status())
    /// };
    /// assert_eq!(status("2020-08-19")?, "open");
    /// assert_eq!(status("2026-12-24")?, "half");
    /// assert_eq!(status("2026-12-25")?, "closed:holiday:Christmas Day");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn status(&self) -> String {
        match self {
            Self::Full | Self::Part { .. } => "open".to_owned(),
            Self::Half => "half".to_owned(),
            Self::Closed(Closure::Weekend) => "closed:weekend".to_owned(),
            Self::Closed(Closure::Holiday(name)) => format!("closed:holiday:{name}"),
            Self::Closed(Closure::Weather(name)) => format!("closed:weather:{name}"),
            Self::Closed(Closure::Special(name)) => format!("closed:special:{name}"),
        }
    }
}

impl fmt::Display for DayKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("a full day"),
            Self::Half => f.write_str("a half day"),
            Self::Closed(closure) => closure.fmt(f),
            Self::Part { open, close, .. } => {
                write!(
                    f,
                    "open {} to {} only",
                    open.format("%H:%M"),
                    close.format("%H:%M")
                )
            }
        }
    }
}

impl fmt::Display for Closure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekend => f.write_str("weekend"),
            Self::Holiday(name) | Self::Weather(name) | Self::Special(name) => f.write_str(name),
        }
    }
}

/// A phase with its bounds in local time; it holds from `start` to just before the next start.
///
/// Shown at [`TradingDay::phase_at`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseSpan {
    /// What the exchange is doing.
    pub phase: Phase,
    /// First moment of the phase on this day.
    pub start: NaiveTime,
    /// For a phase whose end the exchange draws at random, the first moment at which it may come;
    /// `next` is the last. `None` for a phase that lasts until `next`.
    pub earliest_end: Option<NaiveTime>,
    /// When the next phase begins and which it is; `None` when this one lasts to midnight.
    pub next: Option<(NaiveTime, Phase)>,
}

/// A day the calendar covers, trading or not.
#[derive(Debug, Clone, Copy)]
pub struct TradingDay<'calendar> {
    date: TradingDate,
    layout: &'calendar DayLayout,
}

/// What days of one kind, or one odd day, look like.
#[derive(Debug, Clone)]
pub(super) struct DayLayout {
    pub(super) kind: DayKind,
    pub(super) plan: PhasePlan,
    /// What the day was to be, where it was cut short.
    pub(super) scheduled: Option<PhasePlan>,
}

impl DayLayout {
    /// Days that are held as scheduled.
    pub(super) const fn as_scheduled(kind: DayKind, plan: PhasePlan) -> Self {
        Self {
            kind,
            plan,
            scheduled: None,
        }
    }
}

impl<'calendar> TradingDay<'calendar> {
    pub(super) const fn new(date: TradingDate, layout: &'calendar DayLayout) -> Self {
        Self { date, layout }
    }

    /// Which day this is.
    pub const fn date(&self) -> TradingDate {
        self.date
    }

    /// Full, half, part or closed, with the reason.
    ///
    /// ```
    /// use catalyst_domain::calendar::{Closure, DayKind, TradingCalendar};
    /// let calendar = TradingCalendar::hkex()?;
    /// let christmas = calendar.day("2026-12-25".parse()?)?;
    /// let closure = Closure::Holiday("Christmas Day".into());
    /// assert_eq!(christmas.kind(), &DayKind::Closed(closure));
    /// let storm = calendar.day("2020-08-19".parse()?)?;
    /// assert_eq!(storm.kind().to_string(), "open 13:30 to 16:00 only");
    /// assert_eq!(storm.continuous_minutes(), 150);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn kind(&self) -> &'calendar DayKind {
        &self.layout.kind
    }

    /// True when there is continuous trading at some time of the day.
    pub fn trades(&self) -> bool {
        !self.layout.plan.sessions().is_empty()
    }

    /// The phase at a local time. A phase owns its first moment and not its last: noon sharp is lunch.
    ///
    /// ```
    /// use catalyst_domain::calendar::{Phase, TradingCalendar};
    /// use chrono::NaiveTime;
    /// let calendar = TradingCalendar::hkex()?;
    /// let day = calendar.day("2026-11-23".parse()?)?;
    /// let span = day.phase_at("11:59:59".parse::<NaiveTime>()?);
    /// assert_eq!(span.phase, Phase::ContinuousMorning);
    /// assert_eq!(span.next, Some(("12:00:00".parse()?, Phase::Lunch)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn phase_at(&self, time: NaiveTime) -> PhaseSpan {
        self.layout.plan.span_at(second_of(time)).to_times()
    }

    /// The phases in order; together they fill the day from midnight to midnight.
    pub fn phases(&self) -> impl Iterator<Item = PhaseSpan> + use<'calendar> {
        self.layout
            .plan
            .spans()
            .map(super::plan::SecondSpan::to_times)
    }

    /// Local start and end of each continuous session that was held, the end not included.
    pub fn continuous_hours(
        &self,
    ) -> impl Iterator<Item = (NaiveTime, NaiveTime)> + use<'calendar> {
        session_times(&self.layout.plan)
    }

    /// Local start and end of each continuous session as scheduled in advance. They differ from
    /// [`Self::continuous_hours`] on a day that lost hours, and there they were not all open.
    ///
    /// ```
    /// use catalyst_domain::calendar::TradingCalendar;
    /// let calendar = TradingCalendar::hkex()?;
    /// let storm = calendar.day("2020-08-19".parse()?)?;
    /// let opens = |hours: Option<(chrono::NaiveTime, _)>| hours.map(|(open, _)| open.to_string());
    /// assert_eq!(opens(storm.scheduled_hours().next()).as_deref(), Some("09:30:00"));
    /// assert_eq!(opens(storm.continuous_hours().next()).as_deref(), Some("13:30:00"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn scheduled_hours(&self) -> impl Iterator<Item = (NaiveTime, NaiveTime)> + use<'calendar> {
        let layout = self.layout;
        session_times(layout.scheduled.as_ref().unwrap_or(&layout.plan))
    }

    /// Minutes of continuous trading in the whole day: 330 on a full HKEX day, 0 when closed.
    pub fn continuous_minutes(&self) -> u32 {
        self.layout.plan.seconds_traded_before(u32::MAX) / 60
    }

    /// The latest time at which the day's last phase ends, `None` on a day without trading.
    pub fn close(&self) -> Option<NaiveTime> {
        self.layout.plan.last_end().map(time_of)
    }

    pub(super) const fn plan(&self) -> &'calendar PhasePlan {
        &self.layout.plan
    }
}

fn session_times(plan: &PhasePlan) -> impl Iterator<Item = (NaiveTime, NaiveTime)> {
    let sessions = plan.sessions().iter();
    sessions.map(|(start, end)| (time_of(*start), time_of(*end)))
}
