//! Which days a simulated market plays, and which bars it plays them from: files, or made up.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::money::Money;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::commands::{Failure, tell};
use crate::compose;
use crate::settings::Settings;

/// Flags that choose a simulated market.
#[derive(Debug, clap::Args)]
pub(crate) struct SourceArgs {
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
    /// Symbols to play, separated by commas [default: all that are loaded]
    #[arg(long, value_name = "A,B,..", value_delimiter = ',')]
    pub(crate) symbols: Vec<Symbol>,
    /// Seed of generated days and of the exchange's chance [default: `sim.seed` of the settings]
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Cash at the start in HKD, above 0 [default: `sim.cash` of the settings]
    #[arg(long, value_name = "AMOUNT", value_parser = positive_amount)]
    pub(crate) cash: Option<Decimal>,
}

/// A flag that does not fit the days or the bars.
#[derive(Debug, Error)]
enum Misfit {
    #[error("{date} is no trading day ({reason}); the next one is {next}")]
    NoTrading {
        date: TradingDate,
        reason: String,
        next: String,
    },
    #[error("no bars for {date}; the files have {count} days from {first} to {last}")]
    NoBars {
        date: TradingDate,
        count: usize,
        first: TradingDate,
        last: TradingDate,
    },
    #[error("no board lot is known for {symbol} on {date}, so it does not trade (see --lots)")]
    NoLot { symbol: Symbol, date: TradingDate },
    #[error("symbol {symbol} has no bars; the files have {known}")]
    UnknownSymbol { symbol: Symbol, known: String },
}

/// The bars of a simulated market and the days they are for.
pub(crate) struct Source {
    /// The bars.
    pub(crate) tape: compose::Tape,
    /// The days, in order.
    pub(crate) dates: Vec<TradingDate>,
    /// The seed of generated days, `None` when the bars come from files.
    pub(crate) seed: Option<u64>,
    /// What was wrong with files that were left out.
    pub(crate) refused: Vec<String>,
}

impl Source {
    /// The market that the flags choose, with as many days of it, or all that the files have.
    pub(crate) fn open(
        args: &SourceArgs,
        days: Option<u32>,
        settings: &Settings,
        rules: &Arc<Rulebook>,
    ) -> Result<Self, Failure> {
        match &args.bars {
            Some(folder) => from_files(args, days, folder, rules),
            None => generated(args, days, settings, rules),
        }
    }
}

fn from_files(
    args: &SourceArgs,
    count: Option<u32>,
    folder: &Path,
    rules: &Rulebook,
) -> Result<Source, Failure> {
    let mut bars = compose::minutes(folder, rules)?;
    let history = compose::history(args.history.as_deref(), rules)?;
    keep_symbols(&mut bars, &args.symbols).map_err(Failure::usage)?;
    let days: Vec<TradingDate> = bars.days.keys().copied().collect();
    let dates = loaded_dates(args, count, days).map_err(Failure::usage)?;
    name_unlisted(&bars, &dates, rules)?;
    let refused = bars
        .refused
        .iter()
        .chain(history.refused())
        .map(ToString::to_string)
        .collect();
    Ok(Source {
        tape: compose::loaded_tape(bars, history, rules),
        dates,
        seed: None,
        refused,
    })
}

fn generated(
    args: &SourceArgs,
    count: Option<u32>,
    settings: &Settings,
    rules: &Arc<Rulebook>,
) -> Result<Source, Failure> {
    let seed = args.seed.unwrap_or(settings.sim.seed);
    let dates = generated_dates(args, count, settings, &rules.calendar)?;
    for date in dates.iter().take(1) {
        let listed = |symbol: &&Symbol| rules.lots.instrument(**symbol, *date).is_ok();
        if let Some(symbol) = args.symbols.iter().find(|symbol| !listed(symbol)) {
            return Err(Failure::usage(Misfit::NoLot {
                symbol: *symbol,
                date: *date,
            }));
        }
    }
    let tape = compose::generated_tape(settings, seed, &args.symbols, rules)?;
    Ok(Source {
        tape,
        dates,
        seed: Some(seed),
        refused: Vec::new(),
    })
}

