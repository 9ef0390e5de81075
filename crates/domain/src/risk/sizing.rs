//! Sizing: the largest whole number of lots that keeps every rule that grows with the order.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::order::EntryIntent;
use crate::quantity::{LotSize, Lots, Shares};
use crate::risk::case::EntryCase;
use crate::risk::rules::SIZE_RULES;

/// Searches between one lot and the most that could pass; each rule is monotone in size, so
/// bisection finds the edge.
pub(super) fn largest_passing(case: &EntryCase<'_>) -> Option<Shares> {
    let lot_size = case.view.instrument?.lot_size;
    case.view.account.equity?;
    case.costs?;
    let passes = |lots: u32| {
        sized(case, lots, lot_size).is_some_and(|intent| {
            let case = EntryCase::new(&intent, case.view, case.limits);
            SIZE_RULES.iter().all(|rule| rule(&case).is_ok())
        })
    };
    if !passes(1) {
        return None;
    }
    let (mut passing, mut failing) = (1, most_lots(case, lot_size)?.saturating_add(1));
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

/// No more lots than this pass: the owner's cap, or what the cash buys without any fee.
fn most_lots(case: &EntryCase<'_>, lot_size: LotSize) -> Option<u32> {
    let cap = case.limits.max_order_lots();
    let price = case.worst?.value();
    let one_lot = price * Decimal::from(lot_size.shares());
    let funds = case.view.account.cash?.amount();
    let affordable = (funds / one_lot).floor().to_u32();
    Some(affordable.map_or(cap, |lots| lots.min(cap)).max(1))
}

fn sized(case: &EntryCase<'_>, lots: u32, lot_size: LotSize) -> Option<EntryIntent> {
    let shares = Lots::new(lots)
        .and_then(|lots| lots.shares(lot_size))
        .ok()?;
    Some(EntryIntent {
        shares,
        idea: case.intent.idea.clone(),
    })
}
