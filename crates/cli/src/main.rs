//! The program `catalyst`: reads its arguments, runs one command, ends with a code that means
//! something.

mod alarm;
mod args;
mod bar_file;
mod commands;
mod compose;
mod exact;
mod exit;
mod job;
mod journal_args;
mod log_files;
mod moment;
mod policy;
mod provenance;
mod render;
mod row_order;
mod settings;
mod signals;
mod source;
mod standing_clock;
mod state;
mod system_clock;
mod telemetry;
mod timer;

use std::error::Error;
use std::io;

use clap::Parser as _;

use crate::args::{Args, Command};
use crate::commands::Failure;
use crate::exit::ExitCode;
use crate::render::write_failure;
use crate::timer::Beginning;

fn main() -> std::process::ExitCode {
    let code = match Args::try_parse() {
        Ok(args) => match begin(&args) {
            Ok(code) => code,
            Err(failure) if failure.is_unread() => failure.code,
            Err(failure) if timer::is_told(&args, &failure) => fail(
                failure.error.as_ref(),
                failure.hint.as_deref(),
                failure.code,
            ),
            Err(failure) => failure.code,
        },
        Err(error) => tell_usage(&error),
    };
    code.into()
}

fn begin(args: &Args) -> Result<ExitCode, Failure> {
    match timer::beginning(args)? {
        Beginning::Now => run(args),
        Beginning::Never(code) => Ok(code),
    }
}

fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::Market(market) => {
            market.run(io::stdin(), io::stdout())?;
            Ok(ExitCode::Done)
        }
        Command::Risk(risk) => risk.run(&args.global, io::stdin(), io::stdout()),
        Command::Patterns(patterns) => {
            patterns.run(io::stdin(), io::stdout())?;
            Ok(ExitCode::Done)
        }
        Command::Technicals(technicals) => {
            technicals.run(io::stdin(), io::stdout())?;
            Ok(ExitCode::Done)
        }
        Command::Cycle(cycle) => commands::cycle::run(cycle, &args.global),
        Command::Guard(guard) => commands::guard::run(guard, &args.global),
        Command::Halt(halt) => commands::hands::halt::run(halt, &args.global),
        Command::Resume(resume) => commands::hands::resume::run(resume, &args.global),
        Command::Flatten(flatten) => commands::hands::flatten::run(flatten, &args.global),
        Command::Doctor(doctor) => commands::doctor::run(doctor, &args.global),
        Command::Init(init) => commands::init::run(init, &args.global),
        Command::Install(install) => commands::install::run(install, &args.global),
        Command::Gateway(gateway) => commands::gateway::run(gateway, &args.global),
        Command::Rehearse(rehearse) => commands::rehearse::run(rehearse, &args.global),
        Command::Status(status) => commands::status::run(status, &args.global),
        Command::Report(report) => commands::report::run(report, &args.global),
        Command::Verify(verify) => commands::verify::run(verify, &args.global),
        Command::Db(db) => commands::db::run(db, &args.global),
        Command::Promote(promote) => commands::promote::run(promote, &args.global),
        Command::Watch(watch) => commands::watch::run(watch, &args.global),
        Command::Why(why) => commands::why::run(why, &args.global),
        Command::Completions(completions) => commands::pages::completions(completions),
        Command::Man(man) => commands::pages::man(man),
    }
}

/// Help and version are results and go to standard output; the rest is usage.
fn tell_usage(error: &clap::Error) -> ExitCode {
    match error.print() {
        Ok(()) if error.use_stderr() => ExitCode::Usage,
        Ok(()) => ExitCode::Done,
        Err(unprinted) => fail(&unprinted, None, ExitCode::Failed),
    }
}

fn fail(error: &dyn Error, hint: Option<&str>, code: ExitCode) -> ExitCode {
    match write_failure(&mut io::stderr().lock(), error, hint) {
        // Without standard error the code alone must tell it.
        Ok(()) | Err(_) => code,
    }
}
