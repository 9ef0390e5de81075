//! When silence is an alarm.

use catalyst_app::WatchPolicy;
use chrono::TimeDelta;
use secrecy::SecretString;

use super::database::Hidden;
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

/// The address that is fetched while all is well.
pub(super) fn ping(raw: &RawSettings<'_>) -> Result<Option<Hidden>, SettingsError> {
    let url = raw.optional("watch.ping_url", "a web address")?;
    Ok(url.map(|url| Hidden(SecretString::from(url))))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use catalyst_domain::calendar::TradingCalendar;

    use crate::settings::load::{merged, typed};
    use crate::settings::{Environment, Settings};

    fn loaded(watch: &str) -> Settings {
        let environment = Environment::of(&[("K", "hunter2")]);
        let file = Some((PathBuf::from("owner.yaml"), format!("watch: {watch}")));
        let calendar = TradingCalendar::hkex().unwrap();
        typed(&merged(file.as_ref(), &environment).unwrap(), &calendar).unwrap()
    }

    #[test]
    fn nobody_is_pinged_unless_asked_and_the_address_is_a_secret_that_decides_no_trade() {
        let none = loaded("{}");
        let some = loaded("{ping_url: \"https://ping.example/${K}\"}");

        assert_eq!(none.ping, None);
        assert!(some.ping.is_some());
        assert!(!format!("{some:?}").contains("hunter2"));
        assert_eq!(some.hash(), none.hash());
    }
}
