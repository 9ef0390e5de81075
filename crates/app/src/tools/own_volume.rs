//! Relative volume of one symbol: by its own past minutes where enough of them are at hand, else by
//! the market's profile over its daily volumes.

use catalyst_domain::indicator::{
    DayProgress, DayRelativeVolume, SessionVolume, VolumeReading, examine, market_relative_volume,
    own_relative_volume, volume_within,
};
use catalyst_domain::market::Bar;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::BarSpan;
use catalyst_ports::tool::{Lack, RelativeVolume, VolumeBasis};

use super::session_bars::{date_of, days_in, session_times};
use super::volume;
use crate::running::Running;

/// Past sessions that a mean rests on at most.
pub(super) const SESSIONS: u32 = 20;

/// Volume so far today against the usual, from the minutes of today and of the days before it.
pub(super) async fn relative_volume(
    run: &Running<'_>,
    symbol: Symbol,
    minutes: &[Bar],
) -> Result<RelativeVolume, Lack> {
    let date = run.rules.calendar.date_of(run.now());
    let progress = volume::progress(run, date).ok_or(Lack::NoTradeToday)?;
    let night = |a: &Bar, b: &Bar| date_of(run, a) != date_of(run, b);
    let (_, minutes) = minutes.split_at(examine(minutes, night).sound_from);
    let (past, today) = minutes.split_at(minutes.partition_point(|bar| date_of(run, bar) < date));
    let own = own_relative_volume(
        volume_by_now(run, today, progress).ok_or(Lack::NoTradeToday)?,
        progress,
        &past_sessions(run, past, progress),
    );
    let left_out = Some(own.other_lengths).filter(|sessions| *sessions > 0);
    match known(own.reading) {
        Ok(found) => Ok(told(found, VolumeBasis::Own, left_out)),
        Err(Lack::TooEarly) => Err(Lack::TooEarly),
        Err(_) => by_market(run, symbol, today, progress)
            .await
            .map(|found| told(found, VolumeBasis::Market, None)),
    }
}

fn told(found: VolumeReading, basis: VolumeBasis, left_out: Option<u16>) -> RelativeVolume {
    RelativeVolume {
        x: found.ratio,
        n: found.sessions,
        basis,
        left_out,
    }
}

fn known(reading: DayRelativeVolume) -> Result<VolumeReading, Lack> {
    match reading {
        DayRelativeVolume::Known { .. } => reading.reading().ok_or(Lack::NoProfile),
        DayRelativeVolume::TooEarly => Err(Lack::TooEarly),
        DayRelativeVolume::ShortHistory { sessions } => Err(Lack::ShortHistory(sessions)),
    }
}

/// What a day had traded by as many minutes as today has; `None` where the calendar ends.
fn volume_by_now(run: &Running<'_>, day: &[Bar], progress: DayProgress) -> Option<Shares> {
    let Some(first) = day.first() else {
        return Some(Shares::ZERO);
    };
    let Ok(times) = session_times(run, date_of(run, first)) else {
        return None;
    };
    Some(volume_within(day, &times, progress.traded()))
}

/// What each past day had traded by as many minutes as today has.
fn past_sessions(run: &Running<'_>, past: &[Bar], progress: DayProgress) -> Vec<SessionVolume> {
    let mut sessions = Vec::new();
    for day in days_in(run, past) {
        let length = day
            .first()
            .and_then(|first| run.rules.calendar.day(date_of(run, first)).ok())
            .and_then(|day| u16::try_from(day.continuous_minutes()).ok());
        let by_now = volume_by_now(run, day, progress);
        if let (Some(shares), Some(session_minutes)) = (by_now, length) {
            sessions.push(SessionVolume {
                shares,
                session_minutes,
            });
        }
    }
    sessions
}

async fn by_market(
    run: &Running<'_>,
    symbol: Symbol,
    today: &[Bar],
    progress: DayProgress,
) -> Result<VolumeReading, Lack> {
    let profile = run.rules.volume_profile.as_ref().ok_or(Lack::NoProfile)?;
    let wanted = BarSpan::Days { count: SESSIONS };
    let Ok(days) = run.ports.market.bars(symbol, wanted).await else {
        return Err(Lack::NoDailyBars);
    };
    let past = volume::volumes_since_split(&days, today.first());
    let so_far = today
        .iter()
        .fold(Shares::ZERO, |sum, bar| sum.plus(bar.volume()));
    known(market_relative_volume(so_far, progress, &past, profile).ok_or(Lack::NoProfile)?)
}
