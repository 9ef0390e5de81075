//! The calendar of one exchange: dates, sessions and phases, precomputed from its data files.

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};

use super::date::TradingDate;
use super::day::{Closure, DayKind, DayLayout, TradingDay};
use super::layouts::DayLayouts;
use super::phase::Phase;
use super::plan::{PhasePlan, SecondSpan, second_of, time_of};
use super::session::{NotOpen, OpenSession, PhaseChange, SessionMoment, SessionSpan};
use super::source::{CalendarError, CalendarSource, parse_days, parse_profile, parse_shapes};
use super::wall_clock::WallClock;
use super::zone::{ZoneOffsets, unix_day};
use crate::dated::{DateSpan, NotCovered};

/// When one exchange trades. Answers for the dates its data covers and refuses the others.
///
/// ```
/// use catalyst_domain::calendar::{Phase, TradingCalendar};
/// let calendar = TradingCalendar::hkex()?;
/// let moment = calendar.moment("2026-11-23T04:30:00Z".parse()?)?;
/// assert_eq!(moment.phase, Phase::Lunch);
/// assert_eq!(moment.until_next_change().map(|left| left.num_minutes()), Some(30));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct TradingCalendar {
    table: &'static str,
    coverage: DateSpan,
    zone: ZoneOffsets,
    days: DayLayouts,
}

impl TradingCalendar {
    /// The Hong Kong exchange's securities market, 2015-01-01 to 2027-12-31.
    pub fn hkex() -> Result<Self, CalendarError> {
        Self::parse(&CalendarSource {
            table: "HKEX calendar",
            exchange: include_str!("../../data/hkex/exchange.csv"),
            phases: include_str!("../../data/hkex/phases.csv"),
            days: include_str!("../../data/hkex/calendar.csv"),
        })
    }

