//! `catalyst market`: questions about an exchange, answered from its dated tables alone. Needs no
//! settings, clock, network or state.

mod asking;
mod phase;
mod rules;

use std::io::{Read, Write};

use clap::Subcommand;

use crate::commands::Failure;
use asking::Asking;
use phase::PhaseQuestion;

/// Flags of `catalyst market`.
#[derive(Debug, clap::Args)]
pub(crate) struct MarketArgs {
    /// Which question.
    #[command(subcommand)]
    question: MarketQuestion,
}

/// What can be asked.
#[derive(Debug, Subcommand)]
enum MarketQuestion {
    /// The phase of the exchange at a moment, and what comes next; without --at, one JSON question
    /// a line on standard input is answered by one JSON line each
    Phase(Asking<PhaseQuestion>),
}

impl MarketArgs {
    /// Answers the question in the flags, or every line of `input`.
    pub(crate) fn run(&self, input: impl Read, output: impl Write) -> Result<(), Failure> {
        match &self.question {
            MarketQuestion::Phase(asking) => asking.run(input, output),
        }
    }
}
