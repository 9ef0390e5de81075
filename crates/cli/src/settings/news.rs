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
    /// The broker: the built-in exchange makes them up with its day, Interactive Brokers has providers.
    Broker,
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
    /// Codes of Interactive Brokers' providers.
    pub(crate) providers: Vec<String>,
    pub(crate) timeout: Duration,
    /// Names of companies beside the built-in ones.
    pub(crate) names_file: Option<PathBuf>,
}

pub(super) fn read(raw: &RawSettings<'_>) -> Result<NewsSettings, SettingsError> {
    let source = raw.word(
        "news.source",
        &[("broker", NewsSource::Broker), ("feeds", NewsSource::Feeds)],
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
        providers: raw.words("news.providers", "a list of codes such as BRFG")?,
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
    let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    let Some(url) = part("url").filter(is_web) else {
        let found = format!("{name} without a web address");
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::time::Duration;

    use catalyst_domain::calendar::TradingCalendar;
    use catalyst_domain::news::Language;

    use super::NewsSource;
    use crate::settings::load::{merged, typed};
    use crate::settings::{Environment, Settings, SettingsError};

    const FEED: &str = "{name: one, url: \"https://a.example/${KEY}\", language: zh}";

    fn loaded(news: &str) -> Result<Settings, SettingsError> {
        let environment = Environment::of(&[("KEY", "secret")]);
        let file = Some((PathBuf::from("owner.yaml"), format!("news: {news}")));
        let calendar = TradingCalendar::hkex().unwrap();
        typed(&merged(file.as_ref(), &environment)?, &calendar)
    }

    #[test]
    fn feeds_are_read_with_their_variables_and_print_no_address() {
        let feeds = format!(
            "{{source: feeds, feeds: [{FEED}, {{name: two, url: \"https://b.example\"}}], timeout_seconds: 3, names_file: own.csv}}"
        );

        let news = loaded(&feeds).unwrap().news;

        assert_eq!(news.source, NewsSource::Feeds);
        assert_eq!(news.feeds[0].url, "https://a.example/secret");
        let languages: Vec<_> = news.feeds.iter().map(|feed| feed.language).collect();
        assert_eq!(languages, [Some(Language::Chinese), None]);
        assert_eq!(news.timeout, Duration::from_secs(3));
        assert_eq!(news.names_file, Some(PathBuf::from("own.csv")));
        assert!(!format!("{news:?}").contains("secret"));
    }

    #[test]
    fn how_long_a_headline_stays_good_is_a_limit() {
        let settings = loaded("{max_age_hours: 6}").unwrap();

        assert_eq!(settings.limits.max_news_age().num_hours(), 6);
        let standard = loaded("{}").unwrap();
        assert_eq!(standard.limits.max_news_age().num_hours(), 24);
        assert_ne!(settings.hash(), standard.hash());
    }

    #[test]
    fn nonsense_is_told_by_its_key() {
        let many = vec![FEED; 21].join(", ");
        for (news, told) in [
            (
                "{source: sim}".to_owned(),
                "news.source is `sim`, allowed is broker, feeds",
            ),
            (
                "{source: feeds}".to_owned(),
                "news.feeds is empty, allowed is at least one feed while news.source is feeds",
            ),
            (
                format!("{{feeds: [{FEED}, {FEED}]}}"),
                "news.feeds is `one`, allowed is each name once",
            ),
            (
                format!("{{feeds: [{many}]}}"),
                "news.feeds is `21 feeds`, allowed is at most 20",
            ),
            (
                "{feeds: [{name: one}]}".to_owned(),
                "news.feeds is `one without a web address`, allowed is a `url` for each feed",
            ),
            (
                "{feeds: [{name: one, url: \"file:///etc/passwd\"}]}".to_owned(),
                "news.feeds is `one without a web address`, allowed is a `url` for each feed",
            ),
            (
                "{feeds: [{name: \"a\\nb\", url: \"https://a.example\"}]}".to_owned(),
                "news.feeds is `name a\nb`, allowed is for each feed a `name` of 1 to 40 letters, \
                 digits, blanks, `-`, `_`, `.`",
            ),
            (
                "{feeds: [{name: one, url: \"https://a.example\", language: fr}]}".to_owned(),
                "news.feeds is `one: language fr`, allowed is en, zh, or none where both come",
            ),
            (
                "{feeds: [{name: one, address: \"https://a.example\"}]}".to_owned(),
                "news.feeds is `address`, allowed is a list of sections with name, url, language",
            ),
            (
                "{feeds: [\"https://a.example\"]}".to_owned(),
                "news.feeds is `a list of words`, allowed is a list of sections with name, url, language",
            ),
            (
                "{feeds: \"https://a.example\"}".to_owned(),
                "news.feeds is `https://a.example`, allowed is a list of sections with name, url, language",
            ),
            (
                "{max_age_hours: 0}".to_owned(),
                "news.max_age_hours is `0`, allowed is 1 to 168",
            ),
            (
                "{timeout_seconds: 31}".to_owned(),
                "news.timeout_seconds is `31`, allowed is a whole number 1 to 30",
            ),
        ] {
            assert_eq!(loaded(&news).unwrap_err().to_string(), told);
        }
    }
}
