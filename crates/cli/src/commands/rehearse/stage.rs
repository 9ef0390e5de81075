//! The stage of a rehearsal: which days, which bars, which account, which advisor.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use catalyst_app::{Policy, Ports};
use catalyst_domain::calendar::{TradingCalendar, TradingDate};
use catalyst_domain::money::Money;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;
use chrono::NaiveTime;
use thiserror::Error;

use super::RehearseArgs;
use super::unplayed::Unplayed;
use crate::commands::{Failure, tell};
use crate::compose::{self, Begins, JournalPlace};
use crate::policy::policy;
use crate::provenance::provenance;
use crate::settings::{NewsSource, Settings};

/// Everything a rehearsal plays with.
pub(super) struct Stage {
    pub(super) dates: Vec<TradingDate>,
    pub(super) ports: Ports,
    pub(super) policy: Policy,
    pub(super) rules: Arc<Rulebook>,
    /// Times at which a script wants to be woken beside the schedule.
    pub(super) times: Vec<NaiveTime>,
    /// The seed of generated days, `None` when the bars come from files.
    pub(super) seed: Option<u64>,
    pub(super) refused: Vec<String>,
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

/// Sets the stage.
pub(super) async fn set(
    args: &RehearseArgs,
    settings: &Settings,
    place: Option<&JournalPlace>,
) -> Result<Stage, Failure> {
    let rules = compose::rulebook(args.lots.as_deref())?;
    let choice = args.advisor.as_ref().unwrap_or(&settings.advisor);
    let advised = compose::advisor(choice, &rules)?;
    let news = compose::headlines(args.news.as_deref())?;
    if settings.news.source == NewsSource::Feeds {
        tell(
            "news.source is feeds, which know nothing of rehearsed days: generated headlines and those of --news play",
        )?;
    }
    let seed = args.seed.unwrap_or(settings.sim.seed);
    let source = match &args.bars {
        Some(folder) => from_files(args, folder, &rules)?,
        None => generated(args, settings, seed, &rules)?,
    };
    let playing = |date: &TradingDate| (*date, source.tape.symbols_on(*date));
    let playing = source.dates.iter().map(playing).collect();
    if let Some(unplayed) = Unplayed::of(&news, &playing, &rules.calendar) {
        tell(&unplayed.to_string())?;
    }
    let mut policy = policy(
        settings,
        provenance(settings, choice, args.lots.as_deref())?,
    )?;
    if let Some(criteria) = args.entry_criteria {
        let limits = settings.limits.clone().with_entry_criteria(criteria);
        policy.gate = catalyst_domain::risk::RiskGate::new(limits);
    }
    let opens = source.dates.first().copied().unwrap_or(settings.sim.date);
    let cash = cash(args, settings)?;
    let morning = rules.calendar.at(opens, NaiveTime::MIN);
    let begins = Begins {
        at: morning,
        account: None,
        cash,
    };
    let world = compose::world(settings, &rules, source.tape, news, begins)?;
    let journal = match place {
        Some(place) => {
            let name = format!("rehearsal of {opens}, seed {seed}");
            compose::rehearsal_journal(place, &name, &rules, morning).await?
        }
        None => compose::memory_journal(&rules),
    };
    let ports = compose::sim_ports(&world, Some(advised.advisor), journal, compose::quiet());
    let seed = args.bars.is_none().then_some(seed);
    Ok(Stage {
        dates: source.dates,
        ports,
        policy,
        rules,
        times: advised.times,
        seed,
        refused: source.refused,
    })
}

/// The bars of a rehearsal and the days they are for.
struct Source {
    tape: compose::Tape,
    dates: Vec<TradingDate>,
    refused: Vec<String>,
}

fn from_files(args: &RehearseArgs, folder: &Path, rules: &Rulebook) -> Result<Source, Failure> {
    let mut bars = compose::minutes(folder, rules)?;
    let history = compose::history(args.history.as_deref(), rules)?;
    keep_symbols(&mut bars, &args.symbols).map_err(Failure::usage)?;
    let days: Vec<TradingDate> = bars.days.keys().copied().collect();
    let dates = loaded_dates(args, days).map_err(Failure::usage)?;
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
        refused,
    })
}

fn generated(
    args: &RehearseArgs,
    settings: &Settings,
    seed: u64,
    rules: &Arc<Rulebook>,
) -> Result<Source, Failure> {
    let dates = generated_dates(args, settings, &rules.calendar)?;
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
        refused: Vec::new(),
    })
}

fn cash(args: &RehearseArgs, settings: &Settings) -> Result<Option<Money>, Failure> {
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
fn loaded_dates(args: &RehearseArgs, days: Vec<TradingDate>) -> Result<Vec<TradingDate>, Misfit> {
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
    let count = match (args.date, args.days) {
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
    args: &RehearseArgs,
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
    for _ in 1..args.days.unwrap_or(1) {
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
