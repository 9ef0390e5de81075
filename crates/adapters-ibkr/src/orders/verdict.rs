//! Verdict: whether a family that was sent is taken, refused, or still to be waited for.

use super::book::Book;
use super::family::Member;
use super::known::{Known, Standing};

/// What is known about a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Some leg has not been spoken of.
    Wait,
    /// The first leg is taken, and each other is taken or refused by words.
    Taken,
    /// The first leg is refused by words that leave no doubt.
    Refused(String),
    /// A leg has ended without words that say why: the open orders have to tell.
    Doubtful,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    Waiting,
    Taken,
    Refused(String),
    Doubtful,
}

/// What `book` says about `members`, first leg first.
pub(super) fn verdict_of(book: &Book, members: &[Member]) -> Verdict {
    let answer = |member: &Member| {
        book.find(member.planned.id)
            .map_or(Answer::Waiting, answer_of)
    };
    let answers: Vec<Answer> = members.iter().map(answer).collect();
    if let Some(Answer::Refused(reason)) = answers.first() {
        return Verdict::Refused(reason.clone());
    }
    if answers.contains(&Answer::Waiting) {
        return Verdict::Wait;
    }
    if answers.contains(&Answer::Doubtful) {
        return Verdict::Doubtful;
    }
    Verdict::Taken
}

fn answer_of(known: &Known) -> Answer {
    if known.is_filled() || !known.filled.is_zero() {
        return Answer::Taken;
    }
    if let Some(reason) = known.rejection() {
        return Answer::Refused(reason);
    }
    match known.standing {
        Standing::Unheard | Standing::Pending => Answer::Waiting,
        Standing::Held | Standing::Working | Standing::Filled => Answer::Taken,
        Standing::Inactive | Standing::Gone | Standing::Cancelled => Answer::Doubtful,
    }
}
