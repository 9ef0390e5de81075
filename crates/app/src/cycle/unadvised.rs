//! Unadvised: what is told and kept when there is no advice.

use catalyst_domain::budget::NoRoom;
use catalyst_ports::advisor::AdvisorError;
use catalyst_ports::journal::CycleEnding;
use catalyst_ports::tool::Severity;
use tracing::warn;

use super::converse::Conversation;
use crate::observe::Picture;
use crate::outcome::NoAdvice;
use crate::running::Running;

/// The reason of a cycle that may not spend; the first of a day tells the owner.
const SPENT: &str = "the advisor's budget is spent";

/// No advice for the cause that the advisor gives.
pub(super) async fn unadvised(
    run: &mut Running<'_>,
    picture: &Picture,
    failure: &AdvisorError,
) -> Conversation {
    run.tally.no_advice = Some(NoAdvice::from(failure));
    let severity = match failure {
        AdvisorError::NotAccepted { .. } => Severity::Critical,
        AdvisorError::Overspent if told_today(picture) => return silently(failure),
        AdvisorError::Unavailable { .. }
        | AdvisorError::Overspent
        | AdvisorError::Unusable { .. } => Severity::Warning,
    };
    let words = failure_in_words(failure);
    warn!(error = words, "no advice, protecting only");
    run.tell(severity, "no advice", &words).await;
    Conversation::none(&words)
}

/// No advice because even the first question may break a cap.
pub(super) async fn overspent(
    run: &mut Running<'_>,
    picture: &Picture,
    no_room: &NoRoom,
) -> Conversation {
    run.tally.no_advice = Some(NoAdvice::Passing);
    let words = format!("{SPENT}: {no_room}");
    warn!(error = words, "no advice, protecting only");
    if !told_today(picture) {
        run.tell(Severity::Warning, "no advice", &words).await;
    }
    Conversation::none(&words)
}

fn silently(failure: &AdvisorError) -> Conversation {
    warn!(error = %failure, "no advice, protecting only");
    Conversation::none(&failure.to_string())
}

/// True when a cycle of the day has ended for want of money: its own record says so.
fn told_today(picture: &Picture) -> bool {
    let ours = CycleEnding::Protective.as_str();
    let mut records = picture.day.decisions.iter().map(|note| &note.reasoning);
    records.any(|words| words.starts_with(ours) && words.contains(SPENT))
}

/// The failure and, where there is one, its cause.
fn failure_in_words(failure: &AdvisorError) -> String {
    match failure {
        AdvisorError::Unavailable { source } => format!("{failure}: {source}"),
        AdvisorError::Overspent
        | AdvisorError::NotAccepted { .. }
        | AdvisorError::Unusable { .. } => failure.to_string(),
    }
}
