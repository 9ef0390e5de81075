//! Brief: what the advisor is told before its first turn.

use catalyst_domain::budget::BySpan;
use catalyst_domain::news::cleaned;
use catalyst_ports::advisor::Brief;
use catalyst_ports::journal::{DecisionNote, Family, IntentRecord};

use crate::observe::Picture;
use crate::running::Running;
use crate::tools::portfolio_view;

/// Characters of the words of an earlier cycle. Whoever wrote them may have quoted a headline, so they
/// are text from outside.
const WORDS_MAX: usize = 400;

/// The picture in the advisor's words.
pub(super) fn brief(run: &Running<'_>, picture: &Picture, budget_left: BySpan) -> Brief {
    Brief {
        cycle: run.id,
        moment: picture.moment,
        state: picture.state(run.policy),
        portfolio: portfolio_view(run, picture),
        limits: run.policy.gate.limits().clone(),
        earlier: picture.day.decisions.iter().map(quoted).collect(),
        families: picture.day.families.iter().map(retold).collect(),
        findings: picture.day.findings.clone(),
        turns_max: run.policy.turns_max,
        calls_max: run.policy.calls_max,
        budget_left,
        deadline: run.deadline,
    }
}

fn quoted(note: &DecisionNote) -> DecisionNote {
    DecisionNote {
        reasoning: cleaned(&note.reasoning, WORDS_MAX),
        ..note.clone()
    }
}

fn retold(family: &Family) -> Family {
    Family {
        intent: IntentRecord {
            reason: cleaned(&family.intent.reason, WORDS_MAX),
            ..family.intent.clone()
        },
        ..family.clone()
    }
}
