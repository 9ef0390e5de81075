//! `catalyst market`: questions about an exchange, answered from its dated tables alone. Needs no
//! settings, clock, network or state.

mod bounded_lines;
mod phase;
mod question;

use clap::Subcommand;

pub(crate) use phase::run as run_phase;

use question::PhaseArgs;

/// Flags of `catalyst market`.
#[derive(Debug, clap::Args)]
pub(crate) struct MarketArgs {
    /// Which question.
    #[command(subcommand)]
    pub(crate) question: MarketQuestion,
}

/// What can be asked.
#[derive(Debug, Subcommand)]
pub(crate) enum MarketQuestion {
    /// The phase of the exchange at a moment, and what comes next; without --at, one JSON question
    /// a line on standard input is answered by one JSON line each
    Phase(PhaseArgs),
}
