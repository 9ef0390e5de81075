//! `catalyst rehearse`: whole trading days in seconds on the simulated exchange.

mod args;
mod document;
mod play;
mod stage;
mod table;
mod unplayed;

use std::io::{self, Write as _};

pub(crate) use args::{RehearseArgs, StoreChoice};

use crate::args::GlobalArgs;
use crate::commands::{Failure, runtime, settings, tell, variables};
use crate::compose::{self, JournalPlace};
use crate::exit::ExitCode;
use crate::settings::{Engine, Environment, Settings};
use crate::state::StateDir;
use crate::telemetry::{LogLevel, LogPlan, start};
use play::{Played, play};
use stage::set;

/// Plays the days and prints what they came to.
pub(crate) fn run(args: &RehearseArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let environment = variables(global)?;
    let rules = compose::rulebook()?;
    let settings = settings(global, &environment, &rules.calendar)?;
    start(&LogPlan {
        stderr: LogLevel::quiet(global.log_level()),
        file: None,
    })?;
    let runtime = runtime()?;
    let place = place(args, global, &settings, &environment)?;
    let mut stage = runtime.block_on(set(args, &settings, rules, place.as_ref()))?;
    for refusal in &stage.refused {
        tell(&format!("refused: {refusal}"))?;
    }
    let played = runtime.block_on(play(&stage, !args.json))?;
    if let Some(wire) = stage.wire.take() {
        runtime.block_on(wire.close());
    }
    let mut out = io::stdout().lock();
    if args.json {
        document::write(&mut out, &stage, &played)?;
    } else {
        table::write(&mut out, &stage, &played)?;
    }
    out.flush()?;
    for refusal in &stage.refused {
        tell(&format!("not played, the file was refused: {refusal}"))?;
    }
    Ok(ending(&stage.refused, &played))
}

/// Where the journal is kept; `None` for memory.
fn place(
    args: &RehearseArgs,
    global: &GlobalArgs,
    settings: &Settings,
    environment: &Environment,
) -> Result<Option<JournalPlace>, Failure> {
    if let Some(path) = &args.journal {
        return Ok(Some(JournalPlace::File(path.clone())));
    }
    let engine = match args.store {
        StoreChoice::Memory => return Ok(None),
        StoreChoice::Sqlite => Engine::Sqlite,
        StoreChoice::Postgres => Engine::Postgres,
    };
    let state = StateDir::open(
        global.state.as_deref(),
        settings.state_dir.as_deref(),
        environment,
    )?;
    let place = JournalPlace::of(&settings.database, Some(engine), state.path())?;
    Ok(Some(place))
}

fn ending(refused: &[String], played: &Played) -> ExitCode {
    let failed = played.days.iter().any(|day| day.failures > 0);
    if failed || !refused.is_empty() {
        ExitCode::Failed
    } else if played
        .days
        .iter()
        .any(|day| !day.report.open_positions.is_empty())
    {
        ExitCode::NotFlat
    } else {
        ExitCode::Done
    }
}
