//! Addresses of the settings, judged by the adapters that will go there, before anything is begun.

use catalyst_adapters_mail::ping::Ping;
use catalyst_adapters_news::config::FeedUrl;

use crate::settings::{Settings, SettingsError};

const ALLOWED: &str = "an https address, or an http one of this machine";

/// Refuses an address to which nothing would go, by its key. The address may hold a secret and is not told.
pub(crate) fn suits(settings: &Settings) -> Result<(), SettingsError> {
    let feeds = &settings.news.feeds;
    if let Some(feed) = feeds.iter().find(|feed| FeedUrl::parse(&feed.url).is_err()) {
        let key = "news.feeds";
        let allowed = format!("{ALLOWED} as the url of `{}`", feed.name);
        return Err(SettingsError::unshown(key, allowed));
    }
    match &settings.ping {
        Some(url) if !Ping::is_address(&url.0) => {
            Err(SettingsError::unshown("watch.ping_url", ALLOWED))
        }
        Some(_) | None => Ok(()),
    }
}
