//! What a look taught about a symbol: the evidence that the owner's entry criteria are held to, and
//! whom not to believe.

use catalyst_domain::market::Timeframe;
use catalyst_domain::pattern::PatternKind;
use catalyst_domain::risk::Evidence;
use catalyst_domain::scan::{Doubt, FeedSentinel, Membership, Sentinel, Withheld};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::{ScanReport, Severity, ToolReply};
use rust_decimal::Decimal;
use tracing::warn;

use super::scan_report::feed_words;
use super::seen_news::SeenNews;
use crate::running::Running;

/// One thing learned. Figures and patterns are those of the latest look, a pattern for each span of
/// bars; bad news and doubts stay for the cycle, so that no second look can look them away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Learned {
    pub(crate) symbol: Symbol,
    pub(crate) fact: Fact,
}

/// What was learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fact {
    RelativeVolume(Option<Decimal>),
    Rsi(Option<Decimal>),
    Pattern(Timeframe, Option<PatternKind>),
    News(SeenNews),
    /// No source answered, for this reason: nothing is known, which is not the same as no news.
    NoNews(String),
    Doubted(Sentinel),
    /// A scan looked at it.
    Scanned,
}

impl Learned {
    fn silence(&self) -> Option<&str> {
        if let Fact::NoNews(cause) = &self.fact {
            return Some(cause);
        }
        None
    }
}

impl Running<'_> {
    /// Takes in an answer and what it has taught. Sources that are silent or doubted are told to the
    /// owner, each once: silence is an alarm.
    pub(crate) async fn take_in(&mut self, reply: &ToolReply, learned: Vec<Learned>) {
        if let Some(cause) = learned.iter().find_map(Learned::silence)
            && self.seen_news.fall_silent(cause)
        {
            warn!(cycle.id = %self.id, cause, "no news");
            let text = format!("{cause}; nothing is known, which is not the same as no news");
            self.tell(Severity::Warning, "no news source answers", &text)
                .await;
        }
        self.learn(learned);
        if let ToolReply::Scan(report) = reply {
            self.doubt_feed(report).await;
        }
    }

    async fn doubt_feed(&mut self, report: &ScanReport) {
        let doubts = report.feed.iter().copied();
        let fresh: Vec<FeedSentinel> = doubts
            .filter(|doubt| self.feed_doubts.insert(*doubt))
            .collect();
        if fresh.is_empty() {
            return;
        }
        let words = feed_words(&fresh);
        warn!(cycle.id = %self.id, doubts = words, "the market feed is doubted");
        let looked_at = report.looked_at;
        let text = format!(
            "{words}, over {looked_at} names; what rests on it is withheld and meets no entry rule"
        );
        self.tell(Severity::Warning, "market feed doubted", &text)
            .await;
    }

    fn learn(&mut self, learned: Vec<Learned>) {
        for Learned { symbol, fact } in learned {
            let evidence = self.evidence.entry(symbol).or_insert(Evidence::NONE);
            match fact {
                Fact::RelativeVolume(ratio) => evidence.relative_volume = ratio,
                Fact::Rsi(rsi) => evidence.rsi = rsi,
                Fact::Pattern(timeframe, pattern) => {
                    self.seen_patterns.insert((symbol, timeframe), pattern);
                }
                Fact::News(seen) => self.seen_news.add(seen),
                Fact::NoNews(_) => {}
                Fact::Scanned => {
                    self.memberships.insert(symbol, Membership::Member);
                }
                Fact::Doubted(sentinel) => {
                    evidence.doubt = evidence.doubt.or(Some(Doubt::Name(sentinel)));
                }
            }
        }
    }

    /// The evidence about `symbol` that counts: nothing of a doubted name, and nothing that rests on
    /// a doubted feed, in whatever order doubt and figure were learned.
    pub(crate) fn evidence_of(&self, symbol: Symbol) -> Evidence {
        let seen = self.evidence.get(&symbol).copied();
        let mut seen = seen.unwrap_or(Evidence::NONE);
        seen.pattern = self
            .seen_patterns
            .iter()
            .filter(|((of, _), _)| *of == symbol)
            .find_map(|(_, pattern)| *pattern);
        for doubt in &self.feed_doubts {
            match doubt.withholds() {
                Withheld::Prices => seen.doubt = seen.doubt.or(Some(Doubt::Feed(*doubt))),
                Withheld::Volume | Withheld::RelativeVolume => seen.relative_volume = None,
            }
        }
        if seen.doubt.is_some() {
            return Evidence {
                doubt: seen.doubt,
                ..Evidence::NONE
            };
        }
        seen
    }
}
