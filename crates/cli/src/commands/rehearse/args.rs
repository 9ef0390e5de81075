//! `catalyst rehearse`: the flags of whole days on the simulated exchange.

use std::path::PathBuf;

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::risk::EntryCriteria;
use catalyst_domain::symbol::Symbol;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use rust_decimal::Decimal;

use crate::settings::AdvisorChoice;

/// Days in one rehearsal at most; 13 years of sessions, more than the calendar covers.
const DAYS_MAX: i64 = 3_300;

/// Flags of `catalyst rehearse`.
#[derive(Debug, clap::Args)]
pub(crate) struct RehearseArgs {
    /// Folder of minute bars, files NNNNN.csv or NNNNN_*.csv [default: generated days]
    #[arg(long, value_name = "DIR")]
    pub(crate) bars: Option<PathBuf>,
    /// Folder of daily bars from before the days, for relative volume
    #[arg(long, value_name = "DIR", requires = "bars")]
    pub(crate) history: Option<PathBuf>,
    /// Headlines, one JSON object a line; what is not given does not exist
    #[arg(long, value_name = "FILE")]
    pub(crate) news: Option<PathBuf>,
    /// Board lots by symbol and date; a symbol without a lot is not traded
    #[arg(long, value_name = "FILE")]
    pub(crate) lots: Option<PathBuf>,
    /// First day, YYYY-MM-DD [default: the first day with bars, or `sim.date` of the settings]
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<TradingDate>,
    /// Trading days to play [default: all days with bars, or one generated day]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=DAYS_MAX))]
    pub(crate) days: Option<u32>,
    /// Symbols to play, separated by commas [default: all that are loaded]
    #[arg(long, value_name = "A,B,..", value_delimiter = ',')]
    pub(crate) symbols: Vec<Symbol>,
    /// Who decides: rules, or script:FILE with tool calls [default: `advisor.kind` of the settings]
    #[arg(long)]
    pub(crate) advisor: Option<AdvisorChoice>,
    /// Whether unmet entry criteria refuse a trade [default: `strategy.entry_criteria`]
    #[arg(long, value_name = "require|report", value_parser = entry_criteria())]
    pub(crate) entry_criteria: Option<EntryCriteria>,
    /// Seed of generated days and of the exchange's chance [default: `sim.seed` of the settings]
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Cash at the start in HKD, above 0 [default: `sim.cash` of the settings]
    #[arg(long, value_name = "AMOUNT", value_parser = positive_amount)]
    pub(crate) cash: Option<Decimal>,
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

fn positive_amount(text: &str) -> Result<Decimal, String> {
    match text.parse::<Decimal>() {
        Ok(amount) if amount > Decimal::ZERO => Ok(amount),
        Ok(_) | Err(_) => Err("allowed is an amount above 0, such as 1000000".to_owned()),
    }
}
