//! Bars of a timeframe built from minutes, each with its session: the input of indicators and
//! patterns. Only closed bars; the running one is dropped.

use catalyst_domain::calendar::{SessionSpan, TradingDate};
use catalyst_domain::market::{Bar, Timeframe, resample};
use catalyst_domain::pattern::{BarVolume, PatternBar};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::BarSpan;
use catalyst_ports::tool::ToolProblem;

use super::market_problem;
use crate::running::Running;

/// Days of minutes behind each timeframe: 150 bars where the market has them.
const fn days_of_minutes(timeframe: Timeframe) -> u32 {
    match timeframe {
        Timeframe::FiveMinutes => 3,
        Timeframe::FifteenMinutes => 8,
        Timeframe::Hour => 25,
        Timeframe::Day => 0,
    }
}

/// Daily bars behind the daily timeframe.
const DAYS: u32 = 250;

/// One bar with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct SessionBar {
    pub(super) bar: Bar,
    /// Counted over all sessions of all days; differs across lunch and night.
    pub(super) session: u32,
    /// Whether an auction's volume is in it.
    pub(super) volume: BarVolume,
}

/// The closed bars of `symbol`, oldest first.
pub(super) async fn closed_bars(
    run: &Running<'_>,
    symbol: Symbol,
    timeframe: Timeframe,
) -> Result<Vec<SessionBar>, ToolProblem> {
    let Some(span) = timeframe.span() else {
        return daily(run, symbol).await;
    };
    let wanted = BarSpan::Minutes {
        days: days_of_minutes(timeframe),
    };
    let minutes = run
        .ports
        .market
        .bars(symbol, wanted)
        .await
        .map_err(|e| market_problem(&e))?;
    let mut bars: Vec<SessionBar> = Vec::new();
    let mut sessions_before = 0;
    for day in minutes.chunk_by(|a, b| date_of(run, a) == date_of(run, b)) {
        let Some(first) = day.first() else { continue };
        let sessions = run
            .rules
            .calendar
            .continuous_sessions(date_of(run, first))
            .map_err(|error| ToolProblem::NotAvailable {
                what: error.to_string(),
            })?;
        let spans: Vec<_> = sessions.iter().map(|s| (s.start, s.end)).collect();
        let built = resample(day, span, &spans);
        bars.extend(
            built
                .into_iter()
                .map(|bar| placed(bar, &sessions, sessions_before, span)),
        );
        sessions_before += u32::try_from(sessions.len()).unwrap_or(u32::MAX);
    }
    let now = run.now();
    bars.retain(|placed| placed.bar.start() + span <= now);
    Ok(bars)
}

fn date_of(run: &Running<'_>, bar: &Bar) -> TradingDate {
    run.rules.calendar.date_of(bar.start())
}

fn placed(bar: Bar, sessions: &[SessionSpan], before: u32, span: chrono::TimeDelta) -> SessionBar {
    let index = sessions
        .iter()
        .filter(|session| session.start <= bar.start())
        .count();
    let opens = sessions
        .first()
        .is_some_and(|first| first.start == bar.start());
    let closes = sessions
        .last()
        .is_some_and(|last| bar.start() + span >= last.end);
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

/// The view that patterns read.
pub(super) fn pattern_bars(bars: &[SessionBar]) -> Option<Vec<PatternBar>> {
    bars.iter()
        .map(|placed| PatternBar::of(&placed.bar, placed.session, placed.volume))
        .collect()
}
