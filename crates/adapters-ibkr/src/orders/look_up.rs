//! Look-up: where one order is. Only three whole answers together can say that it never was.

use catalyst_domain::order::{ClientOrderId, OrderTicket};

use crate::failure::IbkrError;
use crate::session::{Desk, Line};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    Ticket(OrderTicket),
    /// In none of the three answers.
    Nowhere,
}

/// Asks for open orders, then for completed ones, then for executions, until one of them knows `id`.
/// What this very connection has told of the end of an order needs no second answer.
pub(crate) async fn look_up(
    line: &Line,
    desk: &mut Desk,
    id: ClientOrderId,
) -> Result<Found, IbkrError> {
    open(line, desk).await?;
    if let Some(ticket) = told(desk, id)? {
        return Ok(Found::Ticket(ticket));
    }
    let rows = line.completed_orders().await?;
    desk.book.answer_completed(&rows);
    if let Some(ticket) = told(desk, id)? {
        return Ok(Found::Ticket(ticket));
    }
    let rows = line.executions(0).await?;
    desk.book.answer_executions(&rows);
    let by_deals = desk.book.ticket_by_deals(id);
    Ok(by_deals.map_or(Found::Nowhere, Found::Ticket))
}

/// The ticket, if there is one; an order that was told of and does not read is an error and not none.
fn told(desk: &Desk, id: ClientOrderId) -> Result<Option<OrderTicket>, IbkrError> {
    if desk.book.is_unreadable(id) {
        return Err(IbkrError::Garbled {
            what: "an order",
            text: format!("what is told of {id} does not read"),
        });
    }
    Ok(desk.book.ticket(id))
}

/// Brings the book up to date with a whole answer about open orders.
pub(crate) async fn open(line: &Line, desk: &mut Desk) -> Result<(), IbkrError> {
    desk.catch_up(line).await?;
    let rows = line.open_orders().await?;
    desk.book.answer_open(&rows);
    desk.catch_up(line).await
}
