//! `catalyst status`: one screen that says where things stand. It reads, and touches nothing.

mod document;
mod gone;
mod money;
mod position;
mod read;
mod screen;
mod switch;
mod words;

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;
use std::time::Duration;

use catalyst_app::chain;
use catalyst_domain::rulebook::Rulebook;
use serde_json::json;

use crate::args::GlobalArgs;
use crate::commands::{Failure, Home, runtime};
use crate::compose;
use crate::exit::ExitCode;
use read::Found;
use switch::Switch;

/// Moves a terminal's cursor to the top of an empty screen.
const CLEARED: &str = "\x1b[2J\x1b[H";

/// Flags of `catalyst status`.
#[derive(Debug, clap::Args)]
pub(crate) struct StatusArgs {
    /// Print one JSON document instead of text
    #[arg(long)]
    pub(crate) json: bool,
    /// Look again every so many seconds, until interrupted
    #[arg(
        long,
        value_name = "SECONDS",
        num_args = 0..=1,
        default_missing_value = "5",
        value_parser = clap::value_parser!(u64).range(1..=3_600)
    )]
    pub(crate) watch: Option<u64>,
}

/// Prints the account as the last cycle left it; ends with 4 where the account is gone.
pub(crate) fn run(args: &StatusArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let rules = compose::rulebook()?;
    let home = Home::to_read(global, &rules.calendar)?;
    let runtime = runtime()?;
    match args.watch {
        None => {
            let found = runtime.block_on(read::status(&home.settings, &home.state, &rules))?;
            print(args, &home, &rules, &found)?;
            if let Found::Gone(_) = found {
                return Ok(ExitCode::OwnerNeeded);
            }
        }
        Some(seconds) => runtime.block_on(async {
            tokio::select! {
                interrupted = tokio::signal::ctrl_c() => interrupted.map_err(Failure::from),
                ended = refreshed(args, &home, &rules, Duration::from_secs(seconds)) => ended,
            }
        })?,
    }
    Ok(ExitCode::Done)
}

/// Prints again and again. What cannot be read now is said, and read again the next time.
async fn refreshed(
    args: &StatusArgs,
    home: &Home,
    rules: &std::sync::Arc<Rulebook>,
    every: Duration,
) -> Result<(), Failure> {
    loop {
        let status = read::status(&home.settings, &home.state, rules).await;
        if io::stdout().is_terminal() {
            write!(io::stdout().lock(), "{CLEARED}")?;
        }
        match status {
            Ok(found) => print(args, home, rules, &found)?,
            Err(failure) => {
                writeln!(
                    io::stderr().lock(),
                    "not known now: {}",
                    chain(failure.error.as_ref())
                )?;
            }
        }
        tokio::time::sleep(every).await;
    }
}

fn print(args: &StatusArgs, home: &Home, rules: &Rulebook, found: &Found) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match found {
        Found::Unbegun => unbegun(&mut out, args, home.state.path())?,
        Found::Gone(gone) if args.json => writeln!(out, "{}", gone.document())?,
        Found::Gone(gone) => gone.write(&mut out, &rules.calendar)?,
        Found::Whole(status) if args.json => {
            serde_json::to_writer(&mut out, status).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Found::Whole(status) => screen::write(&mut out, status, &rules.calendar)?,
    }
    out.flush()
}

/// What stands before anything has run: the owner's own files.
fn unbegun(out: &mut impl Write, args: &StatusArgs, state: &Path) -> io::Result<()> {
    let switch = Switch::of_files(state);
    if args.json {
        let document = json!({
            "at": null,
            "state": switch.state.as_str(),
            "why": switch.why,
            "flatten_request": switch.flatten,
        });
        return writeln!(out, "{document}");
    }
    let folder = state.display();
    writeln!(
        out,
        "no cycle has run yet in {folder}; start with `catalyst cycle`"
    )?;
    for why in &switch.why {
        writeln!(out, "{}: {why}", switch.state.as_str())?;
    }
    Ok(())
}
