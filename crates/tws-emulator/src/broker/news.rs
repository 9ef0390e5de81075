//! News: the headlines of the world under one provider.

use super::seen::seen;
use crate::wire::absent::or_empty;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::contracts::symbol_of;
use super::terms::error;
use super::{Broker, SessionId};
use crate::kinds::ReplyKind;
use crate::wire::news::{
    HistoricalNews, HistoricalNewsEnd, HistoricalNewsRequest, NewsArticle, NewsArticleRequest,
    NewsProvider, NewsProviders,
};

/// The one provider.
const PROVIDER: &str = "SIM";

/// Headlines of one answer at most.
const HEADLINES_MAX: usize = 300;

/// How far back an article is looked for, and headlines where no start is given.
const LOOK_BACK: TimeDelta = TimeDelta::days(365);

impl Broker {
    pub(super) fn send_news_providers(&mut self, id: SessionId) {
        let providers = NewsProviders {
            providers: vec![NewsProvider {
                code: Some(PROVIDER.to_owned()),
                name: Some("Simulated news".to_owned()),
            }],
        };
        self.send(id, ReplyKind::NewsProviders, &providers);
    }

    pub(super) fn send_headlines(&mut self, id: SessionId, asked: &HistoricalNewsRequest) {
        let req_id = asked.req_id.unwrap_or(0);
        let codes = or_empty(asked.provider_codes.as_ref());
        let Some(symbol) = symbol_of(asked.con_id.unwrap_or(0)) else {
            let spoken = error(200);
            return self.say(id, req_id, spoken.code, &spoken.text);
        };
        let start = asked.start.as_deref().and_then(moment_of);
        let start = start.unwrap_or_else(|| self.now() - LOOK_BACK);
        let end = asked.end.as_deref().and_then(moment_of);
        let total = asked.total.and_then(|total| usize::try_from(total).ok());
        let total = total.unwrap_or(HEADLINES_MAX).min(HEADLINES_MAX);
        let has_provider = codes.split('+').any(|code| code == PROVIDER);
        let mut items = seen(self.wire.headlines(symbol, start));
        items.retain(|item| has_provider && end.is_none_or(|end| item.published <= end));
        let has_more = items.len() > total;
        for item in items.into_iter().take(total) {
            let row = HistoricalNews {
                req_id: Some(req_id),
                time: Some(item.published.format("%Y-%m-%d %H:%M:%S.0").to_string()),
                provider_code: Some(PROVIDER.to_owned()),
                article_id: Some(format!("{PROVIDER}${}", item.id)),
                headline: Some(item.headline.to_string()),
            };
            self.send(id, ReplyKind::HistoricalNews, &row);
        }
        let end = HistoricalNewsEnd {
            req_id: Some(req_id),
            has_more: Some(has_more),
        };
        self.send(id, ReplyKind::HistoricalNewsEnd, &end);
    }

    /// The headline is all there is of an article.
    pub(super) fn send_article(&mut self, id: SessionId, asked: &NewsArticleRequest) {
        let req_id = asked.req_id.unwrap_or(0);
        let wanted = or_empty(asked.article_id.as_ref());
        let symbols = seen(self.wire.symbols(self.today()));
        let since = self.now() - LOOK_BACK;
        let items = symbols
            .into_iter()
            .map(|symbol| seen(self.wire.headlines(symbol, since)));
        let mut items = items.flatten();
        let found = items.find(|item| format!("{PROVIDER}${}", item.id) == wanted);
        match found {
            Some(item) => {
                let article = NewsArticle {
                    req_id: Some(req_id),
                    kind: Some(0),
                    text: Some(item.headline.to_string()),
                };
                self.send(id, ReplyKind::NewsArticle, &article);
            }
            None => self.say(
                id,
                req_id,
                10172,
                "Failed to request news article:No data available",
            ),
        }
    }
}

/// A moment as news requests write it, in UTC.
fn moment_of(text: &str) -> Option<DateTime<Utc>> {
    let text = text.get(..19).unwrap_or(text);
    let moment = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S");
    moment.ok().map(|moment| moment.and_utc())
}
