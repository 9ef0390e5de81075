//! What a look taught about a symbol: the evidence that the owner's entry criteria are held to.

use catalyst_domain::pattern::PatternKind;
use catalyst_domain::risk::Evidence;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;

use super::seen_news::SeenNews;
use crate::running::Running;

/// One thing learned. Figures are those of the latest look; a pattern that was seen and bad news stay
/// for the cycle, so that no choice of span can look them away.
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
    Pattern(Option<PatternKind>),
    News(SeenNews),
}

impl Running<'_> {
    /// Takes in what looks have taught.
    pub(crate) fn learn(&mut self, learned: Vec<Learned>) {
        for Learned { symbol, fact } in learned {
            let evidence = self.evidence.entry(symbol).or_insert(Evidence::NONE);
            match fact {
                Fact::RelativeVolume(ratio) => evidence.relative_volume = ratio,
                Fact::Rsi(rsi) => evidence.rsi = rsi,
                Fact::Pattern(pattern) => evidence.pattern = pattern.or(evidence.pattern),
                Fact::News(seen) => self.seen_news.add(seen),
            }
        }
    }
}
