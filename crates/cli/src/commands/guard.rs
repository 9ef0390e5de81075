//! `catalyst guard`: the protective sweep without an advisor, safe to run every minute.

use std::io::{self, Write as _};
use std::sync::Arc;

use catalyst_app::{CycleError, GuardOutcome, run_guard};
use catalyst_domain::risk::TradingState;
use catalyst_ports::journal::ChainHead;
use chrono::Timelike as _;

use crate::args::GlobalArgs;
use crate::commands::live::{Live, LiveArgs, Who};
use crate::commands::{Failure, runtime, tell};
use crate::exit::ExitCode;
use crate::signals::{BY_SIGNAL, Signals};

/// Flags of `catalyst guard`.
#[derive(Debug, clap::Args)]
pub(crate) struct GuardArgs {
    #[command(flatten)]
    pub(crate) live: LiveArgs,
}

/// Sweeps once and prints one line about it.
pub(crate) fn run(args: &GuardArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    match runtime()?.block_on(Signals::watch(|stop| live(args, global, stop))) {
        Ok((outcome, head)) => {
            let mut out = io::stdout().lock();
            writeln!(
                out,
                "guard {}: {} positions, {} orders sent, {} findings, {} of unknown fate{}",
                outcome.id,
                outcome.positions,
                outcome.orders,
                outcome.findings,
                outcome.unknown,
                if outcome.stopped { BY_SIGNAL } else { "" }
            )?;
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
    args: &GuardArgs,
    global: &GlobalArgs,
    stop: Arc<Signals>,
) -> Result<(GuardOutcome, ChainHead), Failure> {
    let live = Live::begin(&args.live, Who::Nobody, global, &stop).await?;
    let calendar = &live.rules.calendar;
    let moment = calendar
        .moment(live.clock.now())
        .map_err(CycleError::from)?;
    let time = calendar.local(moment.now).time();
    let slot = time.with_second(0).and_then(|time| time.with_nanosecond(0));
    let opened = live.open(None).await?;
    let slot = slot.unwrap_or(time);
    let ran = run_guard(&opened.ports, &live.policy, &live.rules, slot).await;
    if let Ok(outcome) = &ran {
        opened.close_day(&live, outcome.id).await;
    }
    opened.leave(&live, ran).await
}

fn ending(outcome: &GuardOutcome) -> ExitCode {
    if outcome.findings > 0 || outcome.unknown > 0 {
        ExitCode::OwnerNeeded
    } else if outcome.is_day_over && outcome.positions > 0 {
        ExitCode::NotFlat
    } else if outcome.stopped {
        ExitCode::TryLater
    } else if outcome.state == TradingState::Halted {
        ExitCode::Halted
    } else {
        ExitCode::Done
    }
}
