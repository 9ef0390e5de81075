//! Bars of a timeframe built from minutes, each with its session: the input of indicators and
//! patterns. Only closed bars; the running one is dropped.

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::dated::NotCovered;
use catalyst_domain::market::{Bar, Timeframe, resample};
use catalyst_domain::pattern::{BarVolume, PatternBar};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::BarSpan;
use catalyst_ports::tool::ToolProblem;
use chrono::{DateTime, TimeDelta, Utc};

use super::market_problem;
use crate::running::Running;

/// Days of minutes behind each timeframe: 150 bars where the market has them.
pub(super) const fn days_of_minutes(timeframe: Timeframe) -> u32 {
    match timeframe {
        Timeframe::FiveMinutes => 3,
        Timeframe::FifteenMinutes => 8,
        Timeframe::Hour => 25,
        Timeframe::Day => 0,
    }
}

/// Daily bars behind the daily timeframe.
pub(super) const DAYS: u32 = 250;

/// When continuous trading begins and ends, once for each session of a day.
pub(super) type SessionTimes = Vec<(DateTime<Utc>, DateTime<Utc>)>;

/// One bar with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct SessionBar {
    pub(super) bar: Bar,
    /// Counted over all sessions of all days; differs across lunch and night.
    pub(super) session: u32,
    /// Whether an auction's volume is in it.
    pub(super) volume: BarVolume,
}

impl SessionBar {
    /// The view that patterns read; `None` where a price is no number of floating point.
    pub(super) fn for_patterns(&self) -> Option<PatternBar> {
        PatternBar::of(&self.bar, self.session, self.volume)
    }
}

/// The closed bars of `symbol`, oldest first, as the market has them now.
pub(super) async fn fetch_closed_bars(
    run: &Running<'_>,
    symbol: Symbol,
    timeframe: Timeframe,
) -> Result<Vec<SessionBar>, ToolProblem> {
    let Some(span) = timeframe.span() else {
        return daily(run, symbol).await;
    };
    let days = days_of_minutes(timeframe);
    let minutes = run
        .ports
        .market
        .bars(symbol, BarSpan::Minutes { days })
        .await
        .map_err(|e| market_problem(&e))?;
    closed_bars(run, &minutes, span, days).map_err(|error| ToolProblem::NotAvailable {
        what: error.to_string(),
    })
}

/// The closed bars of `span` within the last `days` days of `minutes`, oldest first. A bar closes with
/// its span, or with its session where that comes first: the last hour of a morning is over at noon.
pub(super) fn closed_bars(
    run: &Running<'_>,
    minutes: &[Bar],
    span: TimeDelta,
    days: u32,
) -> Result<Vec<SessionBar>, NotCovered> {
    let by_day = days_in(run, minutes);
    let skipped = by_day
        .len()
        .saturating_sub(usize::try_from(days).unwrap_or(usize::MAX));
    let mut bars = Vec::new();
    let mut sessions_before = 0;
    for day in by_day.into_iter().skip(skipped) {
        let Some(first) = day.first() else { continue };
        let times = session_times(run, date_of(run, first))?;
        let built = resample(day, span, &times).into_iter();
        let closed = built.filter(|bar| closes_at(bar, span, &times) <= run.now());
        bars.extend(closed.map(|bar| placed(bar, &times, sessions_before, span)));
        sessions_before += u32::try_from(times.len()).unwrap_or(u32::MAX);
    }
    Ok(bars)
}

/// The minutes of each day, oldest first; days are looked for and not every minute asked for its date.
pub(super) fn days_in<'a>(run: &Running<'_>, minutes: &'a [Bar]) -> Vec<&'a [Bar]> {
    let mut days = Vec::new();
    let mut rest = minutes;
    while let Some(first) = rest.first() {
        let date = date_of(run, first);
        let (day, later) = rest.split_at(rest.partition_point(|bar| date_of(run, bar) <= date));
        if day.is_empty() {
            break;
        }
        days.push(day);
        rest = later;
    }
    days
}

/// The end of a bar's span, or of its session where that comes first.
fn closes_at(bar: &Bar, span: TimeDelta, times: &SessionTimes) -> DateTime<Utc> {
    let end = bar.start() + span;
    let mut sessions = times.iter().rev();
    let session = sessions.find(|(start, _)| *start <= bar.start());
    session.map_or(end, |(_, session_end)| end.min(*session_end))
}

