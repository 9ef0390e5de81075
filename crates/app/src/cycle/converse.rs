//! Converse: the bounded talk. Turns, calls, time and money each have a bound, and so has talk that
//! leads nowhere; what the bound was is the last word of the record.

use std::sync::Arc;

use catalyst_domain::budget::NoRoom;
use catalyst_ports::advisor::{Advisor, AdvisorError, Consultation, ToolAnswer, Turn};
use catalyst_ports::journal::{CycleEnding, JournalEntry};
use catalyst_ports::tool::Severity;
use futures_util::future::{Either, select};
use tracing::{info, warn};

use super::brief::brief;
use super::calls::run_calls;
use super::loops::Loops;
use super::purse::Purse;
use super::unadvised::{overspent, unadvised};
use crate::CycleError;
use crate::grounds::see_brief;
use crate::observe::Picture;
use crate::outcome::{NoAdvice, STOPPED};
use crate::running::Running;

/// How the talk went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conversation {
    pub(super) ending: CycleEnding,
    pub(super) summary: String,
}

impl Conversation {
    /// No talk at all: a protective cycle.
    pub(super) fn none(reason: &str) -> Self {
        Self {
            ending: CycleEnding::Protective,
            summary: reason.to_owned(),
        }
    }

    /// Something at the broker is not known.
    pub(super) fn unknown() -> Self {
        let summary = "the fate of an order is not known".to_owned();
        Self {
            ending: CycleEnding::Unknown,
            summary,
        }
    }

    fn done(summary: String) -> Self {
        Self {
            ending: CycleEnding::Done,
            summary,
        }
    }

    fn bounded(summary: String) -> Self {
        Self {
            ending: CycleEnding::Bounded,
            summary,
        }
    }

    /// Ended by the operating system, with nothing more begun.
    pub(super) fn stopped() -> Self {
        Self {
            ending: CycleEnding::Stopped,
            summary: STOPPED.to_owned(),
        }
    }

    /// Ended by the owner, with nothing more begun.
    fn broken_off(reason: &str) -> Self {
        Self::bounded(reason.to_owned())
    }

    fn out_of(what: &str) -> Self {
        Self::bounded(format!("the conversation ran out of {what}"))
    }
}

/// Talks until the advisor is done, a bound is reached, or somebody outside wants the end: the operating
/// system, or the owner who has everything left.
pub(super) async fn converse(
    run: &mut Running<'_>,
    picture: &Picture,
) -> Result<Conversation, CycleError> {
    let Some(advisor) = run.ports.advisor.as_ref().map(Arc::clone) else {
        return Ok(Conversation::none("there is no advisor"));
    };
    let budget = run.policy.budget;
    let journal = run.ports.journal.as_ref();
    let mut purse = match Purse::open(journal, budget, picture.moment.date, advisor.name()).await {
        Ok(purse) => purse,
        Err(failure) => {
            warn!(cycle.id = %run.id, cause = %failure.source, "spending is not known");
            let words = "the advisor is not asked: what advice has cost is not known";
            run.tally.no_advice = Some(NoAdvice::Passing);
            run.tell(Severity::Warning, "no advice", words).await;
            return Ok(Conversation::none(words));
        }
    };
    let mut consultation = match begin(run, advisor.as_ref(), picture, &mut purse).await {
        Ok(consultation) => consultation,
        Err(failure) => return Ok(unadvised(run, picture, &failure).await),
    };
    let mut loops = Loops::new(run.policy.calls_max);
    let mut answers = Vec::new();
    for turn in 0..run.policy.turns_max {
        match may_ask(consultation.as_ref(), &answers, &purse) {
            Ok(Ok(())) => {}
            Ok(Err(no_room)) if turn == 0 => return Ok(overspent(run, picture, &no_room).await),
            Ok(Err(no_room)) => return Ok(Conversation::bounded(broke(&no_room))),
            Err(failure) => return Ok(unadvised(run, picture, &failure).await),
        }
        let asked = next_turn(run, consultation.as_mut(), answers).await;
        let paid = pay(run, consultation.as_mut(), &mut purse);
        let Some(asked) = asked else {
            return Ok(Conversation::stopped());
        };
        match asked {
            Ok(Turn::Finish(conclusion)) => return Ok(Conversation::done(conclusion.text)),
            Ok(Turn::UseTools(calls)) => {
                if let Some(id) = loops.shared_id(&calls) {
                    let why = format!("two calls are named `{id}`, none of them was run");
                    let failure = AdvisorError::Unusable { why };
                    return Ok(unadvised(run, picture, &failure).await);
                }
                let (given, ending) = run_calls(run, &mut loops, &calls).await?;
                if let Some(why) = ending {
                    return Ok(Conversation::bounded(why));
                }
                answers = given;
            }
            Err(failure) => return Ok(unadvised(run, picture, &failure).await),
        }
        if let Err(failure) = paid {
            return Ok(unadvised(run, picture, &failure).await);
        }
        if run.stopped() {
            return Ok(Conversation::stopped());
        }
        if run.out_of_time() {
            return Ok(Conversation::out_of("time"));
        }
        if run.request().is_some() {
            return Ok(Conversation::broken_off("the owner has everything left"));
        }
    }
    Ok(Conversation::out_of("turns"))
}

/// The advisor's next turn; `None` when the run is asked to end before it is there.
async fn next_turn(
    run: &Running<'_>,
    consultation: &mut dyn Consultation,
    answers: Vec<ToolAnswer>,
) -> Option<Result<Turn, AdvisorError>> {
    match select(run.ports.stop.given(), consultation.next(answers)).await {
        Either::Left(_) => None,
        Either::Right((turn, _)) => Some(turn),
    }
}

/// Begins to talk. What the advisor is told to be left is what its questions are held to.
async fn begin(
    run: &mut Running<'_>,
    advisor: &dyn Advisor,
    picture: &Picture,
    purse: &mut Purse,
) -> Result<Box<dyn Consultation>, AdvisorError> {
    let left = purse.left().map_err(|error| uncountable(&error))?;
    let mut brief = brief(run, picture, left);
    let counted = purse.count_killed(advisor.reserve(&brief)?);
    counted.map_err(|error| uncountable(&error))?;
    brief.budget_left = purse.left().map_err(|error| uncountable(&error))?;
    see_brief(&mut run.grounds, &brief);
    advisor.consult(brief).await
}

/// Whether the next question fits into every cap. Whoever costs nothing is always asked.
fn may_ask(
    consultation: &dyn Consultation,
    answers: &[ToolAnswer],
    purse: &Purse,
) -> Result<Result<(), NoRoom>, AdvisorError> {
    let reserve = consultation.reserve(answers)?;
    if reserve.amount().is_zero() {
        return Ok(Ok(()));
    }
    Ok(purse.room_for(reserve))
}

/// Notes what was spent, in front of whatever is kept next: an order is never kept before its price.
fn pay(
    run: &mut Running<'_>,
    consultation: &mut dyn Consultation,
    purse: &mut Purse,
) -> Result<(), AdvisorError> {
    let mut paid = Ok(());
    for usage in consultation.spent() {
        let counted = purse.pay(&usage);
        paid = paid.and(counted.map_err(|error| uncountable(&error)));
        run.note(JournalEntry::Usage(usage));
    }
    paid
}

fn broke(no_room: &NoRoom) -> String {
    info!(%no_room, "no further question");
    format!("the conversation ran out of money: {no_room}")
}

fn uncountable(error: &catalyst_domain::money::MoneyError) -> AdvisorError {
    AdvisorError::Unusable {
        why: format!("its costs cannot be added: {error}"),
    }
}
