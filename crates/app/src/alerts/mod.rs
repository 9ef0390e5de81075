//! Telling the owner: what goes out at once, what waits in the journal and is sent when the work of a
//! run is done, and what becomes of an alert while there is no journal.

mod day_closed;
mod deliver;
mod outside;
mod plan;
mod words;

use std::fmt;
use std::sync::Arc;

use catalyst_ports::journal::AlertQueue;
use catalyst_ports::notifier::Outbox;
use chrono::TimeDelta;

pub use day_closed::tell_day_closed;
pub(crate) use deliver::deliver;
pub use outside::{OutsideDesk, raise_outside};
pub(crate) use plan::may_go_now;
pub(crate) use words::{MESSAGE_MAX, SUBJECT_MAX, cleaned};

/// Where alerts wait.
#[derive(Clone)]
pub struct AlertDesk {
    /// Those in the journal.
    pub queue: Arc<dyn AlertQueue>,
    /// Those that the journal could not take.
    pub outbox: Arc<dyn Outbox>,
}

impl fmt::Debug for AlertDesk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AlertDesk").finish_non_exhaustive()
    }
}

/// How often the owner is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertRules {
    /// The same words are sent once in this span; those in between are counted.
    pub repeat: TimeDelta,
    /// Messages in an hour at most; critical ones have a wider bound.
    pub per_hour: u32,
}