/// The continuous sessions of a day as times.
pub(super) fn session_times(
    run: &Running<'_>,
    date: TradingDate,
) -> Result<SessionTimes, NotCovered> {
    let sessions = run.rules.calendar.continuous_sessions(date)?;
    Ok(sessions.iter().map(|span| (span.start, span.end)).collect())
}

/// Whether a bar that should have closed after the last one has not come by `now`: two spans of trading
/// have gone by since it began, or, for days, another trading day. Where the calendar does not say, it
/// is stale.
pub(super) fn is_stale(
    calendar: &TradingCalendar,
    now: DateTime<Utc>,
    (last, timeframe): (Option<&Bar>, Timeframe),
) -> bool {
    let Some(last) = last else { return false };
    let (today, began) = (calendar.date_of(now), calendar.date_of(last.start()));
    let Ok(day_before) = calendar.previous_trading_date(today) else {
        return true;
    };
    if began < day_before {
        return true;
    }
    let Some(span) = timeframe.span() else {
        return false;
    };
    let traded = |at| calendar.minutes_since_open(today, at);
    let (Ok(by_now), Ok(by_then)) = (traded(now), traded(last.start())) else {
        return true;
    };
    // A bar of the day before counts from today's opening: its own rest is not waited for.
    i64::from(by_now.saturating_sub(by_then)) >= 2 * span.num_minutes()
}

pub(super) fn date_of(run: &Running<'_>, bar: &Bar) -> TradingDate {
    run.rules.calendar.date_of(bar.start())
}

fn placed(bar: Bar, times: &SessionTimes, before: u32, span: TimeDelta) -> SessionBar {
    let begun = |(start, _): &&(DateTime<Utc>, DateTime<Utc>)| *start <= bar.start();
    let index = times.iter().filter(begun).count();
    let opens = times
        .first()
        .is_some_and(|(start, _)| *start == bar.start());
    let closes = times
        .last()
        .is_some_and(|(_, end)| bar.start() + span >= *end);
    let volume = if opens || closes {
        BarVolume::WithAuction
    } else {
        BarVolume::Continuous
    };
    SessionBar {
        bar,
        session: before + u32::try_from(index).unwrap_or(u32::MAX),
        volume,
    }
}

async fn daily(run: &Running<'_>, symbol: Symbol) -> Result<Vec<SessionBar>, ToolProblem> {
    let wanted = BarSpan::Days { count: DAYS };
    let days = run
        .ports
        .market
        .bars(symbol, wanted)
        .await
        .map_err(|e| market_problem(&e))?;
    let place = |bar| SessionBar {
        bar,
        session: 0,
        volume: BarVolume::Continuous,
    };
    Ok(days.into_iter().map(place).collect())
}

#[cfg(test)]
mod tests {
    use catalyst_domain::calendar::TradingCalendar;
    use catalyst_domain::market::{Bar, Ohlc, Timeframe};
    use catalyst_domain::quantity::Shares;
    use chrono::{DateTime, TimeDelta, Utc};

    use super::is_stale;

    /// Whether a bar that began `minutes` before `now` is stale by then.
    fn stale_after(minutes: i64, now: &str, timeframe: Timeframe) -> bool {
        let calendar = TradingCalendar::hkex().unwrap();
        let now: DateTime<Utc> = format!("{now}:00+08:00").parse().unwrap();
        let price = "500".parse().unwrap();
        let prices = Ohlc {
            open: price,
            high: price,
            low: price,
            close: price,
        };
        let start = now - TimeDelta::minutes(minutes);
        let last = Bar::new(start, prices, Shares::new(100).unwrap()).unwrap();
        is_stale(&calendar, now, (Some(&last), timeframe))
    }

    #[test]
    fn a_bar_is_stale_once_two_spans_of_trading_went_by_without_another() {
        let quarter = Timeframe::FifteenMinutes;

        assert!(!stale_after(29, "2026-11-23T10:30", quarter));
        assert!(stale_after(30, "2026-11-23T10:30", quarter));
        assert!(
            !stale_after(75, "2026-11-23T13:10", quarter),
            "lunch does not count"
        );
    }

    #[test]
    fn on_a_date_that_the_calendar_does_not_cover_every_bar_is_stale() {
        for timeframe in [Timeframe::FiveMinutes, Timeframe::Day] {
            for uncovered in ["2014-12-31T10:30", "2015-01-02T10:30", "2028-06-01T10:30"] {
                assert!(stale_after(1, uncovered, timeframe), "{uncovered}");
            }
            assert!(!stale_after(1, "2015-01-05T10:30", timeframe));
        }
    }
}
