//! How every question of `catalyst market` is asked: once in flags, or in lines whose keys are the
//! long flags; and how it is answered.

use std::io::{Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use super::rules::Rules;
use crate::commands::Failure;
use crate::commands::inspect::{
    Answered, Asked, BadQuestion, Exchange, Line, answer_lines, read_question, write_answer,
};

/// The exchange of a question that names none.
const EXCHANGE: Exchange = Exchange::Hkex;

/// A question as it stands: any of its flags or keys may be missing.
pub(crate) trait Question: DeserializeOwned {
    /// The question with everything it needs.
    type Complete;
    /// What there is to say.
    type Answer: Serialize;

    /// The exchange it names.
    fn exchange(&self) -> Option<Asked<Exchange>>;

    /// True when it says more than an exchange.
    fn is_asked(&self) -> bool;

    /// The question of `exchange`, or what is missing from it.
    fn complete(self, exchange: Exchange) -> Result<Self::Complete, BadQuestion>;

    /// What the tables say, or which part of the question they do not cover.
    fn answer(question: &Self::Complete, rules: &Rules) -> Result<Self::Answer, BadQuestion>;
}

/// A flag that the others do not make sense without.
#[derive(Debug, Error)]
#[error("--{field} is needed beside the other flags, allowed is {allowed}")]
struct MissingFlag {
    field: String,
    allowed: String,
}

/// A question in flags, and what every inspector takes beside it.
#[derive(Debug, clap::Args)]
pub(crate) struct Asking<Q: clap::Args> {
    /// The question.
    #[command(flatten)]
    question: Q,
    /// Accepted for likeness with other commands: the answer is always JSON
    #[arg(long)]
    json: bool,
}

impl<Q: Question + clap::Args + Clone> Asking<Q> {
    /// Answers the question in the flags; without one, every line of `input`, in order.
    pub(crate) fn run(&self, input: impl Read, output: impl Write) -> Result<(), Failure> {
        let rules = Rules::load()?;
        let question = self.question.clone();
        let exchange = exchange_of(&question, EXCHANGE);
        if !question.is_asked() {
            return answer_all::<Q>(exchange, &rules, input, output);
        }
        let complete = question.complete(exchange).map_err(|missing| {
            Failure::usage(MissingFlag {
                field: missing.field,
                allowed: missing.allowed,
            })
        })?;
        let answer = Answered::from(Q::answer(&complete, &rules));
        Ok(write_answer(output, &answer)?)
    }
}

/// Answers lines; `default_exchange` is asked when a line does not name one.
pub(super) fn answer_all<Q: Question>(
    default_exchange: Exchange,
    rules: &Rules,
    input: impl Read,
    output: impl Write,
) -> Result<(), Failure> {
    let answer = |line: Line<'_>| {
        let question: Q = read_question(line)?;
        let exchange = exchange_of(&question, default_exchange);
        Q::answer(&question.complete(exchange)?, rules)
    };
    Ok(answer_lines(input, output, |line| {
        Answered::from(answer(line))
    })?)
}

fn exchange_of(question: &impl Question, default: Exchange) -> Exchange {
    question
        .exchange()
        .map_or(default, |Asked(exchange)| exchange)
}
