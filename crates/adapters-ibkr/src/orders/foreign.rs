//! Foreign orders: what others have at work in the account, which the agent neither made nor touches.

use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::ForeignOrder;

use super::book::Book;

/// Those of `book` that may still fill and are for stocks of this exchange; the agent counts on no others.
pub(crate) fn foreign_of(book: &Book) -> Vec<ForeignOrder> {
    let others = book.others().filter_map(|known| {
        let ordered = known.shares.unwrap_or(Shares::ZERO);
        let number = match known.perm_id {
            0 => i64::from(known.order_id),
            number => number,
        };
        Some(ForeignOrder {
            number,
            symbol: known.symbol?,
            side: known.side?,
            shares: ordered.minus(known.filled).unwrap_or(Shares::ZERO),
        })
    });
    others.collect()
}
