//! What the advisor was shown in this run, and what the reason of a trade gives beyond it.
//!
//! Every answer is read field by field; nothing is kept of ids, names and times.

mod looks;
mod shown;
mod trade;

pub(crate) use shown::{see, see_brief};
pub(crate) use trade::{in_words, ungrounded};
