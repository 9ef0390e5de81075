//! Relative volume of one symbol by this time of day, from the broker's daily bars.

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::indicator::{DayProgress, VolumeReading, examine, relative_volume};
use catalyst_domain::market::Bar;
use catalyst_domain::quantity::Shares;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::market_data::BarSpan;

use crate::running::Running;

/// Sessions that the usual volume rests on.
const SESSIONS: u32 = 20;

/// How far the day is; `None` on a day without trading.
pub(super) fn progress(run: &Running<'_>, date: TradingDate) -> Option<DayProgress> {
    let traded = run
        .rules
        .calendar
        .minutes_since_open(date, run.now())
        .ok()?;
    let session = run.rules.calendar.day(date).ok()?.continuous_minutes();
    DayProgress::new(u16::try_from(traded).ok()?, u16::try_from(session).ok()?).ok()
}

/// Volume so far against the usual; `None` when the day is too young or history too short.
pub(super) async fn measured(
    run: &Running<'_>,
    symbol: Symbol,
    so_far: Shares,
    progress: DayProgress,
) -> Option<VolumeReading> {
    let days = run
        .ports
        .market
        .bars(symbol, BarSpan::Days { count: SESSIONS })
        .await
        .ok()?;
    let past = volumes_since_split(&days, None);
    let profile = run.rules.volume_profile.as_ref()?;
    relative_volume(so_far, progress, &past, profile)
}

/// The volumes of those of `days` whose shares are today's shares: a split changes what a share is,
/// and volumes across it compare nothing. `today` is a bar of today, where there is one.
pub(super) fn volumes_since_split(days: &[Bar], today: Option<&Bar>) -> Vec<Shares> {
    let all: Vec<Bar> = days.iter().chain(today).copied().collect();
    let sound_from = examine(&all, |_, _| true).sound_from;
    days.iter().skip(sound_from).map(Bar::volume).collect()
}
