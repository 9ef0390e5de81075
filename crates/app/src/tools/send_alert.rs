//! `send_alert`: a bounded message to the owner's own address.

use catalyst_ports::tool::{AlertReceipt, SendAlertInput, ToolName, ToolProblem, ToolReply};

use crate::CycleError;
use crate::running::Running;

pub(super) async fn run(
    run: &mut Running<'_>,
    input: &SendAlertInput,
) -> Result<ToolReply, CycleError> {
    if run.tally.alerts >= run.policy.alerts_max {
        let limit = run.policy.alerts_max;
        let problem = ToolProblem::TooOften {
            tool: ToolName::SendAlert,
            limit,
        };
        return Ok(ToolReply::Problem(problem));
    }
    run.tally.alerts += 1;
    let delivered = run
        .tell(input.severity, &input.subject, &input.message)
        .await;
    Ok(ToolReply::Alert(AlertReceipt {
        recorded: true,
        delivered,
    }))
}
