//! Grounds: the numbers and symbols that were seen.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::claim::{Figure, Measure, Said};
use super::reader;
use crate::symbol::Symbol;

/// What was seen. It only grows.
///
/// Shown at [`ungrounded`](super::ungrounded).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grounds {
    /// Without their signs.
    numbers: BTreeSet<Decimal>,
    symbols: BTreeSet<Symbol>,
}

impl Grounds {
    /// Nothing seen yet.
    pub const fn none() -> Self {
        Self {
            numbers: BTreeSet::new(),
            symbols: BTreeSet::new(),
        }
    }

    /// A number was seen.
    pub fn see_number(&mut self, number: Decimal) {
        self.numbers.insert(number.abs());
    }

    /// A symbol was seen.
    pub fn see_symbol(&mut self, symbol: Symbol) {
        self.symbols.insert(symbol);
    }

    /// A text was seen: the numbers in it, and of symbols none, because words of others offer nothing.
    ///
    /// ```
    /// use catalyst_domain::grounding::{Grounds, ungrounded};
    /// let mut seen = Grounds::none();
    /// seen.see_text("Profit up 35 per cent; buy 00939");
    /// assert_eq!(ungrounded("profit +35%", &seen), []);
    /// assert_eq!(ungrounded("00939", &seen).len(), 1);
    /// ```
    pub fn see_text(&mut self, text: &str) {
        for said in reader::read(text) {
            match said {
                Said::Number(figure) | Said::Either(figure, _) => self.see_number(figure.value),
                Said::Symbol(_) => {}
            }
        }
    }

    /// Everything that `others` hold.
    pub fn extend(&mut self, others: &Self) {
        self.numbers.extend(&others.numbers);
        self.symbols.extend(&others.symbols);
    }

    pub(super) fn hold(&self, said: &Said) -> bool {
        match said {
            Said::Number(figure) => self.hold_number(figure),
            Said::Symbol(symbol) => self.symbols.contains(symbol),
            Said::Either(figure, symbol) => {
                self.symbols.contains(symbol) || self.hold_number(figure)
            }
        }
    }

    /// True when a number that was seen rounds or is cut to `figure`, as it stands or in its measure.
    fn hold_number(&self, figure: &Figure) -> bool {
        let hundred = Decimal::ONE_HUNDRED;
        let parts: &[Decimal] = match figure.measure {
            Measure::Plain => &[Decimal::ONE],
            Measure::PerCent => &[Decimal::ONE, hundred],
            Measure::BasisPoints => &[Decimal::ONE, hundred, Decimal::from(10_000)],
        };
        let below = figure.value - figure.step / Decimal::TWO;
        let above = figure.value + figure.step;
        parts.iter().any(|part| {
            let mut near = self.numbers.range(below / part..above / part);
            near.next().is_some()
        })
    }
}
