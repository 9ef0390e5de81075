//! Flatten: leave everything, and say what is left.

use std::collections::BTreeSet;

use catalyst_domain::order::{ExitCause, Leg, OrderTicket};
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::journal::DayJournal;
use catalyst_ports::tool::CloseReport;
use tracing::error;

use super::close::close_each;
use crate::CycleError;
use crate::running::Running;
use crate::settle::settle;

/// Cancels working entries, and whatever works for nothing that is held; then closes every position of the
/// account, side by side. An order that cannot be cancelled does not hold the others up.
///
/// The list of positions may lag behind a fill, so stops and targets stay where something may just have
/// been bought: by the journal, or by what the cancelled entry says of itself.
pub(crate) async fn flatten(
    run: &mut Running<'_>,
    cause: ExitCause,
    reason: &str,
) -> Result<Vec<CloseReport>, CycleError> {
    let bought = cancel_where(run, |ticket| ticket.id.leg() == Leg::Entry).await?;
    settle(run).await?;
    let today = run.rules.calendar.date_of(run.now());
    let day = run.ports.journal.day(today).await?;
    let account = run.ports.account.snapshot().await?;
    let held: BTreeSet<Symbol> = account
        .positions
        .iter()
        .map(|position| position.symbol)
        .collect();
    cancel_where(run, |ticket| {
        let is_guard = matches!(ticket.id.leg(), Leg::Stop | Leg::Target);
        let may_be_held = bought.contains(&ticket.symbol) || may_be_held(&day, ticket.symbol);
        !(held.contains(&ticket.symbol) || is_guard && may_be_held)
    })
    .await?;
    let symbols: Vec<Symbol> = held.into_iter().collect();
    close_each(run, &symbols, cause, reason).await
}

/// True where the journal holds something of `symbol`, or has a purchase of today and no sale after which
/// the account could show nothing.
fn may_be_held(day: &DayJournal, symbol: Symbol) -> bool {
    let has = |side: Side| {
        let mut fills = day.fills.iter();
        fills.any(|fill| fill.symbol == symbol && fill.side == side)
    };
    !day.holdings.shares(symbol).is_zero() || (has(Side::Buy) && !has(Side::Sell))
}

/// Cancels what is meant; returns the symbols of which something was filled before, or may have been.
async fn cancel_where(
    run: &Running<'_>,
    is_meant: impl Fn(&OrderTicket) -> bool,
) -> Result<BTreeSet<Symbol>, CycleError> {
    let mut filled = BTreeSet::new();
    for ticket in run.ports.gateway.working().await? {
        if !is_meant(&ticket) {
            continue;
        }
        let left = match run.ports.gateway.cancel(ticket.id).await {
            Ok(left) => left,
            Err(failure) => {
                error!(cycle.id = %run.id, order.id = %ticket.id, error = %failure, "not cancelled");
                None
            }
        };
        if left.is_none_or(|left| !left.filled.is_zero()) {
            filled.insert(ticket.symbol);
        }
    }
    Ok(filled)
}
