//! When silence is an alarm.

use catalyst_app::WatchPolicy;
use chrono::TimeDelta;

use super::problem::SettingsError;
use super::raw::RawSettings;

pub(super) fn read(raw: &RawSettings<'_>) -> Result<WatchPolicy, SettingsError> {
    let grace = raw.whole("watch.grace_minutes", 1..=1_440)?;
    let sessions = raw.whole("watch.idle_sessions", 1..=60)?;
    let money_days = raw.whole("watch.money_days", 0..=23)?;
    Ok(WatchPolicy {
        grace: TimeDelta::minutes(i64::from(grace)),
        idle_sessions: usize::try_from(sessions).unwrap_or(usize::MAX),
        money_days,
    })
}
