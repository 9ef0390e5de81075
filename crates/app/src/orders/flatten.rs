//! Flatten: leave everything, and say what is left.

use std::collections::BTreeSet;

use catalyst_domain::order::{ExitCause, Leg};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::CloseReport;
use tracing::error;

use super::close::close_each;
use crate::CycleError;
use crate::running::Running;

/// Cancels working entries, and whatever works for nothing that is held; then closes every position of the
/// account, side by side. An order that cannot be cancelled does not hold the others up.
pub(crate) async fn flatten(
    run: &mut Running<'_>,
    cause: ExitCause,
    reason: &str,
) -> Result<Vec<CloseReport>, CycleError> {
    cancel_where(run, |leg, _symbol| leg == Leg::Entry).await?;
    let account = run.ports.account.snapshot().await?;
    let held: BTreeSet<Symbol> = account
        .positions
        .iter()
        .map(|position| position.symbol)
        .collect();
    cancel_where(run, |_leg, symbol| !held.contains(&symbol)).await?;
    let symbols: Vec<Symbol> = held.into_iter().collect();
    close_each(run, &symbols, cause, reason).await
}

async fn cancel_where(
    run: &Running<'_>,
    is_meant: impl Fn(Leg, Symbol) -> bool,
) -> Result<(), CycleError> {
    for ticket in run.ports.gateway.working().await? {
        if !is_meant(ticket.id.leg(), ticket.symbol) {
            continue;
        }
        if let Err(failure) = run.ports.gateway.cancel(ticket.id).await {
            error!(cycle.id = %run.id, order.id = %ticket.id, error = %failure, "not cancelled");
        }
    }
    Ok(())
}
