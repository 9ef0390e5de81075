//! What a look taught about a symbol: the evidence that the owner's entry criteria are held to.

use catalyst_domain::news::Sentiment;
use catalyst_domain::pattern::PatternKind;
use catalyst_domain::risk::{Evidence, Headline};
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;

use crate::running::Running;

/// One thing learned. Figures are those of the latest look; a pattern that was seen and bad news stay
/// for the cycle, so that no choice of span can look them away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Learned {
    pub(crate) symbol: Symbol,
    pub(crate) fact: Fact,
}

/// What was learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fact {
    RelativeVolume(Option<Decimal>),
    Rsi(Option<Decimal>),
    Pattern(Option<PatternKind>),
    Headline(Option<Headline>),
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
                Fact::Headline(headline) => {
                    let bad = evidence
                        .headline
                        .is_some_and(|known| known.sentiment == Sentiment::Negative);
                    if !bad {
                        evidence.headline = headline;
                    }
                }
            }
        }
    }
}
