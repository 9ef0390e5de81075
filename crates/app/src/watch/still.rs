//! Inputs that move in every market and did not: everywhere, or of single symbols.

use std::collections::{BTreeMap, BTreeSet};

use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::{DayPulse, Spread};

use super::{WatchAlarm, WatchPolicy};

/// A value that is seen less often says nothing when it stays the same.
const ENOUGH: u64 = 20;

/// What was seen of one input of one symbol, one entry a day.
type Seen<'a> = BTreeMap<Symbol, Vec<&'a Spread>>;

/// An alarm for each input that had one value all the time whatever the symbol, and for each that had one of
/// single symbols on every one of the last days. A symbol of which nothing moved is not traded, and no
/// input is at fault.
pub(super) fn constant(before: &[&DayPulse], policy: WatchPolicy) -> Vec<WatchAlarm> {
    let sessions = policy.idle_sessions;
    let days: Vec<_> = before.iter().rev().take(sessions).copied().collect();
    let inputs = by_input(&days);
    let moving: BTreeSet<Symbol> = inputs
        .values()
        .flatten()
        .filter(|(_, spreads)| !is_still(spreads))
        .map(|(symbol, _)| *symbol)
        .collect();
    let of_one = |(input, seen): (&&'static str, &Seen<'_>)| {
        let everywhere: Vec<&Spread> = seen.values().flatten().copied().collect();
        let first = everywhere.first()?;
        if is_enough(&everywhere) {
            return Some(WatchAlarm::Constant {
                input,
                value: first.first.clone(),
                seen: count(&everywhere),
            });
        }
        let symbols: Vec<Symbol> = seen
            .iter()
            .filter(|(symbol, spreads)| {
                spreads.len() == sessions && is_enough(spreads) && moving.contains(symbol)
            })
            .map(|(symbol, _)| *symbol)
            .collect();
        (!symbols.is_empty()).then_some(WatchAlarm::ConstantOf {
            input,
            symbols,
            sessions,
        })
    };
    inputs.iter().filter_map(of_one).collect()
}

fn by_input<'a>(days: &[&'a DayPulse]) -> BTreeMap<&'static str, Seen<'a>> {
    let mut inputs: BTreeMap<&'static str, Seen<'a>> = BTreeMap::new();
    for ((input, symbol), spread) in days.iter().flat_map(|day| &day.inputs) {
        let seen = inputs.entry(input).or_default();
        seen.entry(*symbol).or_default().push(spread);
    }
    inputs
}

fn is_enough(spreads: &[&Spread]) -> bool {
    is_still(spreads) && count(spreads) >= ENOUGH
}

fn is_still(spreads: &[&Spread]) -> bool {
    let first = spreads.first();
    spreads
        .iter()
        .all(|spread| !spread.varies && first.is_some_and(|first| spread.first == first.first))
}

fn count(spreads: &[&Spread]) -> u64 {
    spreads.iter().map(|spread| spread.seen).sum()
}
