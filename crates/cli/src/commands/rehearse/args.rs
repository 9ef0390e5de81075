//! `catalyst rehearse`: the flags of whole days on the simulated exchange.

use std::path::PathBuf;

use catalyst_domain::risk::EntryCriteria;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;

use crate::settings::{AdvisorChoice, Broker};
use crate::source::SourceArgs;

/// Days in one rehearsal at most; 13 years of sessions, more than the calendar covers.
const DAYS_MAX: i64 = 3_300;

/// Flags of `catalyst rehearse`.
#[derive(Debug, clap::Args)]
pub(crate) struct RehearseArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Trading days to play [default: all days with bars, or one generated day]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=DAYS_MAX))]
    pub(crate) days: Option<u32>,
    /// Who executes: sim, or ibkr, then every question and order goes over the wire protocol to a practice
    /// gateway in this process
    #[arg(long, value_enum, default_value_t = Broker::Sim)]
    pub(crate) broker: Broker,
    /// Who decides: rules, script:FILE with tool calls, claude, or cassette:FILE with its recorded answers
    /// [default: `advisor.kind` of the settings]
    #[arg(long)]
    pub(crate) advisor: Option<AdvisorChoice>,
    /// Keep what Claude answers in this file, to be played with cassette:FILE
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    /// Whether unmet entry criteria refuse a trade [default: `strategy.entry_criteria`]
    #[arg(long, value_name = "require|report", value_parser = entry_criteria())]
    pub(crate) entry_criteria: Option<EntryCriteria>,
    /// Where the journal is kept, in a book of its own: in memory, in the state folder's SQLite file,
    /// or in the PostgreSQL database of `DATABASE_URL` or the settings
    #[arg(long, value_enum, default_value_t = StoreChoice::Memory)]
    pub(crate) store: StoreChoice,
    /// Keep the journal in this SQLite file
    #[arg(long, value_name = "FILE", conflicts_with = "store")]
    pub(crate) journal: Option<PathBuf>,
    /// Print one JSON document instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

/// Where the journal of a rehearsal is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum StoreChoice {
    /// Nowhere: it is gone with the process.
    Memory,
    /// In the state folder's file.
    Sqlite,
    /// In the database.
    Postgres,
}

fn entry_criteria() -> impl clap::builder::TypedValueParser<Value = EntryCriteria> {
    PossibleValuesParser::new(["require", "report"]).map(|word| {
        if word == "report" {
            EntryCriteria::Report
        } else {
            EntryCriteria::Require
        }
    })
}
