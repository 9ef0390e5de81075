//! The two sides that are compared, each as it stands at one moment.

use chrono::{DateTime, Utc};

use crate::account::Holdings;
use crate::money::Money;
use crate::order::{ClientOrderId, OrderTicket};
use crate::quantity::Shares;
use crate::side::Side;
use crate::symbol::Symbol;

/// What the journal derives.
///
/// Shown at [`reconcile`](super::reconcile()).
#[derive(Debug, Clone, Copy)]
pub struct JournalView<'a> {
    /// Positions, from fills.
    pub holdings: &'a Holdings,
    /// Every order family that may still have an order at the broker, by the name of any of its legs.
    pub families: &'a [ClientOrderId],
    /// The cash that should be there; `None` where nothing says, and then cash is not compared.
    pub cash: Option<Money>,
}

/// An order at the account that may still fill and is not the agent's: the owner's own, placed by hand
/// or by another program.
///
/// Shown at [`reconcile`](super::reconcile()).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ForeignOrder {
    /// The broker's own number for it, which outlives every connection.
    pub number: i64,
    /// What it trades.
    pub symbol: Symbol,
    /// Which way.
    pub side: Side,
    /// Shares that may still fill.
    pub shares: Shares,
}

/// What the broker says, read completely.
///
/// Shown at [`reconcile`](super::reconcile()).
#[derive(Debug, Clone, Copy)]
pub struct BrokerView<'a> {
    /// Shares held; several rows of one symbol are added up.
    pub positions: &'a [(Symbol, Shares)],
    /// Shares owed, in symbols of which fewer than none are held.
    pub short: &'a [(Symbol, Shares)],
    /// Orders that may still fill, under the agent's kind of name.
    pub working: &'a [OrderTicket],
    /// Orders that may still fill and are not the agent's.
    pub foreign: &'a [ForeignOrder],
    /// Cash.
    pub cash: Money,
    /// When the broker was asked.
    pub at: DateTime<Utc>,
}
