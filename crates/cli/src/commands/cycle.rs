//! `catalyst cycle`: one trading cycle, the main job, what cron runs. Ends with the head of the journal's
//! chain, which whoever keeps the output can hold against it later.

use std::io::{self, Write as _};
use std::sync::Arc;

use catalyst_app::{CycleError, CycleOutcome, run_cycle};
use catalyst_domain::risk::TradingState;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::journal::{ChainHead, CycleEnding};
use chrono::{DateTime, FixedOffset, Utc};

use crate::alarm::StandardError;
use crate::args::GlobalArgs;
use crate::commands::{Failure, Home, real_now, runtime, tell};
use crate::compose::{self, Begins, JournalPlace};
use crate::exit::ExitCode;
use crate::policy::policy;
use crate::provenance::provenance;
use crate::settings::{AdvisorChoice, Settings};
use crate::state::StateDir;
use crate::telemetry::{DailyFile, LogPlan, start};

/// Flags of `catalyst cycle`.
#[derive(Debug, clap::Args)]
pub(crate) struct CycleArgs {
    /// The moment to live in, on the simulated exchange only, such as 2026-11-23T10:00:00+08:00
    #[arg(long, value_name = "RFC3339", value_parser = DateTime::parse_from_rfc3339)]
    pub(crate) at: Option<DateTime<FixedOffset>>,
    /// Who decides: rules, or script:FILE with tool calls [default: `advisor.kind` of the settings]
    #[arg(long)]
    pub(crate) advisor: Option<AdvisorChoice>,
}

/// Runs the cycle of the slot at or before the moment and prints one line about it.
pub(crate) fn run(args: &CycleArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let Home {
        settings, state, ..
    } = Home::open(global)?;
    let rules = compose::rulebook(None)?;
    let now = args.at.map_or_else(real_now, |at| at.to_utc());
    let date = rules.calendar.date_of(now);
    start(&LogPlan {
        stderr: global.log_level().unwrap_or(settings.log_level),
        file: Some(DailyFile {
            folder: state.logs(),
            date,
            format: settings.log_format,
            level: settings.log_level,
        }),
    })?;
    let ran = runtime()?.block_on(live(args, &settings, &state, &rules, now));
    match ran {
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
    settings: &Settings,
    state: &StateDir,
    rules: &Arc<Rulebook>,
    now: DateTime<Utc>,
) -> Result<(CycleOutcome, ChainHead), Failure> {
    let choice = args.advisor.as_ref().unwrap_or(&settings.advisor);
    let policy = policy(settings, provenance(settings, choice, None)?)?;
    let moment = rules.calendar.moment(now).map_err(CycleError::from)?;
    let slot = policy.schedule.slot_at(&rules.calendar, now);
    let Some(slot) = slot.filter(|_| moment.phase.is_continuous()) else {
        let next = moment.next_change.map(|change| change.at);
        return Err(CycleError::NotNow {
            phase: moment.phase,
            next,
        }
        .into());
    };
    let place = JournalPlace::of(&settings.database, None, state.path())?;
    let lock = compose::run_lock(&place, state.path(), now);
    let _held = lock
        .acquire()
        .await
        .map_err(CycleError::from)?
        .ok_or(CycleError::Busy)?;
    let advised = compose::advisor(choice, rules)?;
    let tape = compose::generated_tape(settings, settings.sim.seed, &[], rules)?;
    let account = compose::saved_account(state.path())?;
    let begins = Begins {
        at: now,
        account,
        cash: None,
    };
    let world = compose::world(settings, rules, tape, Vec::new(), begins)?;
    let opened = compose::account_journal(&place, state.path(), rules, now).await?;
    let mut ports = compose::sim_ports(
        &world,
        Some(advised.advisor),
        opened.journal,
        Arc::new(StandardError),
    );
    ports.news = compose::news_feed(&settings.news, &world)?;
    ports.halt = compose::halt_flag(state.path());
    ports.gateway = compose::saving_gateway(&world, state.path());
    let ran = run_cycle(&ports, &policy, rules, slot).await;
    compose::save_account(state.path(), &world)?;
    let outcome = ran?;
    let head = opened.archive.head().await.map_err(CycleError::from)?;
    Ok((outcome, head))
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