/// Cash at the start, when the flags say how much.
pub(crate) fn cash(args: &SourceArgs, settings: &Settings) -> Result<Option<Money>, Failure> {
    let currency = settings.sim.cash.currency();
    args.cash
        .map(|cash| Money::new(cash, currency).map_err(Failure::usage))
        .transpose()
}

fn keep_symbols(bars: &mut compose::LoadedBars, wanted: &[Symbol]) -> Result<(), Misfit> {
    if wanted.is_empty() {
        return Ok(());
    }
    let known = bars.symbols();
    if let Some(symbol) = wanted.iter().find(|symbol| !known.contains(symbol)) {
        let known = known
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ");
        return Err(Misfit::UnknownSymbol {
            symbol: *symbol,
            known,
        });
    }
    for day in bars.days.values_mut() {
        day.retain(|symbol, _| wanted.contains(symbol));
    }
    bars.days.retain(|_, day| !day.is_empty());
    Ok(())
}

/// All days with bars; with a date that day alone, or as many from it on as were asked for.
fn loaded_dates(
    args: &SourceArgs,
    count: Option<u32>,
    days: Vec<TradingDate>,
) -> Result<Vec<TradingDate>, Misfit> {
    if let (Some(date), Some(first), Some(last)) = (args.date, days.first(), days.last())
        && !days.contains(&date)
    {
        return Err(Misfit::NoBars {
            date,
            count: days.len(),
            first: *first,
            last: *last,
        });
    }
    let count = match (args.date, count) {
        (_, Some(days)) => usize::try_from(days).unwrap_or(usize::MAX),
        (Some(_), None) => 1,
        (None, None) => usize::MAX,
    };
    let wanted = days
        .into_iter()
        .filter(|day| args.date.is_none_or(|date| *day >= date));
    Ok(wanted.take(count).collect())
}

fn generated_dates(
    args: &SourceArgs,
    count: Option<u32>,
    settings: &Settings,
    calendar: &TradingCalendar,
) -> Result<Vec<TradingDate>, Failure> {
    let date = args.date.unwrap_or(settings.sim.date);
    let day = calendar.day(date).map_err(Failure::usage)?;
    if !day.trades() {
        let next = calendar
            .next_trading_date(date)
            .map_or_else(|error| error.to_string(), |next| next.to_string());
        let reason = day.kind().to_string();
        return Err(Failure::usage(Misfit::NoTrading { date, reason, next }));
    }
    let mut dates = vec![date];
    for _ in 1..count.unwrap_or(1) {
        let last = dates.last().copied().unwrap_or(date);
        dates.push(calendar.next_trading_date(last).map_err(Failure::usage)?);
    }
    Ok(dates)
}

/// Names the symbols that have bars and no board lot; they do not trade.
fn name_unlisted(
    bars: &compose::LoadedBars,
    dates: &[TradingDate],
    rules: &Rulebook,
) -> Result<(), Failure> {
    let mut unlisted: BTreeSet<Symbol> = BTreeSet::new();
    for date in dates {
        let symbols = bars.days.get(date).into_iter().flat_map(|day| day.keys());
        unlisted.extend(symbols.filter(|symbol| rules.lots.instrument(**symbol, *date).is_err()));
    }
    if !unlisted.is_empty() {
        let names = unlisted
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ");
        tell(&format!(
            "not traded, no board lot is known for these days: {names} (see --lots)"
        ))?;
    }
    Ok(())
}

fn positive_amount(text: &str) -> Result<Decimal, String> {
    match text.parse::<Decimal>() {
        Ok(amount) if amount > Decimal::ZERO => Ok(amount),
        Ok(_) | Err(_) => Err("allowed is an amount above 0, such as 1000000".to_owned()),
    }
}
