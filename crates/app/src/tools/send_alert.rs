//! `send_alert`: a bounded, cleaned message to the owner's own address.

use catalyst_ports::tool::{AlertReceipt, SendAlertInput, ToolName, ToolProblem, ToolReply};

use crate::CycleError;
use crate::running::Running;

const SUBJECT_MAX: usize = 120;
const MESSAGE_MAX: usize = 2_000;

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
    let subject = cleaned(&input.subject, SUBJECT_MAX);
    let message = cleaned(&input.message, MESSAGE_MAX);
    let delivered = run.tell(input.severity, &subject, &message).await;
    Ok(ToolReply::Alert(AlertReceipt {
        recorded: true,
        delivered,
    }))
}

/// Cuts to a length, drops control characters, and takes links out: a message informs, it does not
/// send anybody anywhere.
fn cleaned(text: &str, most: usize) -> String {
    let words = text.split_whitespace().map(|word| {
        let lower = word.to_ascii_lowercase();
        if lower.contains("://") || lower.starts_with("www.") {
            "[link removed]"
        } else {
            word
        }
    });
    let joined = words.collect::<Vec<_>>().join(" ");
    joined
        .chars()
        .filter(|c| !c.is_control())
        .take(most)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_control_characters_do_not_reach_the_owner() {
        let text = "stop\u{7} hit, see https://evil.example/x and www.evil.example";

        assert_eq!(
            cleaned(text, 200),
            "stop hit, see [link removed] and [link removed]"
        );
        assert_eq!(cleaned("abcdef", 3), "abc");
    }
}
