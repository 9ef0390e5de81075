//! Seen news: the headlines that this cycle returned, among which the one a trade names is looked up.
//! What an advisor says of a headline is its reading and nothing else.

use std::collections::BTreeMap;

use catalyst_domain::news::{HeadlineText, NewsId, Sentiment};
use catalyst_domain::risk::{Headline, NamedHeadline};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::{MissingSource, NewsItem};
use chrono::{DateTime, Utc};

/// What stands for all sources where none of them answered.
const EVERY_SOURCE: &str = "every source";

/// What a trade says of its catalyst.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cited {
    pub(crate) id: Option<NewsId>,
    pub(crate) reading: Option<Sentiment>,
}

/// Headlines of one symbol, or of several by their symbols.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SeenNews {
    returned: BTreeMap<(Symbol, NewsId), Seen>,
    latest_negative: BTreeMap<Symbol, DateTime<Utc>>,
    /// Each once, with the reason it gave first.
    missing: Vec<MissingSource>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    headline: HeadlineText,
    sentiment: Sentiment,
    published: DateTime<Utc>,
}

impl SeenNews {
    /// What one look returned about `symbol`, the bad news that it came across, and the sources that
    /// did not answer it.
    pub(super) fn new<'a>(
        symbol: Symbol,
        returned: impl Iterator<Item = &'a NewsItem>,
        bad: impl Iterator<Item = &'a NewsItem>,
        missing: &[MissingSource],
    ) -> Self {
        let seen = |item: &NewsItem| Seen {
            headline: item.headline.clone(),
            sentiment: item.kind.sentiment(),
            published: item.published,
        };
        let latest = bad.map(|item| item.published).max();
        Self {
            returned: returned
                .map(|item| ((symbol, item.id), seen(item)))
                .collect(),
            latest_negative: latest.into_iter().map(|at| (symbol, at)).collect(),
            missing: missing.to_vec(),
        }
    }

    /// Takes in what a later look returned. Nothing is forgotten within the cycle.
    pub(super) fn add(&mut self, later: Self) {
        self.returned.extend(later.returned);
        for (symbol, at) in later.latest_negative {
            let latest = self.latest_negative.entry(symbol).or_insert(at);
            *latest = at.max(*latest);
        }
        for source in later.missing {
            self.misses(source);
        }
    }

    /// Keeps that `source` did not answer; true the first time.
    fn misses(&mut self, source: MissingSource) -> bool {
        let mut known = self.missing.iter();
        let is_new = known.all(|known| known.source != source.source);
        if is_new {
            self.missing.push(source);
        }
        is_new
    }

    /// The sources that did not answer one look or another of this cycle: what they hold was not seen.
    pub(super) fn missing(&self) -> &[MissingSource] {
        &self.missing
    }

    /// Keeps that no source answered at all, for this reason; true the first time.
    pub(super) fn fall_silent(&mut self, cause: &str) -> bool {
        self.misses(MissingSource {
            source: EVERY_SOURCE.to_owned(),
            reason: cause.to_owned(),
        })
    }

    /// True when no headline was returned.
    pub(super) fn is_empty(&self) -> bool {
        self.returned.is_empty()
    }

    /// The texts of all headlines, longest first.
    pub(super) fn texts(&self) -> Vec<&str> {
        let returned = self.returned.values();
        let mut texts: Vec<&str> = returned.map(|seen| seen.headline.as_str()).collect();
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        texts.dedup();
        texts
    }

    /// The headline that a trade of `symbol` names.
    pub(crate) fn named(&self, symbol: Symbol, cited: Cited) -> Option<NamedHeadline> {
        let id = cited.id?;
        let Some(seen) = self.returned.get(&(symbol, id)) else {
            return Some(NamedHeadline::NotReturned);
        };
        Some(NamedHeadline::Returned(Headline {
            sentiment: seen.sentiment,
            published: seen.published,
            latest_negative: self.latest_negative.get(&symbol).copied(),
            reading: cited.reading,
        }))
    }
}
