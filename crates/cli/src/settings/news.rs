//! Headlines: where they come from, and the feeds.

use std::path::PathBuf;
use std::time::Duration;

use catalyst_domain::news::Language;

use super::problem::SettingsError;
use super::raw::{RawSettings, Row};

/// Feeds at most, and letters of a feed's name.
const FEEDS_MAX: usize = 20;
const NAME_MAX: usize = 40;

/// Where a cycle's headlines come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NewsSource {
    /// The simulated exchange, which makes them up with its day.
    Sim,
    /// The feeds.
    Feeds,
}

/// One feed as the settings give it. Its address may hold a key and is not for print.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Feed {
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) language: Option<Language>,
}

impl std::fmt::Debug for Feed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Feed")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Section `news`, save how long a headline stays good, which is a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewsSettings {
    pub(crate) source: NewsSource,
    pub(crate) feeds: Vec<Feed>,
    pub(crate) timeout: Duration,
    /// Names of companies beside the built-in ones.
    pub(crate) names_file: Option<PathBuf>,
}

pub(super) fn read(raw: &RawSettings<'_>) -> Result<NewsSettings, SettingsError> {
    let source = raw.word(
        "news.source",
        &[("sim", NewsSource::Sim), ("feeds", NewsSource::Feeds)],
    )?;
    let key = "news.feeds";
    let rows = raw.rows(key, &["name", "url", "language"])?;
    let feeds: Vec<Feed> = rows
        .iter()
        .map(feed)
        .collect::<Result<_, SettingsError>>()?;
    if feeds.len() > FEEDS_MAX {
        let found = format!("{} feeds", feeds.len());
        return Err(SettingsError::value(
            key,
            &found,
            format!("at most {FEEDS_MAX}"),
        ));
    }
    if let Some(twice) = twice_named(&feeds) {
        return Err(SettingsError::value(key, twice, "each name once"));
    }
    if source == NewsSource::Feeds && feeds.is_empty() {
        let allowed = "at least one feed while news.source is feeds";
        return Err(SettingsError::empty(key, allowed));
    }
    let seconds = raw.whole("news.timeout_seconds", 1..=30)?;
    Ok(NewsSettings {
        source,
        feeds,
        timeout: Duration::from_secs(u64::from(seconds)),
        names_file: raw
            .optional("news.names_file", "a file")?
            .map(PathBuf::from),
    })
}

fn feed(row: &Row) -> Result<Feed, SettingsError> {
    let key = "news.feeds";
    let part = |name: &str| row.get(name).map(|text| text.trim().to_owned());
    let name = part("name").unwrap_or_else(String::new);
    let plain = |letter: char| letter.is_alphanumeric() || " -_.".contains(letter);
    if name.is_empty() || name.chars().count() > NAME_MAX || !name.chars().all(plain) {
        let allowed = format!(
            "for each feed a `name` of 1 to {NAME_MAX} letters, digits, blanks, `-`, `_`, `.`"
        );
        return Err(SettingsError::value(key, &format!("name {name}"), allowed));
    }
    let Some(url) = part("url") else {
        let found = format!("{name} without url");
        return Err(SettingsError::value(key, &found, "a `url` for each feed"));
    };
    let language = part("language").map(|word| {
        word.parse().map_err(|_unknown| {
            let found = format!("{name}: language {word}");
            SettingsError::value(key, &found, "en, zh, or none where both come")
        })
    });
    Ok(Feed {
        name,
        url,
        language: language.transpose()?,
    })
}

fn twice_named(feeds: &[Feed]) -> Option<&str> {
    let names = || feeds.iter().map(|feed| feed.name.as_str());
    names().find(|name| names().filter(|other| other == name).count() > 1)
}
