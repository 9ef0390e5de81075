//! Which feeds are read, and within which bounds.

use std::fmt;
use std::time::Duration;

use catalyst_domain::news::Language;
use reqwest::Url;
use thiserror::Error;

use crate::failure::SetupError;

/// Feeds that may be configured.
pub const FEEDS_MAX: usize = 20;

/// Letters of a feed's name.
pub const NAME_MAX: usize = 40;

/// An address that headlines may be fetched from: `https`, or `http` on this machine itself, since
/// whoever can change an answer on its way can make up a catalyst.
///
/// Its print shows the host alone: paths and queries often hold a key.
#[derive(Clone, PartialEq, Eq)]
pub struct FeedUrl(Url);

/// An address that is not fetched from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an address of a feed, allowed are https addresses, and http ones of this machine")]
pub struct FeedUrlError;

impl FeedUrl {
    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, FeedUrlError> {
        match Url::parse(text) {
            Ok(url) if is_allowed(&url) => Ok(Self(url)),
            Ok(_) | Err(_) => Err(FeedUrlError),
        }
    }

    /// The address.
    pub(crate) fn as_url(&self) -> Url {
        self.0.clone()
    }
}

impl fmt::Debug for FeedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FeedUrl({})", self.0.host_str().unwrap_or(""))
    }
}

/// Whether `url` may be fetched from at all.
pub(crate) fn is_allowed(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.has_host(),
        "http" => is_this_machine(url),
        _ => false,
    }
}

/// Whether the host of `url` is this machine.
pub(crate) fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or("");
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<std::net::IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost",
    }
}

/// One feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedConfig {
    /// What it is called in answers and in errors.
    pub name: String,
    /// Where it is.
    pub url: FeedUrl,
    /// The language of its headlines; `None` where each shows it by its script.
    pub language: Option<Language>,
}

impl FeedConfig {
    /// A feed whose address is still text.
    pub fn parse(name: &str, url: &str, language: Option<Language>) -> Result<Self, SetupError> {
        let url = FeedUrl::parse(url).map_err(|source| SetupError::Address {
            name: name.to_owned(),
            source,
        })?;
        Ok(Self {
            name: name.to_owned(),
            url,
            language,
        })
    }
}

/// All feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsConfig {
    /// Which; where two tell the same story at the same moment, the earlier one's is kept.
    pub feeds: Vec<FeedConfig>,
    /// How long one answer may take from asking to its last byte.
    pub timeout: Duration,
}

#[cfg(test)]
mod tests {
    use super::{FeedConfig, FeedUrl};

    #[test]
    fn only_addresses_that_nobody_on_the_way_can_answer_for_are_allowed() {
        for sound in [
            "https://news.example/rss?key=secret",
            "http://127.0.0.1:8080/feed",
            "http://[::1]/feed",
            "http://localhost/feed",
        ] {
            assert!(FeedUrl::parse(sound).is_ok(), "{sound}");
        }
        for wrong in [
            "http://news.example/rss",
            "http://127.0.0.1.evil.example/",
            "file:///etc/passwd",
            "ftp://news.example/",
            "news.example",
            "",
        ] {
            assert!(FeedUrl::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_feed_that_cannot_be_is_named_without_its_address() {
        let error = FeedConfig::parse("paper", "http://news.example/secret", None).unwrap_err();

        assert_eq!(error.to_string(), "the url of feed paper in news.feeds");
    }

    #[test]
    fn the_print_of_an_address_shows_no_key() {
        let url = FeedUrl::parse("https://news.example/private/rss?key=secret").unwrap();

        assert_eq!(format!("{url:?}"), "FeedUrl(news.example)");
    }
}
