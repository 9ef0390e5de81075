//! A run that a timer started: whether it has anything to do in this minute, and what it keeps to itself.

use catalyst_app::CycleError;
use chrono::{DateTime, FixedOffset, Timelike as _};

use crate::args::{Args, Command};
use crate::commands::{Failure, real_now, runtime, settings, variables};
use crate::compose;
use crate::exit::ExitCode;
use crate::job::Job;
use crate::policy::schedule;
use crate::settings::Broker;

/// What becomes of a run before it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beginning {
    /// It runs.
    Now,
    /// It ends here, without a word.
    Never(ExitCode),
}

/// Whether a run begins: always, unless `--scheduled` says that a timer started it.
///
/// A timer that is right in every time zone starts a job in minutes that are not its own too. What keeps a
/// job from knowing them, such as wrong settings, is therefore told once an hour, not in each of them; the
/// watch begins then, because telling is what it is for.
pub(crate) fn beginning(args: &Args) -> Result<Beginning, Failure> {
    if !args.global.scheduled {
        return Ok(Beginning::Now);
    }
    let Some(asked) = job(&args.command) else {
        let error = "--scheduled is for the commands that a timer starts, such as cycle and guard";
        return Err(Failure::usage(error));
    };
    match is_due(&asked, args) {
        Ok(true) => Ok(Beginning::Now),
        Ok(false) => Ok(Beginning::Never(ExitCode::Done)),
        Err(_) if asked.job == Job::Watch => Ok(Beginning::Now),
        Err(failure) if is_often(asked.job) && real_now().minute() != 0 => {
            Ok(Beginning::Never(failure.code))
        }
        Err(failure) => Err(failure),
    }
}

/// Whether a timer starts the job in the first minute of every hour and often besides.
const fn is_often(job: Job) -> bool {
    match job {
        Job::Cycle | Job::Guard => true,
        Job::Watch | Job::Report => false,
    }
}

/// Whether the failure of a run is worth a word: to a timer it is not that another run is at work.
pub(crate) fn is_told(args: &Args, failure: &Failure) -> bool {
    !(args.global.scheduled && failure.code == ExitCode::Busy)
}

/// A job, and whose time counts for it.
struct Asked {
    job: Job,
    at: Option<DateTime<FixedOffset>>,
    broker: Option<Broker>,
}

/// The job that a command is.
fn job(command: &Command) -> Option<Asked> {
    let (job, at, broker) = match command {
        Command::Cycle(cycle) => (Job::Cycle, cycle.live.at, cycle.live.broker),
        Command::Guard(guard) => (Job::Guard, guard.live.at, guard.live.broker),
        Command::Watch(watch) => (Job::Watch, watch.at, None),
        Command::Report(_) => (Job::Report, None, None),
        Command::Rehearse(_)
        | Command::Halt(_)
        | Command::Resume(_)
        | Command::Flatten(_)
        | Command::Promote(_)
        | Command::Status(_)
        | Command::Verify(_)
        | Command::Db(_)
        | Command::Why(_)
        | Command::Doctor(_)
        | Command::Init(_)
        | Command::Install(_)
        | Command::Gateway(_)
        | Command::Market(_)
        | Command::Risk(_)
        | Command::Technicals(_)
        | Command::Patterns(_)
        | Command::Completions(_)
        | Command::Man(_) => return None,
    };
    Some(Asked { job, at, broker })
}

fn is_due(asked: &Asked, args: &Args) -> Result<bool, Failure> {
    let environment = variables(&args.global)?;
    let rules = compose::rulebook()?;
    let settings = settings(&args.global, &environment, &rules.calendar)?;
    let broker = asked.broker.unwrap_or(settings.broker.name);
    let clock = runtime()?.block_on(compose::run_clock(&settings, broker, asked.at))?;
    let due = asked
        .job
        .is_due(&schedule(&settings), &rules.calendar, clock.now());
    Ok(due.map_err(CycleError::from)?)
}