    /// The core session of the New York Stock Exchange, which Nasdaq shares, 2015-01-01 to
    /// 2027-12-31. Trading before and after it is closed here.
    ///
    /// ```
    /// use catalyst_domain::calendar::{Phase, TradingCalendar};
    /// let calendar = TradingCalendar::nyse()?;
    /// let summer = calendar.open_at("2026-07-02T13:30:00Z".parse()?)?;
    /// let winter = calendar.open_at("2026-11-23T14:30:00Z".parse()?)?;
    /// assert_eq!([summer.phase(), winter.phase()], [Phase::ContinuousMorning; 2]);
    /// assert_eq!(winter.until_end().num_minutes(), 390);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn nyse() -> Result<Self, CalendarError> {
        Self::parse(&CalendarSource {
            table: "NYSE calendar",
            exchange: include_str!("../../data/nyse/exchange.csv"),
            phases: include_str!("../../data/nyse/phases.csv"),
            days: include_str!("../../data/nyse/calendar.csv"),
        })
    }

    /// Reads an exchange's files and lays out every day they cover.
    ///
    /// ```
    /// use catalyst_domain::calendar::{CalendarSource, TradingCalendar};
    /// let calendar = TradingCalendar::parse(&CalendarSource {
    ///     table: "two days",
    ///     exchange: "key,value\ntime_zone,Asia/Hong_Kong\n\
    ///                covered_from,2026-11-23\ncovered_to,2026-11-24",
    ///     phases: "shape,from,to,starts\n\
    ///              full,2026-11-23,2026-11-24,09:30=continuous_morning 12:00=closed\n\
    ///              half,2026-11-23,2026-11-24,09:30=continuous_morning 11:00=closed",
    ///     days: "date,status,open,lunch_start,lunch_end,close,note\n\
    ///            2026-11-24,closed:holiday,,,,,A holiday",
    /// })?;
    /// assert!(calendar.day("2026-11-23".parse()?)?.trades());
    /// assert!(!calendar.day("2026-11-24".parse()?)?.trades());
    /// assert_eq!(
    ///     calendar.day("2026-11-25".parse()?).unwrap_err().to_string(),
    ///     "two days is not known for 2026-11-25, it covers 2026-11-23 to 2026-11-24"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse(source: &CalendarSource<'_>) -> Result<Self, CalendarError> {
        let profile = parse_profile(source.exchange)?;
        let coverage = profile.coverage;
        let shapes = parse_shapes(source.phases)?;
        let odd_days = parse_days(source.days, coverage, &shapes)?;
        Ok(Self {
            table: source.table,
            coverage,
            zone: ZoneOffsets::new(profile.zone, coverage.from(), coverage.to()),
            days: DayLayouts::new(coverage, &shapes.full, odd_days)?,
        })
    }

    /// This calendar with one more day closed, such as a one-off holiday that its data does not hold
    /// yet. Next trading days and settlement dates pass over it.
    ///
    /// ```
    /// use catalyst_domain::calendar::TradingCalendar;
    /// let day = "2026-11-24".parse()?;
    /// let calendar = TradingCalendar::hkex()?.with_closure(day, "day of mourning")?;
    /// assert_eq!(calendar.day(day)?.kind().status(), "closed:special:day of mourning");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_closure(mut self, date: TradingDate, name: &str) -> Result<Self, NotCovered> {
        let kind = DayKind::Closed(Closure::Special(name.into()));
        let closed = DayLayout::as_scheduled(kind, PhasePlan::closed());
        match self.days.replace(unix_day(date), closed) {
            Some(()) => Ok(self),
            None => Err(self.not_covered(date)),
        }
    }

    /// First and last date for which the calendar answers.
    pub const fn coverage(&self) -> DateSpan {
        self.coverage
    }

    /// The day at the exchange at a moment, trading or not, covered or not.
    pub fn date_of(&self, now: DateTime<Utc>) -> TradingDate {
        self.zone.date(now)
    }

    /// The wall clock at the exchange at a moment.
    pub fn local(&self, now: DateTime<Utc>) -> NaiveDateTime {
        self.zone.local(now)
    }

    /// A moment as people at the exchange are told it.
    pub fn wall_clock(&self, now: DateTime<Utc>) -> WallClock {
        self.zone.wall_clock(now)
    }

    /// The moment of a local time at the exchange: of two the earlier, and for a time that clocks
    /// jump over the moment it would have been without the jump.
    pub fn at(&self, date: TradingDate, time: NaiveTime) -> DateTime<Utc> {
        self.zone.moment(date.as_naive().and_time(time))
    }

    /// Kind and phases of a date.
    pub fn day(&self, date: TradingDate) -> Result<TradingDay<'_>, NotCovered> {
        self.days
            .of(unix_day(date))
            .map(|layout| TradingDay::new(date, layout))
            .ok_or_else(|| self.not_covered(date))
    }

    /// The phase at a moment: the cheapest question, for a tape of many bars.
    pub fn phase_at(&self, now: DateTime<Utc>) -> Result<Phase, NotCovered> {
        let (unix_day, second) = self.zone.local_second(now);
        self.days
            .of(unix_day)
            .map(|layout| layout.plan.phase_at(second))
            .ok_or_else(|| self.not_covered(self.date_of(now)))
    }

    /// Where a moment stands: phase, since when, and what comes next.
    pub fn moment(&self, now: DateTime<Utc>) -> Result<SessionMoment, NotCovered> {
        let local = self.zone.local(now);
        let date = TradingDate::new(local.date());
        let day = self.day(date)?;
        let span = day.plan().span_at(second_of(local.time()));
        Ok(SessionMoment {
            now,
            date,
            local,
            phase: span.phase(),
            phase_start: self.at(date, span.start()),
            earliest_end: span.earliest_end().map(|end| self.at(date, end)),
            next_change: self.change_after(date, span),
        })
    }

    /// The proof that trading is continuous at a moment, or why it is not.
    ///
    /// ```
    /// use catalyst_domain::calendar::TradingCalendar;
    /// let calendar = TradingCalendar::hkex()?;
    /// let open = calendar.open_at("2026-11-23T01:45:00Z".parse()?)?;
    /// assert_eq!(open.since_open().num_minutes(), 15);
    /// assert_eq!(
    ///     calendar.open_at("2026-11-23T04:00:00Z".parse()?).unwrap_err().to_string(),
    ///     "no continuous trading at 2026-11-23 12:00:00 exchange time, the phase is lunch, \
    ///      the next session opens at 2026-11-23T05:00Z"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open_at(&self, now: DateTime<Utc>) -> Result<OpenSession, NotOpen> {
        let moment = self.moment(now)?;
        match moment.next_change {
            Some(change) if moment.phase.is_continuous() => {
                let span = SessionSpan {
                    start: moment.phase_start,
                    end: change.at,
                };
                Ok(OpenSession::new(moment, span))
            }
            Some(_) | None => Err(NotOpen::Phase {
                local: moment.local,
                phase: moment.phase,
                opens: self.opening_after(&moment),
            }),
        }
    }

    /// The continuous sessions of a date in order; none on a day without trading.
    ///
    /// ```
    /// use catalyst_domain::calendar::TradingCalendar;
    /// let calendar = TradingCalendar::hkex()?;
    /// let sessions = calendar.continuous_sessions("2026-11-23".parse()?)?;
    /// assert_eq!(sessions.len(), 2);
    /// assert_eq!(sessions[0].end.to_rfc3339(), "2026-11-23T04:00:00+00:00");
    /// assert!(calendar.continuous_sessions("2026-12-25".parse()?)?.is_empty());
    /// assert_eq!(
    ///     calendar.continuous_sessions("2028-01-03".parse()?).unwrap_err().to_string(),
    ///     "HKEX calendar is not known for 2028-01-03, it covers 2015-01-01 to 2027-12-31"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn continuous_sessions(&self, date: TradingDate) -> Result<Vec<SessionSpan>, NotCovered> {
        let hours = self.day(date)?.continuous_hours();
        let spans = hours.map(|(start, end)| SessionSpan {
            start: self.at(date, start),
            end: self.at(date, end),
        });
        Ok(spans.collect())
    }

    /// The latest moment at which a date's trading ends, auction included: at HKEX 16:10, on a half
    /// day 12:10. `None` on a day without trading.
    pub fn close_of(&self, date: TradingDate) -> Result<Option<DateTime<Utc>>, NotCovered> {
        let close = self.day(date)?.close();
        Ok(close.map(|time| self.at(date, time)))
    }

    /// Whole minutes of continuous trading on `date` before `now`, lunch not counted: 0 before the
    /// opening, the day's total after its end.
    pub fn minutes_since_open(
        &self,
        date: TradingDate,
        now: DateTime<Utc>,
    ) -> Result<u32, NotCovered> {
        let day = self.day(date)?;
        let local = self.zone.local(now);
        let second = match TradingDate::new(local.date()).cmp(&date) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => second_of(local.time()),
            std::cmp::Ordering::Greater => u32::MAX,
        };
        Ok(day.plan().seconds_traded_before(second) / 60)
    }

    /// The first trading day after `date`.
    pub fn next_trading_date(&self, date: TradingDate) -> Result<TradingDate, NotCovered> {
        self.day(date)?;
        self.walk(date, TradingDate::next)
    }

    /// The last trading day before `date`.
    pub fn previous_trading_date(&self, date: TradingDate) -> Result<TradingDate, NotCovered> {
        self.day(date)?;
        self.walk(date, TradingDate::previous)
    }

    /// The trading days from one date to another, both inclusive; none when they run backwards.
    pub fn trading_dates(
        &self,
        from: TradingDate,
        to: TradingDate,
    ) -> Result<Vec<TradingDate>, NotCovered> {
        self.day(from)?;
        self.day(to)?;
        let mut dates = Vec::new();
        let mut date = from;
        while date <= to {
            if self.day(date)?.trades() {
                dates.push(date);
            }
            date = date.next();
        }
        Ok(dates)
    }

    /// Steps until a day trades; the end of the coverage ends the walk.
    fn walk(
        &self,
        from: TradingDate,
        step: fn(TradingDate) -> TradingDate,
    ) -> Result<TradingDate, NotCovered> {
        let mut date = step(from);
        while !self.day(date)?.trades() {
            date = step(date);
        }
        Ok(date)
    }

    fn change_after(&self, date: TradingDate, span: SecondSpan) -> Option<PhaseChange> {
        if let Some((second, phase)) = span.next {
            let at = self.at(date, time_of(second));
            return Some(PhaseChange { at, phase });
        }
        let (next, plan) = self.next_plan(date)?;
        let second = plan.first_start()?;
        Some(PhaseChange {
            at: self.at(next, time_of(second)),
            phase: plan.phase_at(second),
        })
    }

    fn opening_after(&self, moment: &SessionMoment) -> Option<DateTime<Utc>> {
        let second = second_of(moment.local.time());
        let today = self
            .day(moment.date)
            .map_or(&[][..], |day| day.plan().sessions());
        if let Some((start, _)) = today.iter().find(|(start, _)| *start > second) {
            return Some(self.at(moment.date, time_of(*start)));
        }
        let (next, plan) = self.next_plan(moment.date)?;
        let (start, _) = plan.sessions().first()?;
        Some(self.at(next, time_of(*start)))
    }

    /// The next trading day's plan, `None` beyond the coverage.
    fn next_plan(&self, date: TradingDate) -> Option<(TradingDate, &PhasePlan)> {
        let found = self
            .walk(date, TradingDate::next)
            .and_then(|next| self.day(next));
        found.map_or(None, |day| Some((day.date(), day.plan())))
    }

    fn not_covered(&self, date: TradingDate) -> NotCovered {
        NotCovered {
            table: self.table,
            date,
            from: self.coverage.from(),
            to: self.coverage.to(),
        }
    }
}
