//! Faults to order: what the broker does wrong with the next submissions.

use std::collections::VecDeque;

/// One thing that goes wrong with one submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The line drops before the order arrives; nobody knows.
    UnknownBeforeAcceptance,
    /// The order arrives, its acknowledgement does not.
    UnknownAfterAcceptance,
    /// The order is taken, its stop is not; a family that begins with its stop is rejected whole.
    StopRefused,
}

/// Faults waiting for their submission, first come first served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    waiting: VecDeque<Option<Fault>>,
}

impl Faults {
    /// Every submission goes well.
    pub const fn none() -> Self {
        Self {
            waiting: VecDeque::new(),
        }
    }

    /// One entry for each coming submission; `None` lets one through.
    pub fn script(faults: impl IntoIterator<Item = Option<Fault>>) -> Self {
        Self {
            waiting: faults.into_iter().collect(),
        }
    }

    /// What befalls the next submission.
    pub fn next_submission(&mut self) -> Option<Fault> {
        self.waiting.pop_front().flatten()
    }
}
