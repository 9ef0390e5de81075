//! Brief: what the advisor is told before its first turn.

use catalyst_domain::budget::BySpan;
use catalyst_ports::advisor::Brief;

use crate::observe::Picture;
use crate::running::Running;
use crate::tools::portfolio_view;

/// The picture in the advisor's words.
pub(super) fn brief(run: &Running<'_>, picture: &Picture, budget_left: BySpan) -> Brief {
    Brief {
        cycle: run.id,
        moment: picture.moment,
        state: picture.state(run.policy),
        portfolio: portfolio_view(run, picture),
        limits: run.policy.gate.limits().clone(),
        earlier: picture.day.decisions.clone(),
        families: picture.day.families.clone(),
        findings: picture.day.findings.clone(),
        turns_max: run.policy.turns_max,
        calls_max: run.policy.calls_max,
        budget_left,
        deadline: run.deadline,
    }
}
