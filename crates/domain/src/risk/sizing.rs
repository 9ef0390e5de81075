//! Sizing: the largest whole number of lots that keeps every rule that grows with the order.

use crate::order::EntryIntent;
use crate::quantity::{Lots, Shares};
use crate::risk::rules::SIZE_RULES;
use crate::risk::{RiskLimits, RiskView};

/// Searches between one lot and the exchange's maximum; each rule is monotone in size, so bisection
/// finds the edge.
pub(super) fn largest_passing(
    intent: &EntryIntent,
    view: &RiskView<'_>,
    limits: &RiskLimits,
) -> Option<Shares> {
    let lot_size = view.instrument?.lot_size;
    view.account.equity?;
    let passes = |lots: u32| {
        let Ok(shares) = Lots::new(lots).and_then(|lots| lots.shares(lot_size)) else {
            return false;
        };
        let sized = EntryIntent {
            shares,
            idea: intent.idea.clone(),
        };
        SIZE_RULES
            .iter()
            .all(|rule| rule(&sized, view, limits).is_ok())
    };
    if !passes(1) {
        return None;
    }
    let (mut passing, mut failing) = (1, limits.max_order_lots() + 1);
    while failing - passing > 1 {
        let middle = passing + (failing - passing) / 2;
        if passes(middle) {
            passing = middle;
        } else {
            failing = middle;
        }
    }
    Lots::new(passing)
        .and_then(|lots| lots.shares(lot_size))
        .ok()
}
