//! Positions of the journal against those of the broker, share by share.

use std::collections::BTreeSet;

use super::Finding;
use crate::account::Holdings;
use crate::quantity::Shares;
use crate::symbol::Symbol;

/// Compares positions; the result is ordered by symbol.
///
/// ```
/// use catalyst_domain::{account::Holdings, reconcile::compare_positions};
/// use catalyst_domain::{money::Currency, quantity::Shares};
/// let journal = Holdings::none(Currency::Hkd);
/// let broker = [("700".parse()?, Shares::new(300)?)];
/// let findings = compare_positions(&journal, &broker);
/// assert_eq!(findings.len(), 1);
/// assert_eq!(findings[0].to_string(), "orphan_position: broker holds 300 00700, journal none");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare_positions(journal: &Holdings, broker: &[(Symbol, Shares)]) -> Vec<Finding> {
    let symbols: BTreeSet<Symbol> = journal
        .positions()
        .map(|position| position.symbol)
        .chain(broker.iter().map(|(symbol, _)| *symbol))
        .collect();
    symbols
        .into_iter()
        .filter_map(|symbol| difference(symbol, journal.shares(symbol), at_broker(symbol, broker)))
        .collect()
}

/// Shares of `symbol` in all rows of it.
pub(super) fn at_broker(symbol: Symbol, positions: &[(Symbol, Shares)]) -> Shares {
    positions
        .iter()
        .filter(|(held, _)| *held == symbol)
        .fold(Shares::ZERO, |sum, (_, shares)| sum.plus(*shares))
}

fn difference(symbol: Symbol, journal: Shares, broker: Shares) -> Option<Finding> {
    if journal == broker {
        None
    } else if broker.is_zero() {
        Some(Finding::Phantom { symbol, journal })
    } else if journal.is_zero() {
        Some(Finding::Orphan { symbol, broker })
    } else {
        Some(Finding::QuantityMismatch {
            symbol,
            journal,
            broker,
        })
    }
}
