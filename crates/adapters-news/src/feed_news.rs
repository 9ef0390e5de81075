//! Feed news: the port over all feeds, fetched together and kept for a minute.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::clock::Clock;
use catalyst_ports::news::{Headlines, MissingSource, NewsError, NewsFeed, NewsItem};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use tokio::sync::OnceCell;
use tracing::{debug, warn};

use crate::config::{FEEDS_MAX, FeedConfig, NewsConfig};
use crate::failure::{AllFailed, FeedFailure, SetupError};
use crate::fetch::Fetcher;
use crate::merge::{Told, merged};
use crate::names::Names;
use crate::translate::{Read, read};

/// How long one fetch is good for, so that a cycle that asks about ten names asks each feed once.
const FRESH_FOR: TimeDelta = TimeDelta::seconds(60);

/// Headlines of all feeds.
pub struct FeedNews {
    config: NewsConfig,
    names: Names,
    fetcher: Fetcher,
    clock: Arc<dyn Clock>,
    /// The fetch in force and when it began; guards nothing but the exchange of one for the next.
    latest: Mutex<Option<(DateTime<Utc>, Fetch)>>,
}

/// One fetch of all feeds; whoever comes first makes it, the others wait for it.
type Fetch = Arc<OnceCell<Fetched>>;

/// What all feeds answered.
#[derive(Debug)]
struct Fetched {
    told: Vec<Told>,
    missing: Vec<MissingSource>,
    read: usize,
}

impl FeedNews {
    /// The feeds of `config`, the first twenty of them; `clock` tells how old a fetch and a headline
    /// are.
    pub fn new(
        mut config: NewsConfig,
        names: Names,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SetupError> {
        config.feeds.truncate(FEEDS_MAX);
        Ok(Self {
            fetcher: Fetcher::new(config.timeout)?,
            config,
            names,
            clock,
            latest: Mutex::new(None),
        })
    }

    fn fetch_in_force(&self, now: DateTime<Utc>) -> Fetch {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, fetch)) = latest.as_ref()
            && (TimeDelta::zero()..FRESH_FOR).contains(&(now - *at))
        {
            return Arc::clone(fetch);
        }
        let fetch = Fetch::default();
        *latest = Some((now, Arc::clone(&fetch)));
        fetch
    }

    async fn fetch_all(&self, now: DateTime<Utc>) -> Fetched {
        let answers = self
            .config
            .feeds
            .iter()
            .map(|feed| self.fetch_one(feed, now));
        let mut stories = Vec::new();
        let mut missing = Vec::new();
        let mut count = 0;
        for (feed, answer) in self.config.feeds.iter().zip(join_all(answers).await) {
            match answer {
                Ok(read) => {
                    debug!(feed = %feed.name, stories = read.stories.len(), dropped = ?read.dropped, "feed read");
                    count += 1;
                    stories.extend(read.stories);
                }
                Err(failure) => {
                    warn!(feed = %feed.name, %failure, "feed not read");
                    missing.push(MissingSource {
                        source: feed.name.clone(),
                        reason: failure.to_string(),
                    });
                }
            }
        }
        Fetched {
            told: merged(stories),
            missing,
            read: count,
        }
    }

    async fn fetch_one(&self, feed: &FeedConfig, now: DateTime<Utc>) -> Result<Read, FeedFailure> {
        let body = self.fetcher.fetch(&feed.url).await?;
        read(&body, feed, &self.names, now)
    }
}

impl fmt::Debug for FeedNews {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeedNews")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl NewsFeed for FeedNews {
    async fn headlines(
        &self,
        symbol: Symbol,
        since: DateTime<Utc>,
    ) -> Result<Headlines, NewsError> {
        let now = self.clock.now();
        let fetch = self.fetch_in_force(now);
        let fetched = fetch.get_or_init(|| self.fetch_all(now)).await;
        if fetched.read == 0 {
            let each = fetched.missing.iter();
            let each = each
                .map(|missing| format!("{}: {}", missing.source, missing.reason))
                .collect();
            return Err(NewsError::Unavailable {
                source: Box::new(AllFailed { each }),
            });
        }
        let wanted = |told: &&Told| {
            told.symbols.contains(&symbol) && (since..=now).contains(&told.item.published)
        };
        let items: Vec<NewsItem> = fetched
            .told
            .iter()
            .filter(wanted)
            .map(|told| told.item.clone())
            .collect();
        Ok(Headlines {
            items,
            missing: fetched.missing.clone(),
        })
    }
}
