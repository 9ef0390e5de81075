//! Flatten: leave everything, and say what is left.

use catalyst_domain::order::{ExitCause, Leg};
use catalyst_domain::symbol::Symbol;
use catalyst_ports::tool::CloseReport;

use super::close::close_each;
use crate::CycleError;
use crate::running::Running;

/// Cancels working entries, then closes every position of the account, side by side.
pub(crate) async fn flatten(
    run: &mut Running<'_>,
    cause: ExitCause,
    reason: &str,
) -> Result<Vec<CloseReport>, CycleError> {
    for ticket in run.ports.gateway.working().await? {
        if ticket.id.leg() == Leg::Entry {
            run.ports.gateway.cancel(ticket.id).await?;
        }
    }
    let account = run.ports.account.snapshot().await?;
    let symbols: Vec<Symbol> = account
        .positions
        .iter()
        .map(|position| position.symbol)
        .collect();
    close_each(run, &symbols, cause, reason).await
}
