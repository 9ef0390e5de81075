//! Seen news: the headlines that this cycle returned, among which the one a trade names is looked up.
//! What an advisor says of a headline is its reading and nothing else.

use std::collections::BTreeMap;

use catalyst_domain::news::{NewsId, Sentiment};
use catalyst_domain::risk::{Headline, NamedHeadline};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::NewsItem;
use chrono::{DateTime, Utc};

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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    sentiment: Sentiment,
    published: DateTime<Utc>,
}

impl SeenNews {
    /// What one look returned about `symbol`, and the bad news that it came across.
    pub(super) fn new<'a>(
        symbol: Symbol,
        returned: impl Iterator<Item = &'a NewsItem>,
        bad: impl Iterator<Item = &'a NewsItem>,
    ) -> Self {
        let seen = |item: &NewsItem| Seen {
            sentiment: item.kind.sentiment(),
            published: item.published,
        };
        let latest = bad.map(|item| item.published).max();
        Self {
            returned: returned
                .map(|item| ((symbol, item.id), seen(item)))
                .collect(),
            latest_negative: latest.into_iter().map(|at| (symbol, at)).collect(),
        }
    }

    /// Takes in what a later look returned. Nothing is forgotten within the cycle.
    pub(super) fn add(&mut self, later: Self) {
        self.returned.extend(later.returned);
        for (symbol, at) in later.latest_negative {
            let latest = self.latest_negative.entry(symbol).or_insert(at);
            *latest = at.max(*latest);
        }
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
