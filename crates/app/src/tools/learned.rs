//! What a look taught about a symbol: the evidence that the owner's entry criteria are held to.

use catalyst_domain::pattern::PatternKind;
use catalyst_domain::risk::{Evidence, Headline};
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;

use crate::running::Running;

/// One thing learned. A later look replaces what an earlier one taught.
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
                Fact::Pattern(pattern) => evidence.pattern = pattern,
                Fact::Headline(headline) => evidence.headline = headline,
            }
        }
    }
}
