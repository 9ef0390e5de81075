//! Entry case: one entry before the gate, with what several rules need to know of it.

use crate::order::EntryIntent;
use crate::risk::rules::{entry_costs, worst_entry};
use crate::risk::{EntryCosts, RiskLimits, RiskView};
use crate::tick::LimitPrice;

/// What an entry rule is given. Worked out once, because fees and ticks cost more than the rules.
#[derive(Clone, Copy)]
pub(super) struct EntryCase<'a> {
    pub(super) intent: &'a EntryIntent,
    pub(super) view: &'a RiskView<'a>,
    pub(super) limits: &'a RiskLimits,
    /// The worst price the entry may pay; `None` when it is off the grid or nothing is known.
    pub(super) worst: Option<LimitPrice>,
    /// The costs at that price; `None` while lot or fees are not known.
    pub(super) costs: Option<EntryCosts>,
}

impl<'a> EntryCase<'a> {
    pub(super) fn new(
        intent: &'a EntryIntent,
        view: &'a RiskView<'a>,
        limits: &'a RiskLimits,
    ) -> Self {
        let worst = worst_entry(intent, view);
        Self {
            intent,
            view,
            limits,
            worst,
            costs: entry_costs(intent, view, worst),
        }
    }
}
