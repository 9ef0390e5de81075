//! The headlines of a generated day. Their words are the plain names of announcement kinds, and their
//! kinds are found by the same rules as those of real ones.

use catalyst_domain::news::{HeadlineText, NewsId, classify};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::NewsItem;
use chrono::{DateTime, Utc};

use super::cast::Part;
use crate::headlines::Headline;

/// What is published about a name that plays `part`, if anything.
pub(super) fn headline(symbol: Symbol, part: Part, published: DateTime<Utc>) -> Option<Headline> {
    let words = match part {
        Part::RisesEarly | Part::RisesLater => "Positive profit alert",
        Part::Falls => "Placing of new shares under general mandate",
        Part::Halted => "Trading halt",
        Part::Quiet => return None,
    };
    let found = classify(words, &[]);
    Some(Headline {
        symbol,
        item: NewsItem {
            id: NewsId::derived(&["generated", symbol.as_str(), &published.to_rfc3339()]),
            source: "generated".to_owned(),
            published,
            headline: HeadlineText::clean(words).ok()?,
            also_in: None,
            kind: found.kind,
            rule: found.rule,
        },
    })
}
