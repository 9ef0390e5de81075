//! What every advisor promises. `advisor_contract!` makes a test of each promise.

use std::collections::BTreeSet;

use catalyst_ports::advisor::{Advisor, Brief, Consultation, ToolAnswer, Turn};
use catalyst_ports::tool::{ToolProblem, ToolReply};

/// A conversation in which every call fails ends by itself within the turns of the brief.
pub async fn a_conversation_of_failures_ends(advisor: &dyn Advisor, brief: Brief) {
    let turns_max = brief.turns_max;
    let mut talk = advisor.consult(brief).await.unwrap();

    let (turns, _) = talk_to_the_end(talk.as_mut(), turns_max).await;

    assert!(turns < turns_max, "{turns} turns");
}

/// Each call of a conversation has a name of its own, so that answers find their calls.
pub async fn no_two_calls_share_a_name(advisor: &dyn Advisor, brief: Brief) {
    let turns_max = brief.turns_max;
    let mut talk = advisor.consult(brief).await.unwrap();

    let (_, ids) = talk_to_the_end(talk.as_mut(), turns_max).await;

    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
}

async fn talk_to_the_end(talk: &mut dyn Consultation, turns_max: u32) -> (u32, Vec<String>) {
    let mut answers = Vec::new();
    let mut ids = Vec::new();
    for turn in 0..turns_max {
        match talk.next(answers).await.unwrap() {
            Turn::Finish(_) => return (turn, ids),
            Turn::UseTools(calls) => {
                ids.extend(calls.iter().map(|call| call.id.clone()));
                let reply = || ToolReply::Problem(ToolProblem::Skipped);
                let failed = calls.into_iter().map(|call| ToolAnswer {
                    id: call.id,
                    reply: reply(),
                });
                answers = failed.collect();
            }
        }
    }
    (turns_max, ids)
}

/// Makes a test of each promise of [`catalyst_ports::advisor::Advisor`].
///
/// `$fresh` is a path to a function that returns the advisor and a brief for it.
#[macro_export]
macro_rules! advisor_contract {
    ($fresh:path) => {
        $crate::advisor_contract! { @each $fresh:
            a_conversation_of_failures_ends
            no_two_calls_share_a_name
        }
    };
    (@each $fresh:path: $($promise:ident)+) => {$(
        #[tokio::test]
        async fn $promise() {
            let (advisor, brief) = $fresh();
            $crate::contract::advisor::$promise(&advisor, brief).await;
        }
    )+};
}
