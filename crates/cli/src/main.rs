//! The program `catalyst`: reads its arguments, runs one command, ends with a code that means
//! something.
#![expect(
    dead_code,
    unused_imports,
    reason = "settings, state and telemetry stand ready for the commands that trade; the first \
              that calls them makes this line an error, and it goes"
)]

mod args;
mod commands;
mod exit;
mod render;
mod settings;
mod state;
mod telemetry;

use std::error::Error;
use std::io;

use clap::Parser as _;

use crate::args::{Args, Command};
use crate::commands::market::{MarketQuestion, run_phase};
use crate::exit::ExitCode;
use crate::render::write_failure;

fn main() -> std::process::ExitCode {
    let code = match Args::try_parse() {
        Ok(args) => run(&args),
        Err(error) => tell_usage(&error),
    };
    code.into()
}

fn run(args: &Args) -> ExitCode {
    match &args.command {
        Command::Market(market) => match &market.question {
            MarketQuestion::Phase(phase) => match run_phase(phase, io::stdin(), io::stdout()) {
                Ok(()) => ExitCode::Done,
                Err(error) => fail(&error, None),
            },
        },
        Command::Cycle(_) => unavailable("cycle"),
        Command::Rehearse(_) => unavailable("rehearse"),
        Command::Status(_) => unavailable("status"),
    }
}

/// Help and version are results and go to standard output; the rest is usage.
fn tell_usage(error: &clap::Error) -> ExitCode {
    match error.print() {
        Ok(()) if error.use_stderr() => ExitCode::Usage,
        Ok(()) => ExitCode::Done,
        Err(unprinted) => fail(&unprinted, None),
    }
}

fn fail(error: &dyn Error, hint: Option<&str>) -> ExitCode {
    match write_failure(&mut io::stderr().lock(), error, hint) {
        // Without standard error the code alone must tell it.
        Ok(()) | Err(_) => ExitCode::Failed,
    }
}

#[derive(Debug, thiserror::Error)]
#[error("`{command}` is not available yet")]
struct Unavailable {
    command: &'static str,
}

fn unavailable(command: &'static str) -> ExitCode {
    fail(&Unavailable { command }, None)
}
