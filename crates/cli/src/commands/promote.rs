//! `catalyst promote`: whether real money may be traded, and the record that the owner lets it in.

use std::io::{self, Write};
use std::path::PathBuf;

use catalyst_app::{CycleError, Shown, chain, fuses_set, promote, shown_on_paper};
use catalyst_domain::rulebook::Rulebook;
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::args::GlobalArgs;
use crate::commands::doctor::failures;
use crate::commands::{Failure, Home, real_now, runtime};
use crate::compose::{self, ComposeError, JournalPlace, NoJournal};
use crate::exit::ExitCode;
use crate::provenance::provenance;
use crate::settings::{Broker, BrokerSettings, Settings, TradingMode};

/// Two lines of the list that are there with and without a journal.
const OF_PAPER: &str = "the journal is that of a paper account at the broker";
const WHOLE: &str = "the journal on paper is whole";

/// Flags of `catalyst promote`.
#[derive(Debug, clap::Args)]
pub(crate) struct PromoteArgs {
    /// The settings file of the paper account, whose journal is the evidence
    #[arg(long, value_name = "FILE")]
    paper_settings: PathBuf,
    /// The state folder of the paper account, where its journal is a file [default: as its settings say]
    #[arg(long, value_name = "DIR")]
    paper_state: Option<PathBuf>,
    /// Record that real money may be traded, where every line of the list holds
    #[arg(long, requires = "by")]
    confirm: bool,
    /// Who lets it, for the record
    #[arg(long, value_name = "NAME", value_parser = super::hands::words)]
    by: Option<String>,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Answer {
    allowed: bool,
    recorded: bool,
    list: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    what: String,
    holds: bool,
    found: String,
}

/// Prints the list, records with `--confirm`, and ends with 1 where anything is missing.
pub(crate) fn run(args: &PromoteArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let rules = compose::rulebook()?;
    let home = Home::open(global, &rules.calendar)?;
    let at = real_now();
    let (list, head) = runtime()?.block_on(list(args, &home, global, &rules, at))?;
    let allowed = list.iter().all(|line| line.holds);
    let mut recorded = false;
    if let (true, true, Some(by)) = (allowed, args.confirm, &args.by) {
        runtime()?.block_on(record(&home, &rules, (by, &head), at))?;
        recorded = true;
    }
    let answer = Answer {
        allowed,
        recorded,
        list: list
            .into_iter()
            .map(|Shown { what, holds, found }| Line { what, holds, found })
            .collect(),
    };
    let mut out = io::stdout().lock();
    if args.json {
        serde_json::to_writer(&mut out, &answer).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        write(&mut out, &answer)?;
    }
    Ok(if allowed {
        ExitCode::Done
    } else {
        ExitCode::Failed
    })
}

/// The whole list, and the head of the journal that shows it.
async fn list(
    args: &PromoteArgs,
    home: &Home,
    global: &GlobalArgs,
    rules: &std::sync::Arc<Rulebook>,
    at: DateTime<Utc>,
) -> Result<(Vec<Shown>, String), Failure> {
    let settings = &home.settings;
    let mut list = real_money(settings).await;
    list.extend(fuses_set(&settings.limits));
    let (shown, head) = paper(args, global, settings.broker.paper_sessions, rules, at).await?;
    list.extend(shown);
    let failures = failures(settings, rules, home.state.path()).await;
    let found = if failures.is_empty() {
        "it found no failure".to_owned()
    } else {
        format!("not with {}; run `catalyst doctor`", failures.join(", "))
    };
    list.push(Shown::new(
        "the doctor is content",
        failures.is_empty(),
        found,
    ));
    Ok((list, head))
}

/// Whether the settings mean real money, in all three places.
async fn real_money(settings: &Settings) -> Vec<Shown> {
    let broker = &settings.broker;
    let live = broker.mode == TradingMode::Live;
    let mode = if live {
        "it is"
    } else {
        "it is paper; set it to live once the rest holds"
    };
    let (agree, found) = match (broker.name, live) {
        (Broker::Sim, _) => (
            false,
            "broker.name is sim, which has neither; set it to ibkr".to_owned(),
        ),
        (Broker::Ibkr, false) => (
            false,
            "they count once broker.mode is live, and have to agree with it".to_owned(),
        ),
        (Broker::Ibkr, true) => match compose::run_clock(settings, broker.name, None).await {
            Ok(_) => (true, "they agree".to_owned()),
            Err(error) => (false, chain(&error)),
        },
    };
    vec![
        Shown::new("broker.mode is live", live, mode),
        Shown::new("account and port are those of real money", agree, found),
    ]
}

/// What the paper account's journal shows, and its head.
async fn paper(
    args: &PromoteArgs,
    global: &GlobalArgs,
    sessions: usize,
    rules: &Rulebook,
    at: DateTime<Utc>,
) -> Result<(Vec<Shown>, String), Failure> {
    let theirs = GlobalArgs {
        settings: Some(args.paper_settings.clone()),
        state: args.paper_state.clone(),
        ..global.clone()
    };
    let paper = Home::to_read(&theirs, &rules.calendar)?;
    let place = JournalPlace::of(&paper.settings.database, None, paper.state.path())?;
    if place.is_absent() {
        let mut shown = shown_on_paper(&[], None, sessions);
        let found = format!(
            "there is none yet at {}; a first `catalyst cycle` with those settings makes one",
            place.describe()
        );
        shown.push(Shown::new(OF_PAPER, false, found.clone()));
        shown.push(Shown::new(WHOLE, false, found));
        return Ok((shown, String::new()));
    }
    let silent = |error| Failure::from(ComposeError::from(NoJournal::Silent(error)));
    let archive = compose::archive(&place, rules).await?;
    let today = rules.calendar.date_of(at);
    let mut since = today;
    for _ in 0..sessions {
        let before = rules.calendar.previous_trading_date(since);
        since = before.map_err(CycleError::from)?;
    }
    let pulse = archive.pulse(since).await.map_err(silent)?;
    let account = compose::account_name(&paper.settings.broker, paper.settings.broker.name)?;
    let journal = compose::read_journal(&place, rules, account).await?;
    let last = match (journal, pulse.days.last()) {
        (Some(journal), Some(day)) => Some(journal.day(day.date).await.map_err(silent)?),
        (None, _) | (_, None) => None,
    };
    let mut shown = shown_on_paper(&pulse.days, last.as_deref(), sessions);
    shown.push(on_paper(&paper.settings.broker));
    let verified = archive.verify(None).await.map_err(silent)?;
    let whole = verified.flaw.is_none();
    let found = verified.flaw.map_or_else(
        || "every row is as it was kept".to_owned(),
        |flaw| flaw.to_string(),
    );
    shown.push(Shown::new(WHOLE, whole, found));
    Ok((shown, verified.head.seal.to_string()))
}

/// Days on the built-in exchange show nothing about a broker.
fn on_paper(broker: &BrokerSettings) -> Shown {
    let (paper, found) = match (broker.name, broker.mode) {
        (Broker::Ibkr, TradingMode::Paper) => (true, "it is"),
        (Broker::Ibkr, TradingMode::Live) => (false, "broker.mode there is live, not paper"),
        (Broker::Sim, _) => (
            false,
            "broker.name there is sim: days on the built-in exchange show nothing about a broker",
        ),
    };
    Shown::new(OF_PAPER, paper, found)
}

async fn record(
    home: &Home,
    rules: &Rulebook,
    (by, head): (&str, &str),
    at: DateTime<Utc>,
) -> Result<(), Failure> {
    let (settings, state) = (&home.settings, home.state.path());
    let place = JournalPlace::of(&settings.database, None, state)?;
    let lock = compose::run_lock(&place, state, at, settings.longest_run());
    let taken = lock.acquire().await.map_err(CycleError::from)?;
    let _held = taken.ok_or(CycleError::Busy)?;
    let account = compose::account_name(&settings.broker, settings.broker.name)?;
    let opened = compose::account_journal(&place, state, rules, account, at).await?;
    let provenance = provenance(settings, &settings.advisor, None)?;
    let because = format!("the paper journal with head {head}");
    let journal = opened.journal.as_ref();
    let recorded = promote(journal, rules, provenance, (by, &because), at).await;
    opened.connection.close().await;
    Ok(recorded?)
}

fn write(out: &mut impl Write, answer: &Answer) -> io::Result<()> {
    for line in &answer.list {
        let mark = if line.holds { "ok     " } else { "MISSING" };
        writeln!(out, "{mark} {}: {}", line.what, line.found)?;
    }
    match (answer.allowed, answer.recorded) {
        (true, true) => writeln!(
            out,
            "recorded: `catalyst cycle --live` trades real money from now on"
        ),
        (true, false) => writeln!(out, "nothing is missing; --confirm --by NAME records it"),
        (false, _) => writeln!(out, "real money is not traded while anything is missing"),
    }
}
