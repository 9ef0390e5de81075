//! Foreign orders: what others have at work in the account, which the agent neither made nor touches.

use catalyst_domain::quantity::Shares;
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;

use super::book::Book;

/// An order of the account without a name of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignOrder {
    /// What it trades, where that is a stock of this exchange.
    pub symbol: Option<Symbol>,
    /// Which way.
    pub side: Side,
    /// Shares that may still fill.
    pub remaining: Shares,
    /// The broker's words for it: name, ids and client.
    pub text: String,
}

/// Those of `book` that may still fill.
pub(crate) fn foreign_of(book: &Book) -> Vec<ForeignOrder> {
    let others = book.others().filter_map(|known| {
        let ordered = known.shares.unwrap_or(Shares::ZERO);
        Some(ForeignOrder {
            symbol: known.symbol,
            side: known.side?,
            remaining: ordered.minus(known.filled).unwrap_or(Shares::ZERO),
            text: format!(
                "{} order {} of client {}, permanent id {}",
                known.name.escape_debug(),
                known.order_id,
                known.client_id,
                known.perm_id
            ),
        })
    });
    others.collect()
}
