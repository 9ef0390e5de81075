//! `catalyst market`: questions about an exchange, answered from its dated tables alone. Needs no
//! settings, clock, network or state.

mod asking;
mod calendar;
mod calendar_row;
mod fees;
mod lot;
mod outside;
mod phase;
mod rules;
mod settlement;
mod tick;
mod tick_bands;

use std::io::{Read, Write};

use clap::Subcommand;

use crate::commands::Failure;
use asking::Asking;
use calendar::CalendarArgs;
use fees::FeesQuestion;
use lot::LotQuestion;
use phase::PhaseQuestion;
use settlement::SettlementQuestion;
use tick::TickQuestion;

const ABOUT_LINES: &str = "Without flags, --json aside, questions are read from standard input: one \
    JSON object a line with the long flag names as keys, each answered by one line of JSON, in \
    order. An --exchange flag alone is the exchange of the lines that name none. A wrong line is \
    answered in its place by {\"error\":{\"field\",\"found\",\"allowed\"}}. Exit codes: 0 when every \
    question was answered, 1 when a range of dates is not wholly covered, 2 for wrong flags.";

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
    /// Trading days, half days and closures, one row a weekday
    #[command(after_help = ABOUT_LINES)]
    Calendar(CalendarArgs),
    /// What the exchange is doing at a moment, and what comes next
    #[command(after_help = ABOUT_LINES)]
    Phase(Asking<PhaseQuestion>),
    /// Whether a price is legal on a date, and the legal prices around it
    #[command(after_help = ABOUT_LINES)]
    Tick(Asking<TickQuestion>),
    /// What a trade costs beside its price
    #[command(after_help = ABOUT_LINES)]
    Fees(Asking<FeesQuestion>),
    /// Shares to the board lot of a symbol on a date
    #[command(after_help = ABOUT_LINES)]
    Lot(Asking<LotQuestion>),
    /// The date on which a trade is settled
    #[command(after_help = ABOUT_LINES)]
    Settlement(Asking<SettlementQuestion>),
}

impl MarketArgs {
    /// Answers the question in the flags, or every line of `input`.
    pub(crate) fn run(&self, input: impl Read, output: impl Write) -> Result<(), Failure> {
        match &self.question {
            MarketQuestion::Calendar(calendar) => calendar.run(input, output),
            MarketQuestion::Phase(asking) => asking::run(&asking.question, input, output),
            MarketQuestion::Tick(asking) => asking::run(&asking.question, input, output),
            MarketQuestion::Fees(asking) => asking::run(&asking.question, input, output),
            MarketQuestion::Lot(asking) => asking::run(&asking.question, input, output),
            MarketQuestion::Settlement(asking) => asking::run(&asking.question, input, output),
        }
    }
}
