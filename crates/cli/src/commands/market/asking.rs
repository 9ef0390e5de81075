//! How every question of `catalyst market` is asked: once in flags, or in lines whose keys are the
//! long flags; and how it is answered.

use std::io::{Read, Write};

use catalyst_domain::exchange::Exchange;
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use super::rules::Rules;
use crate::commands::Failure;
use crate::commands::inspect::{
    Answered, Asked, BadQuestion, Line, answer_lines, read_question, write_answer,
};
use crate::exit::ExitCode;

/// The exchange of a question that names none.
const EXCHANGE: Exchange = Exchange::Hkex;

/// A question as it stands: any of its flags or keys may be missing.
pub(crate) trait Question: Clone + DeserializeOwned {
    /// The question with everything it needs.
    type Complete;
    /// What there is to say.
    type Answer: Serialize;

    /// The exchange it names.
    fn exchange(&self) -> Option<Asked<Exchange>>;

    /// True when it says more than an exchange.
    fn is_asked(&self) -> bool;

    /// The question of `exchange`, or what it lacks or contradicts.
    fn complete(self, exchange: Exchange) -> Result<Self::Complete, BadQuestion>;

    /// What the tables say, or which part of the question they do not cover.
    fn answer(question: &Self::Complete, rules: &Rules) -> Result<Self::Answer, BadQuestion>;
}

/// A question in flags, and what every inspector takes beside it.
#[derive(Debug, clap::Args)]
pub(crate) struct Asking<Q: clap::Args> {
    /// The question.
    #[command(flatten)]
    pub(super) question: Q,
    /// Accepted for likeness with other commands: the answer is always JSON
    #[arg(long)]
    json: bool,
}

/// Flags that together make no question.
#[derive(Debug, Error)]
#[error("--{}: found {}, allowed is {}", .0.field, .0.found, .0.allowed)]
struct BadFlags(BadQuestion);

/// Answers the question in the flags; without one, every line of `input`, in order.
pub(super) fn run<Q: Question>(
    flags: &Q,
    input: impl Read,
    output: impl Write,
) -> Result<(), Failure> {
    let rules = Rules::load()?;
    if flags.is_asked() {
        let answer = Answered::from(Q::answer(&complete(flags)?, &rules));
        return Ok(write_answer(output, &answer)?);
    }
    let default = exchange_of(flags, EXCHANGE);
    let answer = |line: Line<'_>| {
        let question: Q = read_question(line)?;
        let exchange = exchange_of(&question, default);
        Q::answer(&question.complete(exchange)?, &rules)
    };
    Ok(answer_lines(input, output, |line| {
        Answered::from(answer(line))
    })?)
}

/// The question in the flags. What they lack or contradict is usage.
pub(super) fn complete<Q: Question>(flags: &Q) -> Result<Q::Complete, Failure> {
    let exchange = exchange_of(flags, EXCHANGE);
    let complete = flags.clone().complete(exchange);
    let hint = "--help lists the flags; without any, questions are read from standard input";
    complete.map_err(|bad| Failure::new(BadFlags(bad), ExitCode::Usage, hint))
}

fn exchange_of(question: &impl Question, default: Exchange) -> Exchange {
    question
        .exchange()
        .map_or(default, |Asked(exchange)| exchange)
}
