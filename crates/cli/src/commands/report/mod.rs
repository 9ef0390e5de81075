//! `catalyst report`: what days came to, as text that stands alone, as JSON, and as one page.

mod document;
mod html;
mod letter;
mod market;
mod page_file;
mod text;
mod words;

use std::io::{self, Write as _};
use std::path::PathBuf;

use catalyst_app::{Ground, PeriodReport, period_report};
use catalyst_domain::calendar::TradingDate;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::Chronicle;
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::args::GlobalArgs;
use crate::commands::{Failure, Home, real_now, runtime, tell};
use crate::compose::{self, ComposeError, JournalPlace, NoJournal};
use crate::exit::ExitCode;
use crate::journal_args::JournalArgs;
use crate::settings::{Broker, ClockChoice, Settings};
use letter::Way;
use words::Words;

/// Days that one report may span: what a calendar of years covers.
const DAYS_MAX: i64 = 4_000;

/// Flags of `catalyst report`.
#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// The day, YYYY-MM-DD [default: today at the exchange; of a simulated account or a journal of its own, the
    /// last day that has runs]
    #[arg(long, value_name = "DATE", conflicts_with_all = ["from", "to"])]
    date: Option<TradingDate>,
    /// The first of several days
    #[arg(long, value_name = "DATE")]
    from: Option<TradingDate>,
    /// The last of several days [default: today at the exchange]
    #[arg(long, value_name = "DATE", requires = "from")]
    to: Option<TradingDate>,
    /// Also write one page with charts to this file; it needs no network
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Also send it to the owner: the text as a mail, the page as a file beside it
    #[arg(long)]
    mail: bool,
    /// Folder of minute bars for charts and for what refused trades would have made
    /// [default: what the simulated exchange of the settings made, where the journal is its account's]
    #[arg(long, value_name = "DIR")]
    bars: Option<PathBuf>,
    /// Daily bars of an index to compare with, columns timestamp, open and close
    /// [default: equal parts of the names with bars]
    #[arg(long, value_name = "FILE")]
    index: Option<PathBuf>,
    #[command(flatten)]
    journal: JournalArgs,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
}

/// Days that make no report.
#[derive(Debug, Error)]
#[error("from {from} to {to} is no span of days; allowed are 1 to {DAYS_MAX}, the first first")]
struct NoSpan {
    from: TradingDate,
    to: TradingDate,
}

/// Prints the report, and writes its page where one is asked for.
pub(crate) fn run(args: &ReportArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let rules = compose::rulebook()?;
    let home = Home::to_read(global, &rules.calendar)?;
    let now = now(args, &home.settings)?;
    let way = if args.mail {
        Some(Way::choose(global, &home.settings.alerts, &rules)?)
    } else {
        None
    };
    let place = args.journal.existing(global, &rules.calendar)?;
    let today = today(args, global, &home.settings, (&place, &rules), now)?;
    let days = span(args, today)?;
    let chronicle = runtime()?.block_on(async {
        let annals = compose::annals(&place, &rules).await?;
        let told = annals.chronicle(days.0, days.1).await;
        told.map_err(|error| ComposeError::from(NoJournal::Silent(error)))
    })?;
    let index = args.index.as_deref().map(market::index).transpose()?;
    let bars = market::bars(
        args.bars.as_deref(),
        &place,
        &home.settings,
        (&chronicle, &rules),
    )?;
    let ground = Ground {
        days,
        now,
        chronicle: &chronicle,
        bars,
        index,
        rules: &rules,
        plan: home.settings.orders.commission,
    };
    let report = period_report(ground).map_err(Failure::failed)?;
    write(args, &report, &chronicle, (&rules, now))?;
    if let Some(way) = way {
        way.send(global, &report, (&rules, now))?;
    }
    Ok(ExitCode::Done)
}

/// The moment of a report: where the practice gateway has the clock and no day is named, its moment.
fn now(args: &ReportArgs, settings: &Settings) -> Result<DateTime<Utc>, Failure> {
    let broker = &settings.broker;
    let is_named = args.date.or(args.from).is_some();
    if is_named || broker.clock == ClockChoice::Real {
        return Ok(real_now());
    }
    let clock = runtime()?.block_on(compose::run_clock(settings, broker.name, None))?;
    Ok(clock.now())
}

/// The day that is meant where none is named. A simulated account, and a journal that stands alone, live on
/// days of their own: there it is the last one with a run, which is said. A timer means the real day.
fn today(
    args: &ReportArgs,
    global: &GlobalArgs,
    settings: &Settings,
    (place, rules): (&JournalPlace, &Rulebook),
    now: DateTime<Utc>,
) -> Result<TradingDate, Failure> {
    let real = rules.calendar.date_of(now);
    let is_named = args.date.or(args.from).is_some();
    let is_alone = args.journal.journal.is_some() || settings.broker.name == Broker::Sim;
    if is_named || !is_alone || global.scheduled {
        return Ok(real);
    }
    let census = runtime()?.block_on(async {
        let archive = compose::archive(place, rules).await?;
        let counted = archive.census().await;
        counted.map_err(|error| ComposeError::from(NoJournal::Silent(error)))
    })?;
    let last = census.last_run.map(|run| rules.calendar.date_of(run.begun));
    match last {
        Some(last) if last != real => {
            tell(&format!(
                "the report is of {last}, the last day with a run; --date and --from name other days"
            ))?;
            Ok(last)
        }
        Some(_) | None => Ok(real),
    }
}

fn write(
    args: &ReportArgs,
    report: &PeriodReport,
    chronicle: &Chronicle,
    (rules, now): (&Rulebook, DateTime<Utc>),
) -> Result<(), Failure> {
    let words = Words::new(&rules.calendar);
    if let Some(path) = &args.html {
        page_file::save(path, &html::page(report, &words, now)?)?;
        tell(&format!("the page is in {}", path.display()))?;
    }
    let mut out = io::stdout().lock();
    if args.json {
        serde_json::to_writer(&mut out, &document::document(report, &words))
            .map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        text::write(&mut out, report, &words)?;
    }
    if chronicle.runs.is_empty() {
        tell("no run of these days is kept in this journal; --date and --from name other days")?;
    }
    Ok(())
}

/// The days that the flags mean.
fn span(args: &ReportArgs, today: TradingDate) -> Result<(TradingDate, TradingDate), Failure> {
    let (from, to) = match (args.date, args.from) {
        (Some(date), _) => (date, date),
        (None, Some(from)) => (from, args.to.unwrap_or(today)),
        (None, None) => (today, today),
    };
    let length = (to.as_naive() - from.as_naive()).num_days() + 1;
    if (1..=DAYS_MAX).contains(&length) {
        Ok((from, to))
    } else {
        Err(Failure::usage(NoSpan { from, to }))
    }
}
