//! Foreign orders: what others have at work in the account, which the agent neither made nor touches.

use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::ForeignOrder;

use super::book::Book;

/// Those of `book` that may still fill, in stocks of this exchange; other things of the owner's do not
/// concern the agent.
pub(crate) fn foreign_of(book: &Book) -> Vec<ForeignOrder> {
    let others = book.others().filter_map(|known| {
        let ordered = known.shares.unwrap_or(Shares::ZERO);
        Some(ForeignOrder {
            number: known.perm_id,
            symbol: known.symbol?,
            side: known.side?,
            shares: ordered.minus(known.filled).unwrap_or(Shares::ZERO),
        })
    });
    let mut others: Vec<ForeignOrder> = others.collect();
    others.sort_by_key(|order| (order.symbol, order.number));
    others
}
