//! `catalyst doctor`: whether everything is reachable and sane, each line with what to do.

mod broker;
mod check;
mod claude;
mod files;
mod house;
mod journal;
mod owner;
mod paper;

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use catalyst_domain::rulebook::Rulebook;

use crate::args::GlobalArgs;
use crate::commands::{Failure, Home, real_now, runtime};
use crate::compose;
use crate::exit::ExitCode;
use crate::settings::{Broker, Settings};
use crate::telemetry::{LogLevel, LogPlan, start};
use check::{Check, Mark};
use owner::Trial;

/// Flags of `catalyst doctor`.
#[derive(Debug, clap::Args)]
pub(crate) struct DoctorArgs {
    /// Which broker to look at [default: `broker.name` of the settings]
    #[arg(long, value_enum)]
    broker: Option<Broker>,
    /// Walk through what only a session on a real paper account can show
    #[arg(long)]
    paper_check: bool,
    /// Send one test message over every channel of the section alerts
    #[arg(long)]
    send_test_mail: bool,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
}

/// Looks, prints, and ends with 6 where something does not work.
pub(crate) fn run(args: &DoctorArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    if args.paper_check {
        paper::write(&mut out, args.json)?;
        return Ok(ExitCode::Done);
    }
    let rules = compose::rulebook()?;
    let Home {
        mut settings,
        state,
        ..
    } = Home::to_read(global, &rules.calendar)?;
    settings.fit()?;
    settings.broker.name = args.broker.unwrap_or(settings.broker.name);
    start(&LogPlan {
        stderr: LogLevel::quiet(global.log_level()),
        file: None,
    })?;
    let trial = if args.send_test_mail {
        Trial::Send
    } else {
        Trial::Look
    };
    let checks = runtime()?.block_on(look(&settings, &rules, state.path(), trial));
    if args.json {
        serde_json::to_writer(&mut out, &checks).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for check in &checks {
            check.write(&mut out)?;
        }
    }
    let fails = checks.iter().any(|check| check.mark == Mark::Failure);
    Ok(if fails {
        ExitCode::Alarm
    } else {
        ExitCode::Done
    })
}

/// Every line there is.
async fn look(
    settings: &Settings,
    rules: &Arc<Rulebook>,
    state: &Path,
    trial: Trial,
) -> Vec<Check> {
    // A gateway clock that does not answer is the broker's line; the house has this machine's.
    let clock = compose::run_clock(settings, settings.broker.name, None).await;
    let now = clock.map_or_else(|_unreached| real_now(), |clock| clock.now());
    let mut checks = house::look(settings, rules, state, now);
    checks.extend(files::look(settings, state));
    checks.extend(journal::look(settings, rules, state, now).await);
    checks.extend(broker::look(settings, rules, state).await);
    checks.extend(claude::look(settings, rules).await);
    checks.extend(owner::look(&settings.alerts, rules, trial).await);
    checks
}

/// The names of the lines that fail; none when the doctor is content.
pub(crate) async fn failures(
    settings: &Settings,
    rules: &Arc<Rulebook>,
    state: &Path,
) -> Vec<&'static str> {
    let checks = look(settings, rules, state, Trial::Look).await;
    let fails = checks.iter().filter(|check| check.mark == Mark::Failure);
    fails.map(|check| check.name).collect()
}
