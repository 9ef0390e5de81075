//! Bounds: how many orders one run may send, whatever it believes.

use std::sync::atomic::{AtomicU32, Ordering};

use catalyst_domain::order::OrderPlan;

use crate::failure::IbkrError;

/// What one run has sent.
#[derive(Debug)]
pub(crate) struct Sent {
    orders: Bound,
    repairs: Bound,
}

#[derive(Debug)]
struct Bound {
    what: &'static str,
    max: u32,
    sent: AtomicU32,
}

impl Sent {
    pub(crate) const fn new(orders_max: u32, repairs_max: u32) -> Self {
        Self {
            orders: Bound::of("orders", orders_max),
            repairs: Bound::of("protections", repairs_max),
        }
    }

    /// Counts one more, or refuses it.
    pub(crate) fn count(&self, plan: &OrderPlan) -> Result<(), IbkrError> {
        match plan {
            OrderPlan::Bracket(_) | OrderPlan::Exit(_) => self.orders.count(),
            OrderPlan::Protect(_) => self.repairs.count(),
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
