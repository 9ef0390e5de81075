//! `catalyst cycle`: one trading cycle, the main job, what cron runs. Ends with the head of the journal's
//! chain, which whoever keeps the output can hold against it later.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use catalyst_app::{CycleError, CycleOutcome, NoAdvice, chain, run_cycle};
use catalyst_domain::risk::TradingState;
use catalyst_ports::advisor::Advisor;
use catalyst_ports::journal::{ChainHead, CycleEnding};

use crate::args::GlobalArgs;
use crate::commands::live::{Live, LiveArgs, Who};
use crate::commands::{Failure, runtime, tell};
use crate::compose::{self, Advising, ComposeError};
use crate::exit::ExitCode;
use crate::settings::AdvisorChoice;
use crate::signals::Signals;

/// Flags of `catalyst cycle`.
#[derive(Debug, clap::Args)]
pub(crate) struct CycleArgs {
    #[command(flatten)]
    pub(crate) live: LiveArgs,
    /// Trade real money: the second yes beside `broker.mode: live`
    #[arg(long = "live")]
    pub(crate) real: bool,
    /// Who decides: rules, script:FILE with tool calls, claude, or cassette:FILE with its recorded answers
    /// [default: `advisor.kind` of the settings]
    #[arg(long)]
    pub(crate) advisor: Option<AdvisorChoice>,
    /// Keep what Claude answers in this file, to be played with cassette:FILE
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
}

/// Runs the cycle of the slot at or before the moment and prints one line about it.
pub(crate) fn run(args: &CycleArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match runtime()?.block_on(Signals::watch(|stop| live(args, global, stop))) {
        Ok((outcome, head)) => {
            let mut out = io::stdout().lock();
            writeln!(out, "{}", line(&outcome))?;
            writeln!(out, "journal: {} rows, head {}", head.rows, head.seal)?;
            Ok(ending(&outcome))
        }
        Err(failure) if failure.code == ExitCode::Done => {
            tell(&failure.error.to_string())?;
            Ok(ExitCode::Done)
        }
        Err(failure) => Err(failure),
    }
}

async fn live(
    args: &CycleArgs,
    global: &GlobalArgs,
    stop: Arc<Signals>,
) -> Result<(CycleOutcome, ChainHead), Failure> {
    let who = Who::Advisor(args.advisor.as_ref());
    let live = Live::begin(&args.live, who, global, &stop).await?;
    live.let_in(args.real).await?;
    let moment = live.rules.calendar.moment(live.clock.now());
    let moment = moment.map_err(CycleError::from)?;
    let Some(slot) = live.slot().filter(|_| moment.phase.is_continuous()) else {
        let calendar = &live.rules.calendar;
        let next = moment.next_change;
        let next = next.map(|change| calendar.wall_clock(change.at));
        return Err(CycleError::NotNow {
            phase: moment.phase,
            next,
        }
        .into());
    };
    let opened = live.open(Some(advisor(args, &live)?)).await?;
    let ran = run_cycle(&opened.ports, &live.policy, &live.rules, slot).await;
    opened.leave(&live, ran).await
}

/// The advisor; where Claude cannot be asked, for want of a key, a price or its instructions, one that
/// gives no advice: what is held is protected all the same.
fn advisor(args: &CycleArgs, live: &Live) -> Result<Arc<dyn Advisor>, Failure> {
    let Some(choice) = &live.choice else {
        return Ok(compose::mute("nobody is to be asked"));
    };
    let refused = |error: &ComposeError| {
        let why = chain(error);
        tell(&format!("{why}: this cycle protects and enters nothing"))?;
        Ok(compose::mute(&why))
    };
    if let Some(error) = &live.unadvised {
        return refused(error);
    }
    let asked = Advising {
        choice,
        record: args.record.as_deref(),
        limits: live.policy.gate.limits(),
    };
    match compose::advisor(asked, &live.home.settings, &live.rules) {
        Ok(advised) => Ok(advised.advisor),
        Err(error) if *choice == AdvisorChoice::Claude && args.record.is_none() => refused(&error),
        Err(error) => Err(error.into()),
    }
}

fn line(outcome: &CycleOutcome) -> String {
    let refused: u32 = outcome.refused.values().sum();
    format!(
        "cycle {}: {}, {} tool calls, {} approved, {refused} rules refused, {} orders: {}",
        outcome.id,
        outcome.ending.as_str(),
        outcome.tool_calls,
        outcome.approved,
        outcome.orders,
        outcome.summary,
    )
}

fn ending(outcome: &CycleOutcome) -> ExitCode {
    match (outcome.ending, outcome.state) {
        (CycleEnding::Unknown, _) => ExitCode::OwnerNeeded,
        _ if outcome.findings > 0 => ExitCode::OwnerNeeded,
        (CycleEnding::Failed, _) => ExitCode::Failed,
        _ if outcome.stopped => ExitCode::TryLater,
        (_, TradingState::Halted) => ExitCode::Halted,
        (
            CycleEnding::Done
            | CycleEnding::NotNow
            | CycleEnding::Protective
            | CycleEnding::Bounded
            | CycleEnding::Stopped,
            TradingState::Trading | TradingState::ExitsOnly,
        ) => outcome.no_advice.map_or(ExitCode::Done, unadvised),
    }
}

/// All that protects was done; what was left out decides.
const fn unadvised(why: NoAdvice) -> ExitCode {
    match why {
        NoAdvice::Passing => ExitCode::TryLater,
        NoAdvice::Lasting => ExitCode::OwnerNeeded,
    }
}
