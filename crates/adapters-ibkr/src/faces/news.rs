//! Headlines of the providers that the account subscribes to.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::{Headlines, MissingSource, NewsError, NewsFeed};
use chrono::{DateTime, Utc};
use futures_util::future::join_all;
use ibapi::news::NewsArticle;
use thiserror::Error;

use crate::config::ProviderCode;
use crate::failure::IbkrError;
use crate::session::IbkrSession;
use crate::translate::{item_of, to_offset, without_repeats};

/// Headlines of one provider that are asked for.
const STORIES_MAX: u8 = 50;

/// News of one session.
#[derive(Debug, Clone)]
pub struct IbkrNews {
    session: Arc<IbkrSession>,
}

/// Nobody is there to tell news.
#[derive(Debug, Error)]
enum NoNews {
    #[error("no news provider is configured")]
    NoProvider,
    #[error("no provider answered: {}", each.join("; "))]
    AllFailed { each: Vec<String> },
    #[error("{moment} is no moment of the wire")]
    NoMoment { moment: DateTime<Utc> },
}

impl IbkrNews {
    /// The face of `session`.
    pub const fn new(session: Arc<IbkrSession>) -> Self {
        Self { session }
    }

    async fn stories(
        &self,
        provider: &ProviderCode,
        contract_id: i32,
        since: DateTime<Utc>,
    ) -> Result<Vec<NewsArticle>, IbkrError> {
        let moment = |moment| {
            to_offset(moment).ok_or_else(|| IbkrError::Garbled {
                what: "headlines",
                text: NoNews::NoMoment { moment }.to_string(),
            })
        };
        let (from, to) = (moment(since)?, moment(self.session.now())?);
        let line = self.session.line().await?;
        line.ask("headlines", async {
            let codes = [provider.as_str()];
            let asked = line
                .client
                .historical_news(contract_id, &codes, from, to, STORIES_MAX);
            asked.await?.collect_to_end_within(line.patience).await
        })
        .await
    }
}

#[async_trait]
impl NewsFeed for IbkrNews {
    async fn headlines(
        &self,
        symbol: Symbol,
        since: DateTime<Utc>,
    ) -> Result<Headlines, NewsError> {
        let providers = &self.session.config.news_providers;
        if providers.is_empty() {
            return Err(unavailable(NoNews::NoProvider));
        }
        let listing = self.session.listing(symbol).await.map_err(unavailable)?;
        let asked = providers
            .iter()
            .map(|code| self.stories(code, listing.contract_id, since));
        let answers = join_all(asked).await;
        let now = self.session.now();
        let (mut items, mut missing) = (Vec::new(), Vec::new());
        for (provider, answer) in providers.iter().zip(answers) {
            match answer {
                Ok(stories) => items.extend(stories.iter().filter_map(item_of)),
                Err(failure) => missing.push(MissingSource {
                    source: provider.as_str().to_owned(),
                    reason: failure.to_string(),
                }),
            }
        }
        if missing.len() == providers.len() {
            let each = missing.into_iter();
            let each = each.map(|missing| format!("{}: {}", missing.source, missing.reason));
            return Err(unavailable(NoNews::AllFailed {
                each: each.collect(),
            }));
        }
        items.retain(|item| (since..=now).contains(&item.published));
        Ok(Headlines {
            items: without_repeats(items),
            missing,
        })
    }
}

fn unavailable(why: impl std::error::Error + Send + Sync + 'static) -> NewsError {
    NewsError::Unavailable {
        source: Box::new(why),
    }
}
