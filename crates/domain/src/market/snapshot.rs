//! Snapshot: the book of a symbol with the day around it.

use crate::price::Price;

use super::Quote;

/// The book of a symbol with the day around it, as it was delivered: not yet believed.
///
/// Shown at [`Sentinel`](crate::scan::Sentinel).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapshot {
    /// The book now.
    pub quote: Quote,
    /// First price of the day.
    pub open: Option<Price>,
    /// Highest price of the day so far.
    pub high: Option<Price>,
    /// Lowest price of the day so far.
    pub low: Option<Price>,
    /// Close of the trading day before.
    pub previous_close: Option<Price>,
}
