//! The scan: which names of a field are worth a look, and which cannot be believed. Data in,
//! verdicts out; nobody is asked and nothing is worded here.
//!
//! `sentinel` doubts one name, `feed` doubts all of them at once, `filter` holds the owner's bounds,
//! `ranking` orders what is left, `sift` accounts for every name that was asked for.

mod feed;
mod figures;
mod filter;
mod ranking;
mod sentinel;
mod sift;
mod universe;

pub use feed::{FeedSentinel, Withheld, volume_is_constant};
pub use figures::Figures;
pub use filter::{Direction, Filter, ScanLimits};
pub use ranking::{Weights, best_first};
pub use sentinel::{Doubt, ScanMoment, Sentinel, Sighting};
pub use sift::{Field, Sifted, sift};
pub use universe::{ListError, Membership, Universe};
