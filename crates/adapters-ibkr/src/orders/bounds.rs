//! Bounds: how many orders one run may send, whatever it believes.

use std::sync::atomic::{AtomicU32, Ordering};

use catalyst_domain::order::OrderPlan;

use crate::failure::IbkrError;

/// Exits and protections to one entry: enough for every one that a run may need, and still a bound for
/// a run that goes in circles.
const EXITS_PER_ENTRY: u32 = 10;

/// What one run has sent.
#[derive(Debug)]
pub(crate) struct Sent {
    entries: Bound,
    exits: Bound,
}

#[derive(Debug)]
struct Bound {
    what: &'static str,
    max: u32,
    sent: AtomicU32,
}

impl Sent {
    /// Bounds of `orders_max` entries, and ten times as many exits and protections or `repairs_max`,
    /// whichever is more.
    pub(crate) fn new(orders_max: u32, repairs_max: u32) -> Self {
        let exits_max = orders_max.saturating_mul(EXITS_PER_ENTRY).max(repairs_max);
        Self {
            entries: Bound::of("entries", orders_max),
            exits: Bound::of("exits and protections", exits_max),
        }
    }

    /// Counts one more, or refuses it. What reduces a position is never refused for entries sent before.
    pub(crate) fn count(&self, plan: &OrderPlan) -> Result<(), IbkrError> {
        match plan {
            OrderPlan::Bracket(_) => self.entries.count(),
            OrderPlan::Exit(_) | OrderPlan::Protect(_) => self.exits.count(),
        }
    }
}

impl Bound {
    const fn of(what: &'static str, max: u32) -> Self {
        Self {
            what,
            max,
            sent: AtomicU32::new(0),
        }
    }

    fn count(&self) -> Result<(), IbkrError> {
        if self.sent.fetch_add(1, Ordering::Relaxed) < self.max {
            return Ok(());
        }
        Err(IbkrError::Bound {
            what: self.what,
            max: self.max,
        })
    }
}
