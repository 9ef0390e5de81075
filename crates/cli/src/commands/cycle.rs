//! `catalyst cycle`: one trading cycle, the main job, what cron runs. Ends with the head of the journal's
//! chain, which whoever keeps the output can hold against it later.

use std::io::{self, Write as _};

use catalyst_app::{CycleError, CycleOutcome, run_cycle};
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::{ChainHead, CycleEnding};

use crate::args::GlobalArgs;
use crate::commands::live::{Live, LiveArgs};
use crate::commands::{Failure, runtime, tell};
use crate::compose;
use crate::exit::ExitCode;
use crate::settings::AdvisorChoice;

/// Flags of `catalyst cycle`.
#[derive(Debug, clap::Args)]
pub(crate) struct CycleArgs {
    #[command(flatten)]
    pub(crate) live: LiveArgs,
    /// Who decides: rules, or script:FILE with tool calls [default: `advisor.kind` of the settings]
    #[arg(long)]
    pub(crate) advisor: Option<AdvisorChoice>,
}

/// Runs the cycle of the slot at or before the moment and prints one line about it.
pub(crate) fn run(args: &CycleArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match runtime()?.block_on(live(args, global)) {
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

async fn live(args: &CycleArgs, global: &GlobalArgs) -> Result<(CycleOutcome, ChainHead), Failure> {
    let live = Live::begin(&args.live, args.advisor.as_ref(), global).await?;
    let moment = live.rules.calendar.moment(live.clock.now());
    let moment = moment.map_err(CycleError::from)?;
    let Some(slot) = live.slot().filter(|_| moment.phase.is_continuous()) else {
        let next = moment.next_change.map(|change| change.at);
        return Err(CycleError::NotNow {
            phase: moment.phase,
            next,
        }
        .into());
    };
    let advised = compose::advisor(&live.choice, &live.rules)?;
    let opened = live.open(Some(advised.advisor)).await?;
    let ran = run_cycle(&opened.ports, &live.policy, &live.rules, slot).await;
    opened.leave(ran).await
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
        (_, TradingState::Halted) => ExitCode::Halted,
        (
            CycleEnding::Done
            | CycleEnding::NotNow
            | CycleEnding::Protective
            | CycleEnding::Bounded,
            TradingState::Trading | TradingState::ExitsOnly,
        ) => ExitCode::Done,
    }
}
