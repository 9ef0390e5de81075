//! Story: one entry of a feed as far as it can be used, not yet compared with others.

use std::collections::BTreeSet;

use catalyst_domain::news::{Classified, HeadlineText, Language};
use catalyst_domain::symbol::Symbol;
use chrono::{DateTime, Utc};

/// A dated headline about at least one symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Story {
    /// What its feed calls it: its id there, else its link, else nothing.
    pub(crate) key: String,
    /// The feed's name.
    pub(crate) source: String,
    pub(crate) published: DateTime<Utc>,
    pub(crate) headline: HeadlineText,
    pub(crate) language: Language,
    pub(crate) symbols: BTreeSet<Symbol>,
    pub(crate) found: Classified,
    /// The number under which the exchange files the document it links to, if it does.
    pub(crate) filing: Option<String>,
}

#[cfg(test)]
pub(crate) mod tests {
    use catalyst_domain::news::{HeadlineText, classify};

    use super::Story;

    /// A story of `minute` past ten about 00700.
    pub(crate) fn a_story(source: &str, minute: u32, headline: &str) -> Story {
        let text = HeadlineText::clean(headline).unwrap();
        Story {
            key: format!("{source}-{minute}-{headline}"),
            source: source.to_owned(),
            published: format!("2026-11-23T02:{minute:02}:00Z").parse().unwrap(),
            language: text.language(),
            symbols: ["700".parse().unwrap()].into(),
            found: classify(text.as_str(), &[]),
            headline: text,
            filing: None,
        }
    }
}
