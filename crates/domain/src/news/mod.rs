//! Headlines as rules see them: cleaned text, a name for each story, the kind of announcement, and
//! what the kind says about a company's prospects.
//!
//! The kind is found by rule; the sentiment follows from it or is unknown. No word is scored: on
//! typical headlines of this exchange, lexicons are right three times in five.

mod bare_domain;
mod classify;
mod fold;
mod id;
mod kind;
mod language;
mod look_alike;
mod rules;
mod text;
mod unmarked;

pub use bare_domain::without_bare_domains;
pub use classify::{Classified, classify, rule_names};
pub use fold::folded;
pub use id::{NewsId, NewsIdError};
pub use kind::{NewsKind, Sentiment, UnknownNewsKind, UnknownSentiment};
pub use language::{Language, UnknownLanguage};
pub use text::{EmptyHeadline, HeadlineText, cleaned};
