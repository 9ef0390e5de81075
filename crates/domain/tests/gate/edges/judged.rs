//! What the gate says of an entry, one line a breach.

use catalyst_domain::order::EntryIntent;
use catalyst_domain::risk::{Assessment, Breach, EntryCriteria, RawLimits, RiskView};
use catalyst_testkit::builders::{EntryBuilder, ViewBuilder, an_entry};

use crate::case::gate;

/// The owner's limits with the entry criteria reported.
pub(super) fn owners() -> RawLimits {
    RawLimits {
        entry_criteria: EntryCriteria::Report,
        ..RawLimits::owner()
    }
}

pub(super) fn assessed(intent: &EntryIntent, view: &RiskView<'_>, raw: RawLimits) -> Assessment {
    gate(raw).assess(intent, view)
}

/// The usual entry in `view`.
pub(super) fn usual_in(view: &ViewBuilder) -> Vec<String> {
    breaches(an_entry(), view)
}

/// An entry in `view`.
pub(super) fn breaches(entry: EntryBuilder, view: &ViewBuilder) -> Vec<String> {
    breaches_under(owners(), entry, view)
}

pub(super) fn breaches_under(
    raw: RawLimits,
    entry: EntryBuilder,
    view: &ViewBuilder,
) -> Vec<String> {
    lines(&assessed(&entry.sized(), &view.view(), raw).breaches)
}

/// The usual entry in a view of which a test has taken something away.
pub(super) fn usual_seen(view: &RiskView<'_>) -> Vec<String> {
    lines(&assessed(&an_entry().sized(), view, owners()).breaches)
}

pub(super) fn lines(breaches: &[Breach]) -> Vec<String> {
    breaches.iter().map(ToString::to_string).collect()
}

/// Nothing is broken.
pub(super) const NONE: [&str; 0] = [];
