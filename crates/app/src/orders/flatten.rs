//! Flatten: leave everything, and say what is left.

use catalyst_domain::order::ExitCause;
use catalyst_ports::tool::CloseReport;

use super::close::close;
use crate::CycleError;
use crate::running::Running;

/// Closes every position of the account, each as `close` does.
pub(crate) async fn flatten(
    run: &mut Running<'_>,
    cause: ExitCause,
    reason: &str,
) -> Result<Vec<CloseReport>, CycleError> {
    let account = run.ports.account.snapshot().await?;
    let mut reports = Vec::with_capacity(account.positions.len());
    for position in account.positions {
        reports.push(close(run, position.symbol, cause, reason).await?);
    }
    Ok(reports)
}
