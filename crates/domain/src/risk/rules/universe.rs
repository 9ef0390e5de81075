//! Whether the symbol is one that a scan may look at. What somebody else's text names is no candidate.
//! Source: the specification's rule that text from outside opens no symbol (`docs/containment.md`).

use crate::risk::case::EntryCase;
use crate::risk::{Breach, Figure, Rule};
use crate::scan::Membership;

/// Kept by members and by what is held already; what nobody can place is refused.
pub(super) fn universe(case: &EntryCase<'_>) -> Result<(), Breach> {
    let symbol = case.intent.idea.symbol;
    let limit = Figure::Word("a name that scan_market may look at, or one that is held");
    let found = match case.view.membership {
        Membership::Member => return Ok(()),
        Membership::Outside | Membership::Unknown if !case.view.held(symbol).is_zero() => {
            return Ok(());
        }
        Membership::Outside => Figure::Symbol(symbol),
        Membership::Unknown => Figure::Missing,
    };
    Err(Breach::new(Rule::Universe, limit, found))
}
