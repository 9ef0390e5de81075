//! The headlines of a generated day. Their words are the plain names of announcement kinds.

use catalyst_domain::news::NewsKind;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::NewsItem;
use chrono::{DateTime, Utc};

use super::cast::Part;
use crate::headlines::Headline;

/// What is published about a name that plays `part`, if anything.
pub(super) fn headline(symbol: Symbol, part: Part, published: DateTime<Utc>) -> Option<Headline> {
    let (headline, kind) = match part {
        Part::RisesEarly | Part::RisesLater => {
            ("Positive profit alert", NewsKind::PositiveProfitAlert)
        }
        Part::Falls => (
            "Placing of new shares under general mandate",
            NewsKind::Placing,
        ),
        Part::Halted => ("Trading halt", NewsKind::TradingHalt),
        Part::Quiet => return None,
    };
    Some(Headline {
        symbol,
        item: NewsItem {
            id: format!("generated-{symbol}-{}", published.format("%Y%m%d%H%M")),
            source: "generated".to_owned(),
            published,
            headline: headline.to_owned(),
            kind,
        },
    })
}
