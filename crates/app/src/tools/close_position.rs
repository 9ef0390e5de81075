//! `close_position`: leaves one position; refused only where the exchange takes no exit.

use catalyst_domain::order::ExitCause;
use catalyst_ports::tool::{ClosePositionInput, ToolProblem, ToolReply};

use super::kept;
use crate::CycleError;
use crate::orders::{close, door_shut};
use crate::running::Running;

pub(super) async fn run(
    run: &mut Running<'_>,
    input: &ClosePositionInput,
) -> Result<ToolReply, CycleError> {
    if let Some(refusal) = door_shut(run)? {
        run.count_refusal(refusal.breaches());
        let breaches = refusal.breaches().copied().collect();
        return Ok(ToolReply::Problem(ToolProblem::Refused { breaches }));
    }
    let account = run.ports.account.snapshot().await?;
    if !account
        .positions
        .iter()
        .any(|position| position.symbol == input.symbol)
    {
        let what = format!(
            "no position in {}; get_portfolio lists what is held",
            input.symbol
        );
        return Ok(ToolReply::Problem(ToolProblem::NotAvailable { what }));
    }
    let reason = kept(&input.reason);
    let report = close(run, input.symbol, ExitCause::Advisor, &reason).await?;
    Ok(ToolReply::Close(report))
}
